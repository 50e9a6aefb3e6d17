"""A conversation that a page begins at `POST /chat`, as its own script would."""

# Begins a conversation, hears that it has begun, and goes away.
SCRIPT = """
  const [message, done] = arguments;
  (async () => {
    const { csrf } = await (await fetch("/api/session")).json();
    const gone = new AbortController();
    const headers = { "content-type": "application/json", "x-signalbox-csrf": csrf };
    const answer = await fetch("/chat", { method: "POST", headers, body: JSON.stringify({ message }), signal: gone.signal });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!/"workflow_id":"[^"]*"/.test(text)) text += (await reader.read()).value;
    gone.abort();
    done(/"workflow_id":"wf_([^"]*)"/.exec(text)[1]);
  })().catch((error) => done(String(error)));"""


def begin_conversation(browser, message):
    """The id of the task that it is."""
    return browser.run_async(SCRIPT, message)

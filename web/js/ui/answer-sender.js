// Sends the answer to one question, and knows how far it is.

/** `{attempt, heard(commands), send(content)}`; `changed()` is called whenever `attempt` is another one. */
export function AnswerSender(app, task, id, changed) {
  let attempt = null;
  let last = null; // {id, text}: the same answer once more is the same command, so that it counts once.

  function become(next) {
    attempt = next;
    changed();
  }

  return {
    get attempt() {
      return attempt;
    },

    /** What this page waited for has come: a verdict, behind which the question is closed, or open again. */
    heard(commands) {
      if (attempt?.state === "taken" && commands.some(({ id: known, verdictSeq }) => known === attempt.id && verdictSeq !== null)) attempt = null;
    },

    /** Gives null when the gateway has it, or why it does not. */
    async send(content) {
      const text = JSON.stringify(content);
      if (last?.text !== text) last = { id: crypto.randomUUID(), text };
      become({ state: "sending" });
      try {
        await app.client.command({ type: "answer", id: last.id, task, question: id, ...content });
        become({ state: "taken", id: last.id });
        last = null; // Should it be opened again, the next answer is another one.
        return null;
      } catch (nack) {
        if (nack.code !== "no-answer") last = null;
        become({ state: "refused", message: nack.message });
        if (nack.code === "forbidden") app.doubtRights();
        return nack;
      }
    },
  };
}

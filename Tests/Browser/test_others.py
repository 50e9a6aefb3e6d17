"""A page of somebody else, of another origin, with what docs/clients.md gives it."""

import http.server
import socket
import ssl
import threading

from case import PageCase

PAGE = b"""<!doctype html><html lang="en-GB"><title>Elsewhere</title><h1>Elsewhere</h1><p id="progress-status"></p>
<section id="error-section" hidden><p id="error-message"></p></section><section id="result-section" hidden><pre id="result"></pre></section>
<script type="module" src="/page.js"></script></html>"""

SCRIPT = """
import { connect } from "GATEWAY/js/client.js";
import { startPolling } from "GATEWAY/js/progress-page.js";
const client = connect();
globalThis.client = client;
globalThis.watch = (task) => {
  const told = { seqs: [], states: [], end: null, error: null };
  client.watch(task, {
    onRecord: ({ seq }) => told.seqs.push(seq), onState: (state) => told.states.push(state), onEnd: (state) => (told.end = state),
    onError: ({ code }) => (told.error = code),
  });
  return (globalThis.told = told);
};
globalThis.stream = (task) => {
  const heard = (globalThis.heard = { steps: 0, reconnects: 0, events: [], result: null });
  startPolling(task, {
    onStepStart: () => (heard.steps += 1), onReconnect: () => (heard.reconnects += 1), onEvent: ({ event_id }) => heard.events.push(event_id),
    onComplete: (result) => (heard.result = result),
  });
};
globalThis.isReady = true;
"""


class Elsewhere:
    """Another web server, with the gateway's certificate, so that browsers of these tests take it."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.origin = f"https://localhost:{self.port}"

    def serve(self, stage):
        gateway = stage.url
        policy = f"default-src 'none'; script-src 'self' {gateway}; connect-src {gateway} {gateway.replace('https', 'wss')}; img-src 'self'"

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                is_script = self.path == "/page.js"
                body = SCRIPT.replace("GATEWAY", gateway).encode() if is_script else PAGE
                self.send_response(200 if is_script or self.path == "/" else 204)
                self.send_header("content-type", "text/javascript" if is_script else "text/html; charset=utf-8")
                self.send_header("content-security-policy", policy)
                self.end_headers()
                self.wfile.write(body if is_script or self.path == "/" else b"")

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{stage.folder}/pki/server.pem", f"{stage.folder}/pki/server.key")
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Others(PageCase):
    @classmethod
    def setUpClass(cls):
        cls.elsewhere = Elsewhere()
        cls.stage_options = {"settings": {"origins": [cls.elsewhere.origin]}}
        super().setUpClass()
        cls.elsewhere.serve(cls.stage)
        cls.addClassCleanup(cls.elsewhere.close)

    def page(self, browser):
        browser.driver.get(self.elsewhere.origin)
        browser.wait(lambda: browser.run("return globalThis.isReady === true"), "the page's modules are loaded")
        return browser

    def test_a_page_of_another_origin_watches_and_commands(self):
        browser = self.page(self.browser("operator"))
        task = self.stage.conform("test-endless")
        browser.run("watch(arguments[0])", task)
        browser.wait(lambda: len(browser.run("return told.seqs")) > 5, "records of the task")
        self.assertEqual(self.stage.streams(), 1)
        receipt, verdict = browser.run_async("""
            const [task, done] = arguments;
            client.cancel(task, { why: "Seen enough." }).then(async (order) => done([order, await order.verdict]), (error) => done([String(error)]))""", task)
        self.assertEqual((receipt["command"], verdict["verdict"]), ("cancel", "stopped"))
        browser.wait(lambda: browser.run("return told.end") == "canceled", "the end is told")
        browser.wait(lambda: browser.run("return told.seqs.length") == len(self.stage.records(task)), "all records are told")
        seqs = browser.run("return told.seqs")
        self.assertEqual(seqs, list(range(1, len(seqs) + 1)))
        question = self.stage.conform("test-question")
        self.stage.until(question, "input-required")
        refusal, answer = browser.run_async("""
            const [task, done] = arguments;
            client.answer(task, "q1", { values: { cleared: "perhaps" } }).catch(async ({ code, violations }) => {
              const { verdict } = await client.answer(task, "q1", { values: { cleared: "yes" } });
              done([{ code, violations }, await verdict]);
            })""", question)
        self.assertEqual((refusal["code"], refusal["violations"][0]["field"], answer["verdict"]), ("bad-answer", "cleared", "taken"))
        self.stage.until(question, "completed")
        reviewed, refusal = browser.run_async("""
            const [completed, canceled, done] = arguments;
            client.review(completed, "disagree", { why: "Nobody asked the desk." }).then(async (order) => {
              const refusal = await client.review(canceled, "accept").catch(({ code }) => code);
              done([order, refusal]);
            }, (error) => done([String(error), null]))""", question, task)
        self.assertEqual((reviewed["command"], reviewed["verdict"], refusal), ("review", None, "nothing-to-review"))
        reviews = self.stage.ask(f"/api/tasks/{question}")["reviews"]
        self.assertEqual([(one["by"], one["opinion"], one["why"]) for one in reviews], [("operator", "disagree", "Nobody asked the desk.")])

    def test_two_tabs_of_it_share_one_stream(self):
        browser = self.page(self.browser("operator"))
        task = self.stage.conform("test-endless")
        browser.run("watch(arguments[0])", task)
        browser.wait(lambda: browser.run("return told.seqs.length") > 0, "records of the task")
        browser.tab()
        self.page(browser).run("watch(arguments[0])", task)
        browser.wait(lambda: browser.run("return told.seqs.length") > 5, "records of the task in the second tab")
        self.assertEqual(self.stage.streams(), 1)
        self.assertEqual(browser.run("return told.seqs[0]"), 1)
        self.stage.ask(f"/api/tasks/{task}:cancel", {})
        browser.wait(lambda: browser.run("return told.end") == "canceled", "the end is told in the second tab")

    def test_the_timeline_of_an_old_page_goes_on_over_a_dead_gateway(self):
        browser = self.page(self.browser("operator"))
        browser.expected += ["net::ERR_", "WebSocket connection to"]
        task = self.stage.conform("test-pause-timed")
        browser.run("stream(arguments[0])", task)
        browser.wait(lambda: browser.run("return heard.steps") >= 2, "steps of the task")
        self.assertIn("Analysis in progress...", browser.text("#progress-status"))
        self.stage.gateway.kill()
        browser.see("Connection lost. Reconnecting...", "#progress-status")
        self.stage.start_gateway()
        browser.wait(lambda: browser.run("return heard.result?.state") == "completed", "the task completes", 60)
        browser.see("Analysis complete!", "#progress-status")
        heard = browser.run("return heard")
        self.assertGreaterEqual(heard["reconnects"], 1)
        self.assertEqual(heard["events"], list(range(1, len(heard["events"]) + 1)))
        self.assertIn('"state": "completed"', browser.text("#result"))
        self.assertEqual(browser.text("#error-section"), "")

    def test_a_task_that_is_not_there_is_said_in_the_section_of_errors(self):
        browser = self.page(self.browser("operator"))
        browser.expected.append("404")
        browser.run("stream('no-such-task')")
        browser.see("There is no such task, or you may not see it.", "#error-message")

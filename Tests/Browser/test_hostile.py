"""Whatever others say is text, wherever it is shown."""

from case import PageCase

HOSTILE = [
    "<img src=x onerror=globalThis.ran=1>",
    "<script>globalThis.ran=1</script>",
    "\"><svg onload=globalThis.ran=1>",
    "javascript:globalThis.ran=1",
    "' onmouseover='globalThis.ran=1",
    "\u202egnp.exe\u202c",
    "</title></textarea><iframe srcdoc='<script>parent.ran=1</script>'>",
    "{{constructor.constructor('globalThis.ran=1')()}}",
    "A" * 400,
    "\u0000\u0001\u001b[31m\u2028",
]
# What makes the page wide: from the outside in, the elements without which it would be less so.
WIDE = """
  const width = () => document.documentElement.scrollWidth;
  const without = (one) => {
    one.style.setProperty("display", "none", "important");
    const left = width();
    one.style.removeProperty("display");
    return left;
  };
  const path = (one) => `${one.localName}.${one.getAttribute("class") ?? ""}` +
    (([child] = [...one.children].filter((it) => without(it) < width())) => (child ? ` > ${path(child)}` : ` “${one.textContent.slice(0, 20)}”`))();
  return [...document.querySelectorAll(".task-cols > div > *, main > *")].map((one) => `${width() - without(one)}: ${path(one)}`).join("\\n");"""
PROGRESS = "https://signalbox.dev/a2a/extensions/progress/v1"
QUESTIONS = "https://signalbox.dev/a2a/extensions/questions/v1"


def update(state, text, metadata=None, message_metadata=None):
    message = {"messageId": "m", "role": "ROLE_AGENT", "parts": [{"text": text}]}
    if message_metadata:
        message["metadata"] = message_metadata
    return {"statusUpdate": {"status": {"state": state, "message": message}, **({"metadata": metadata} if metadata else {})}}


class Hostile(PageCase):
    def lines(self, bad):
        def report(**members):
            return update("TASK_STATE_WORKING", bad, {PROGRESS: members})
        yield report(type="routing", phase="parsed", message=bad, title=bad, payload={
            name: bad for name in ("alertId", "alertType", "symbol", "instrument", "trader", "account")})
        yield report(type="analysis_started", phase=bad, message=bad)
        yield report(type=bad, message=bad)
        yield report(type="tool_started", tool=bad, callId=bad, input={bad: bad}, agent=bad, agentTask=bad)
        yield report(type="tool_progress", tool=bad, callId=bad, step=bad, total=bad, message=bad)
        yield report(type="tool_progress", tool=bad, callId=bad, step=-1, total=0, message=bad, records=1e308)
        yield report(type="tool_failed", tool=bad, callId=bad, error=bad)
        yield report(type="tool_started", tool=bad, callId=bad)
        yield report(type="tool_completed", tool=bad, callId=bad, summary=bad, output={bad: [bad, None, {bad: bad}]})
        yield update("TASK_STATE_INPUT_REQUIRED", bad, None, {QUESTIONS: {
            "questionId": bad, "prompt": bad, "why": bad, "onExpiry": bad, "allow": [bad],
            "fields": [{"name": bad, "label": bad, "type": kind, "help": bad, "unit": bad, "default": bad,
                        "options": [{"value": bad, "label": bad}]} for kind in ("choice", "text", "number", bad)]}})
        figure = {"id": bad, "title": bad, "description": bad, "indicators": [bad], "table": {"columns": [bad], "rows": [[bad]]}}
        figures = [
            {**figure, "type": "price_with_fills", "data": {"prices": [{"day": bad, "close": bad}], "fills": [{"time": bad, "price": bad}]}},
            {**figure, "type": "daily_notional", "data": {"days": [{"day": bad, "amount": bad}], "flagged": bad, "median": bad}},
            {**figure, "type": "paired_trades", "data": {"pairs": [{"buy": {"time": bad, "account": bad}, "sell": {}}]}},
            {**figure, "type": "net_position", "data": {"points": [{"time": bad, "position": bad}]}},
            {**figure, "type": "account_links", "data": {"nodes": [{"id": bad, "label": bad, "layer": bad}], "edges": [{"from": bad, "to": "x", "label": bad}]}},
            {**figure, "type": bad, "data": bad},
        ]
        yield {"artifactUpdate": {"artifact": {"artifactId": "figures", "name": bad, "parts": [{"data": {"figures": figures}}]}}}
        yield {"artifactUpdate": {"artifact": {"artifactId": bad, "name": bad, "description": bad,
                                               "parts": [{"text": bad}, {"url": bad, "filename": bad, "mediaType": bad}, {"raw": "PHNjcmlwdD4="}]}}}
        yield {"artifactUpdate": {"artifact": {"artifactId": "decision", "name": bad, "parts": [{"data": {
            "determination": bad, "confidence": bad, "key_findings": [bad], "notice": bad, "reasoning_narrative": bad,
            "evidence": [{"indicator": bad, "title": bad, "side": "suspicion", "statement": bad, "tool_call_id": bad, "figures": [bad],
                          "inputs": [{"name": bad, "value": bad, "text": bad}]}],
            "data_gaps": [bad], "mismatches": [bad], "regulatory_flags": [bad], "human_input": [bad],
            "similar_precedent": {"title": bad}, "market_context": {"news_timeline": [{"headline": bad}]}}}]}}}
        yield {bad: bad}
        yield {"statusUpdate": bad}
        yield {"artifactUpdate": {"artifact": [bad]}}

    def test_no_field_of_a_task_is_anything_but_text(self):
        for bad in HOSTILE:
            with self.subTest(bad[:40]):
                title = "".join(one for one in bad if one >= " ")[:120]
                task = self.stage.open_ingest(title=title)
                for line in self.lines(bad):
                    self.stage.ingest(task, [line])
        browser = self.browser()
        tasks = [one["id"] for one in self.stage.ask("/api/tasks")["tasks"]]
        self.assertEqual(len(tasks), len(HOSTILE))
        self.look(browser, "/")
        for task in tasks:
            self.look(browser, f"/tasks/{task}")
            self.look(browser, f"/tasks/{task}?view=list")
            self.look(browser, f"/tasks/{task}?view=raw")
        for task in tasks:
            self.stage.ingest(task, [update("TASK_STATE_FAILED", HOSTILE[0])], state="failed")
        self.look(browser, f"/tasks/{tasks[0]}")

    def look(self, browser, path):
        browser.size(1280)
        browser.open(path)
        browser.wait(lambda: browser.find("main h1"), "the page")
        if path != "/":
            task = path.split("/")[2].split("?")[0]
            self.assert_whole(browser, task)
        for width, theme in ((1280, "light"), (390, "dark")):
            browser.size(width)
            browser.media(theme)
            # What depends on the width is drawn anew in the next frame.
            browser.run_async("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))")
            self.judge(browser, f"{path} at {width}")

    def judge(self, browser, what):
        self.assertIsNone(browser.run("return globalThis.ran ?? null"), what)
        self.assertEqual(browser.all("main iframe, main script, main img[src=x]"), [])
        self.assertNotIn("This part of the page failed", browser.text())
        wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.fail(f"{what} scrolls sideways: {browser.run(WIDE)}")

"""The paths of the alert analyzer at the gateway: pages, `/api/analyze`, `/api/status`, `/api/download`."""

import re
import unittest

from contract import Case, check, shows
from scene import ALERTS, scene

CLEAR = (ALERTS / "clear-insider.xml").read_bytes()
LIMIT = 1 << 20
BEGUN = {"task_id": str, "stream_url": re.compile(r"^/api/stream/\w+$"), "ws_url": "/ws"}
STANDS = {
    "task_id": str,
    "state": str,
    "final": bool,
    "updated": re.compile(r"Z$"),
    "stream_url": re.compile("^/api/stream/"),
}

PAGES = [
    Case("A2", "GET /", 200, who="nobody", shows={"content-type": "text/html"}),
    Case("A2 A33", "GET /new", 200, who="nobody", shows={"content-type": "text/html"}),
    Case("A2 A22", "GET /js/main.js", 200, who="nobody", shows={"content-type": "text/javascript"}),
    Case("A2", "GET /static/style.css", 404, who="nobody", code="not-found"),
    Case("A36", "GET /js/progress-timeline.js", 200, re.compile("ProgressTimeline"), who="nobody"),
    Case("A36", "GET /js/progress-page.js", 200, re.compile("startPolling"), who="nobody"),
    Case("B4 D6", "GET /healthz", 200, "ok\n", who="nobody"),
    Case("B4", "GET /readyz", 200, "ready\n", who="nobody"),
    Case("B4", "GET /status", 404, code="not-found"),
    Case("B4", "GET /status", 200, {...: ...}, at="admin"),
    Case("D6", "GET /health", 404, code="not-found"),
    Case("A42", "GET /api/samples", 200, {"samples": [{"name": str, "title": str, "description": str, "size": int}]}),
    Case("A42", "GET /api/samples/clear-insider.xml", 200, CLEAR.decode(), shows={"content-type": "application/xml"}),
]

ANALYZE = [
    Case("A3 C11", "POST /api/analyze?agent=conformance", 200, BEGUN, files={"alert": ("a.xml", CLEAR)}),
    Case("A3 C11", "POST /api/analyze?agent=conformance", 200, BEGUN, files={"file": ("a.xml", CLEAR)}),
    Case("A33", "POST /api/analyze?agent=conformance", 200, BEGUN, body={"alert": 17}),
    Case(
        "A3",
        "POST /api/analyze",
        400,
        files={"agent": ("", b"conformance")},
        code="no-alert",
        says="No alert file provided",
    ),
    Case(
        "A3", "POST /api/analyze", 400, files={"alert": ("a.xml", b"")}, code="no-alert", says="No alert file provided"
    ),
    Case(
        "A3", "POST /api/analyze", 400, body=b"", kind="application/xml", code="no-alert", says="No alert file provided"
    ),
    Case(
        "A3",
        "POST /api/analyze?agent=nobody",
        404,
        files={"alert": ("a.xml", CLEAR)},
        code="no-such-agent",
        says="Failed to create analysis task",
    ),
    Case("A50", "POST /api/analyze?agent=conformance", 200, BEGUN, body=b"x" * LIMIT, kind="text/xml"),
    Case(
        "A50",
        "POST /api/analyze?agent=conformance",
        413,
        body=b"x" * (LIMIT + 1),
        kind="text/xml",
        code="content-too-large",
    ),
    Case("A50", "POST /api/analyze", 413, files={"alert": ("a.xml", b"x" * (LIMIT + 1))}, code="content-too-large"),
    Case("A43 C17", "POST /api/analyze", 401, who="nobody", files={"alert": ("a.xml", CLEAR)}, code="not-signed-in"),
]

# {done} is a decided analysis, {silent} a task that has ended without a word, {waiting} one that asks, {failed} one that has failed.
STATUS = [
    Case(
        "A37 C1 C23",
        "GET /api/status/{done}",
        200,
        {
            **STANDS,
            "status": "complete",
            "state": "completed",
            "final": True,
            "message": re.compile("^ESCALATE"),
            "alert_id": "IT-2026-0915-01",
            "alert_type": "INSIDER_TRADING",
            "decision": {"determination": "ESCALATE", ...: ...},
        },
    ),
    Case(
        "A37",
        "GET /api/status/{silent}",
        200,
        {**STANDS, "status": "complete", "state": "completed", "final": True, "message": "Analysis complete"},
    ),
    Case(
        "A37",
        "GET /api/status/{endless}",
        200,
        {**STANDS, "status": "processing", "state": "working", "final": False, "message": str, "progress?": {...: ...}},
    ),
    Case(
        "A37 A49",
        "GET /api/status/{failed}",
        200,
        {**STANDS, "status": "error", "state": "failed", "final": True, "message": re.compile("line 7")},
    ),
    Case(
        "repository",
        "GET /api/download/{done}/json",
        200,
        {
            "alert_id": "IT-2026-0915-01",
            "determination": "ESCALATE",
            "confidence": 91,
            "genuine_alert_confidence": 91,
            "false_positive_confidence": 0,
            "evidence": [{...: ...}],
            "data_gaps": list,
            "notice": str,
            ...: ...,
        },
        shows={"content-disposition": 'attachment; filename="'},
    ),
    Case(
        "repository",
        "GET /api/download/{done}/html",
        200,
        re.compile("(?i)^<!doctype html>"),
        shows={"content-disposition": 'attachment; filename="', "content-security-policy": "sandbox"},
    ),
    Case(
        "repository",
        "GET /api/download/{endless}/json",
        409,
        code="analysis-not-complete",
        says="Analysis not complete",
    ),
    Case(
        "repository",
        "GET /api/download/{endless}/html",
        409,
        code="analysis-not-complete",
        says="Analysis not complete",
    ),
    Case("repository", "GET /api/download/{silent}/json", 404, code="no-result"),
    Case("C1", "GET /api/tasks/{done}", 200, {"id": str, "state": "completed", "final": True, ...: ...}),
]


class AnalyzerContract(unittest.TestCase):
    @shows("A2 B4 D6 A36 A42")
    def test_pages_probes_and_samples(self) -> None:
        check(self, PAGES, scene().client, {})

    @shows("A3 A33 A43 A50 C11 C17")
    def test_an_alert_is_handed_in(self) -> None:
        check(self, ANALYZE, scene().client, {})

    @shows("A37 A49 C1 C23 repository")
    def test_status_and_downloads(self) -> None:
        stage = scene()
        names = {
            "done": stage.ended(stage.analyze("clear-insider")),
            "silent": stage.ended(stage.begin("tck-stream-002")),
            "endless": stage.begin("test-endless"),
            "failed": stage.ended(stage.analyze("broken"), "failed"),
        }
        stage.until(names["endless"], "working")
        try:
            check(self, STATUS, stage.client, names)
        finally:
            stage.client().post(f"/api/tasks/{names['endless']}:cancel?wait=30", json={})

    @shows("A5")
    def test_every_route_of_a_task_says_that_it_was_not_found(self) -> None:
        """The routes are those of the gateway's own description: a new one without a row here is noticed."""
        stage = scene()
        theirs = stage.ended(stage.begin("tck-complete-task"))
        paths = stage.client().get("/api/openapi.json").json()["paths"]
        asked = 0
        for pattern, methods in paths.items():
            if not pattern.startswith(PREFIXES) or not TASK.search(pattern):
                continue
            for method in METHODS & methods.keys():
                words = "Workflow" if "workflows" in pattern else "Task not found"
                told = []
                for task, who in (("nosuchtask", "operator"), (theirs, "stranger")):
                    path = TASK.sub(task, pattern).replace("{agent}", "conformance").replace("{question}", "q1")
                    self.assertNotIn("{", path, "a parameter that this test does not know")
                    ending = re.sub(r"^.*(?=[/:])", "", pattern)
                    with self.subTest(f"{method} {path} by {who}"):
                        case = Case(
                            "A5",
                            f"{method.upper()} {path}",
                            404,
                            who=who,
                            body=BODIES.get(ending),
                            code="not-found",
                            says=words,
                        )
                        answer = case.ask(stage.client(who), {})
                        self.assertIsNone(case.trouble(answer))
                        told.append(answer.text.replace(task, "ID"))
                        asked += 1
                self.assertEqual(len(set(told)), 1, f"{method} {pattern}: {told}")
        self.assertGreater(asked, 40)


PREFIXES = (
    "/api/tasks/",
    "/api/stream/",
    "/api/status/",
    "/api/download/",
    "/api/workflows/",
    "/api/v1/agents/{agent}/tasks/",
)
METHODS = {"get", "post", "delete"}
TASK = re.compile(r"\{(id|task)\}")
BODIES = {
    ":cancel": {},
    ":pause": {},
    ":resume": {},
    ":claim": {},
    ":release": {},
    "/pause": {},
    "/resume": {},
    "/messages": {"text": "Hello."},
    ":answer": {"values": {}},
    ":review": {"opinion": "accept"},
    "/execute": {"query": "Hello."},
}

if __name__ == "__main__":
    unittest.main()

"""Calls in the form of the first alert analyzers, at each agent itself and at the gateway's place for it, with client certificates."""

import json
import ssl
import unittest
from typing import Any

import httpx
from contract import Case, check, events, shows
from scene import ALERTS, OURS, scene
from shape import misfit

# Where there is somebody who answers in the older form: the agents, and the gateway for each of them.
PLACES = [
    *((name, "gateway") for name in OURS),
    *((f"via {name}", "operator") for name in OURS),
    ("default", "operator"),
]
QUICK = [("conformance", "gateway"), ("via conformance", "operator")]
CARD = {
    "id": str,
    "name": str,
    "description": str,
    "version": str,
    "endpoint": str,
    "authentication": {"schemes": [str]},
    "capabilities": {"streaming": True, "authenticated": True, ...: ...},
    ...: ...,
}
DOCUMENT = {
    "id": str,
    "state": str,
    "final": bool,
    "messages": [{"role": str, "parts": list}],
    "alert_text": str,
    "artifacts": list,
}
MESSAGE = {"role": "agent", "parts": [{"type": str, "text?": str, "data?": str}]}
TOOLS = {"tool_start", "tool_progress", "tool_complete", "tool_error"}
REFUSED = {"jsonrpc": "2.0", "id": None, "error": {"code": int, "message": str}}


def envelope(**members: Any) -> dict[str, Any]:
    """One event of a stream."""
    task = {"id": str, "state": members.get("state", str)}
    update = {"task": {**task, "messages": (MESSAGE,)}, "artifacts": list, "final": members.get("final", bool)}
    return {"jsonrpc": "2.0", "id": members.get("id", 7), "result": {"task": task, "taskStatusUpdateEvent": update}}


def call(text: str, task: str | None = None, **members: Any) -> dict[str, Any]:
    """The body of `POST /message/stream`."""
    params: dict[str, Any] = {"messages": [{"role": "user", "parts": [{"type": "textPart", "text": text}]}]}
    return {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "message/stream",
        "params": params | ({"task_id": task} if task else {}),
        **members,
    }


def told(client: httpx.Client, body: Any) -> list[tuple[str, dict[str, Any]]]:
    """A stream's events: names and data."""
    return [(event.event, event.json()) for event in events(client, "POST", "/message/stream", json=body)[1]]


def words(event: dict[str, Any]) -> str:
    """What the first part of its message says."""
    return str(event["result"]["taskStatusUpdateEvent"]["task"]["messages"][0]["parts"][0]["text"])


def reports(stream: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """What tools and steps told, which is JSON in the text of a data part."""
    parts = [
        part for _, event in stream for part in event["result"]["taskStatusUpdateEvent"]["task"]["messages"][0]["parts"]
    ]
    return [
        report for part in parts if part["type"] == "dataPart" and "event_type" in (report := json.loads(part["data"]))
    ]


REFUSALS = [
    Case("A14", "POST /message/stream", 400, REFUSED, body=[]),
    Case("A14", "POST /message/stream", 400, REFUSED, body={}),
    Case("A14", "POST /message/stream", 400, REFUSED, body=b"{"),
    Case("A14", "POST /message/stream", 400, REFUSED, body=call("Hello.", method="message/send")),
    Case("A7", "POST /analyze", 400, REFUSED, body={}),
    Case("A7", "POST /analyze", 400, REFUSED, body={"alert_text": ""}),
    Case("A9", "GET /tasks/none", 404, REFUSED),
]


class OlderCalls(unittest.TestCase):
    @shows("A7 A8 A9 A12 C12 C16")
    def test_an_alert_is_analyzed_followed_and_read_at_every_place(self) -> None:
        for at, who in PLACES:
            with self.subTest(at):
                client = scene().client(who, at)
                begun = client.post("/analyze", json={"alert_text": "Hello."})
                self.assertEqual((begun.status_code, list(begun.json())), (200, ["task_id"]), begun.text)
                task = begun.json()["task_id"]
                stream = told(client, call("Hello.", task))
                self.assertEqual({name for name, _ in stream}, {"task_update"})
                for _, event in stream:
                    self.assertIsNone(misfit(envelope(), event))
                last = stream[-1][1]["result"]
                self.assertEqual(last["task"]["id"], task)
                read = client.get(f"/tasks/{task}")
                self.assertEqual(read.status_code, 200, read.text)
                self.assertIsNone(
                    misfit(
                        {**DOCUMENT, "id": task, "alert_text": "Hello.", "state": last["task"]["state"]}, read.json()
                    )
                )
                if not last["taskStatusUpdateEvent"]["final"]:  # It asks for an alert.
                    self.assertEqual(last["task"]["state"], "input-required")
                    self.assertEqual(
                        client.post(f"/tasks/{task}:cancel", headers={"A2A-Version": "1.0"}).status_code, 200
                    )

    @shows("A10 C10")
    def test_the_card_is_at_both_addresses(self) -> None:
        for at, who in PLACES:
            with self.subTest(at):
                client = scene().client(who, at)
                older, newer = (client.get(f"/.well-known/{name}.json").json() for name in ("agent", "agent-card"))
                self.assertIsNone(misfit(CARD, older))
                # At the gateway a token is as good as a certificate.
                self.assertEqual(older["authentication"]["schemes"], ["mTLS"] if at in OURS else ["Bearer", "mTLS"])
                self.assertEqual(older["id"], older["name"])
                beside = {name for name, member in older.items() if newer.get(name) != member}
                self.assertEqual(beside, {"id", "endpoint", "authentication", "capabilities"})

    @shows("A7 A9 A14")
    def test_what_is_no_call_is_refused_with_a_status(self) -> None:
        for at, who in QUICK:
            check(
                self,
                [
                    Case(case.rows, case.request, case.status, case.shape, who=who, at=at, body=case.body)
                    for case in REFUSALS
                ],
                scene().client,
                {},
            )

    @shows("A12 C8")
    def test_parts_are_read_in_each_shape_that_was_seen(self) -> None:
        shapes: list[dict[str, Any]] = [
            {"type": "textPart", "text": "Hello."},
            {"kind": "text", "text": "Hello."},
            {"text": "Hello."},
            {"textPart": {"text": "Hello."}},
        ]
        for at, who in QUICK:
            for part in shapes:
                for name, said in (
                    ("messages", [{"role": "user", "parts": [part]}]),
                    ("message", {"role": "user", "parts": [part]}),
                ):
                    with self.subTest(f"{at} {part} {name}"):
                        client = scene().client(who, at)
                        last = told(client, {"jsonrpc": "2.0", "id": 7, "params": {name: said}})[-1][1]
                        self.assertIsNone(misfit(envelope(state="completed", final=True), last))
                        task = last["result"]["task"]["id"]
                        self.assertEqual(client.get(f"/tasks/{task}").json()["alert_text"], "Hello.")

    @shows("A8 A12 A13 A16 A17 A19 A29 A37 C3 C6 C20 C23")
    def test_an_analysis_from_its_first_word_to_its_decision(self) -> None:
        alert = (ALERTS / "clear-insider.xml").read_text()
        for at, who in (("insider-trading", "gateway"), ("via insider-trading", "operator"), ("default", "operator")):
            with self.subTest(at):
                stream = told(scene().client(who, at), call(alert))
                first, last = stream[0][1], stream[-1][1]
                self.assertIsNone(misfit(envelope(state="working", final=False), first))
                self.assertEqual(words(first), "Initializing analysis...")
                self.assertIsNone(misfit(envelope(state="completed", final=True), last))
                self.assertEqual(
                    [event["result"]["taskStatusUpdateEvent"]["final"] for _, event in stream].count(True), 1
                )
                self.assertTrue(
                    all(event["result"]["taskStatusUpdateEvent"]["artifacts"] == [] for _, event in stream[:-1])
                )
                artifacts = {one["type"]: one["data"] for one in last["result"]["taskStatusUpdateEvent"]["artifacts"]}
                self.assertEqual(list(artifacts)[-1], "decision")
                self.assertEqual(
                    (artifacts["decision"]["determination"], artifacts["decision"]["alert_id"]),
                    ("ESCALATE", "IT-2026-0915-01"),
                )

                said = [one for one in reports(stream) if one["event_type"] in TOOLS]
                calls: dict[str, list[dict[str, Any]]] = {}
                for one in said:
                    calls.setdefault(one["tool_call_id"], []).append(one)
                self.assertEqual(len(calls), 7)
                for mine in calls.values():
                    self.assertEqual((mine[0]["event_type"], mine[-1]["event_type"]), ("tool_start", "tool_complete"))
                    self.assertEqual({one["tool_name"] for one in mine}, {mine[0]["tool_name"]})
                    self.assertTrue(0 < len(mine[-1]["result_summary"]) <= 500)
                    steps = [(one["step"], one["total"]) for one in mine if "step" in one]
                    self.assertEqual(steps, sorted(steps))
                self.assertIn("trader_history", {mine[0]["tool_name"] for mine in calls.values()})
                self.assertTrue(any("record_count" in one for one in said))

    @shows("A13 A37")
    def test_what_is_refused_and_what_fails_is_an_error_in_its_own_words(self) -> None:
        for name, beginning in (("unknown-type", "Error: "), ("broken", "Error: Failed to parse alert XML: line 7")):
            with self.subTest(name):
                alert = (ALERTS / f"{name}.xml").read_text()
                last = told(scene().client("operator", "default"), call(alert))[-1][1]
                self.assertIsNone(misfit(envelope(state="failed", final=True), last))
                self.assertTrue(words(last).startswith(beginning), words(last))

    @shows("A6 A14")
    def test_an_agent_that_speaks_no_a2a_fails_the_task_with_its_status(self) -> None:
        stage = scene()
        for name, said, kind in (
            ("refusing", "Agent returned 503", "text/plain"),
            ("page", "it sent what cannot be understood", "text/html"),
        ):
            with self.subTest(name):
                last = told(stage.client("operator", f"via {name}"), call("Hello."))[-1][1]
                self.assertIsNone(misfit(envelope(state="failed", final=True), last))
                self.assertIn(said, words(last))
                self.assertIn(kind, words(last))
                records = stage.all_records(last["result"]["task"]["id"])
                ends = [one for one in records if "TASK_STATE_FAILED" in json.dumps(one["data"])]
                self.assertEqual([one["kind"] for one in ends], ["event"])
                self.assertIn(said, json.dumps(ends[0]["data"]))

    @shows("A14")
    def test_what_cannot_begin_is_the_event_error(self) -> None:
        """A task whose question is answered with what does not fit: the error comes before the first event."""
        stage = scene()
        task = stage.ended(stage.begin("test-question"), "input-required")
        stream = told(stage.client("operator", "via conformance"), call("perhaps", task))
        self.assertEqual([name for name, _ in stream], ["error"])
        self.assertIsNone(misfit({"jsonrpc": "2.0", "id": 7, "error": {"code": -32000, "message": str}}, stream[0][1]))
        # It is still open, and takes what fits.
        last = told(stage.client("operator", "via conformance"), call("yes", task))[-1][1]
        self.assertIsNone(misfit(envelope(state="completed", final=True), last))
        self.assertEqual(last["result"]["task"]["id"], task)

    @shows("A1 A43 C17")
    def test_nobody_gets_to_an_agent_without_a_certificate_that_it_lets_in(self) -> None:
        stage = scene()
        for at in OURS:
            with self.subTest(at):
                self.assertTrue(stage.address(at).startswith("https://"))
                with self.assertRaises((httpx.HTTPError, ssl.SSLError)):
                    httpx.Client(base_url=stage.address(at), verify=stage.context("nobody"), trust_env=False).get(
                        "/.well-known/agent.json"
                    )
                refused = stage.client("operator", at).get("/.well-known/agent.json")
                self.assertEqual(refused.status_code, 403, refused.text)
                self.assertIn("spiffe://signalbox.local/operator/demo", refused.text)
        for at in ("agents", "admin"):
            with self.subTest(at), self.assertRaises((httpx.HTTPError, ssl.SSLError)):
                httpx.Client(base_url=stage.address(at), verify=stage.context("nobody"), trust_env=False).get(
                    "/healthz"
                )


if __name__ == "__main__":
    unittest.main()

"""Streams of tasks as pages read them: fields of the answer, names of events, bodies, cursors, ends."""

import re
import unittest
from datetime import datetime, timezone
from typing import Any

from contract import Case, check, events, shows
from httpx_sse import connect_sse
from scene import scene
from shape import misfit

CURSOR = re.compile(r"^[0-9a-z]+\.\d+$")
RECORD = {
    "offset": int,
    "task": str,
    "seq": int,
    "time": re.compile(r"Z$"),
    "kind": str,
    "origin": str,
    "data": {...: ...},
}
SIMPLE = {
    "event_id": int,
    "task_id": str,
    "event_type": str,
    "state": str,
    "message": str,
    "final": False,
    "timestamp": re.compile(r"Z$"),
    "progress?": int,
    "metadata": {"event_type": str, "tool_name?": str, "step?": int, "total?": int, ...: ...},
}

REFUSALS = [
    Case("A4", "GET /api/stream/{task}?lastEventId=bogus", 400, code="bad-cursor"),
    Case("A4", "GET /api/stream/{task}?last_event=1", 400, code="bad-query"),
    Case("C6", "GET /api/stream/{task}?profile=plain", 400, code="bad-profile"),
    Case("A43 C17", "GET /api/stream/{task}", 401, who="nobody", code="not-signed-in"),
]


class StreamContract(unittest.TestCase):
    task: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.task = scene().ended(scene().begin("test-progress"))

    def stream(self, query: str = "", task: str | None = None, **request: Any) -> tuple[Any, list[Any]]:
        """All that one request is told."""
        return events(scene().client(), "GET", f"/api/stream/{task or self.task}{query}", **request)

    @shows("A22 C27 A19 C5 C7 C28 A48")
    def test_records_with_their_cursors_and_no_names(self) -> None:
        answer, told = self.stream()
        self.assertEqual(answer.headers["content-type"], "text/event-stream")
        self.assertEqual(
            (answer.headers["x-accel-buffering"], answer.headers["cache-control"]), ("no", "no-store, no-transform")
        )
        self.assertNotIn("connection", answer.headers)
        self.assertEqual([event.event for event in told if event.event != "message"], ["grant", "resume", "bye"])
        self.assertEqual((told[-1].event, told[-1].json()), ("bye", {"reason": "finished"}))
        self.assertTrue(1000 <= (told[0].retry or 0) <= 3000, told[0].retry)
        records = [event for event in told if event.event == "message"]
        self.assertIsNone(misfit([RECORD], [event.json() for event in records]))
        self.assertEqual([event.json()["seq"] for event in records], list(range(1, len(records) + 1)))
        self.assertIsNone(misfit([CURSOR], [event.id for event in records]))
        self.assertEqual(
            [int(event.id.split(".")[1]) for event in records], [event.json()["offset"] for event in records]
        )

    @shows("A4 A27 C5 C13")
    def test_a_place_is_shown_in_the_field_and_under_each_name_of_the_query(self) -> None:
        records = [event for event in self.stream()[1] if event.event == "message"]
        place, behind = records[3].id, [event.json()["seq"] for event in records[4:]]
        for name in ("lastEventId", "last_event_id", "lastEventID", "after"):
            told = self.stream(f"?{name}={place}")[1]
            self.assertEqual([event.json()["seq"] for event in told if event.event == "message"], behind, name)
        told = self.stream(f"?lastEventId={records[0].id}", headers={"Last-Event-ID": place})[1]
        self.assertEqual(
            [event.json()["seq"] for event in told if event.event == "message"], behind, "the field is what counts"
        )
        self.assertEqual(scene().client().get(f"/api/stream/{self.task}?lastEventId={records[-1].id}").status_code, 204)

    @shows("A4 A43 C6 C17")
    def test_what_is_no_stream_is_refused(self) -> None:
        check(self, REFUSALS, scene().client, {"task": self.task})

    @shows("A19 A20 A21 C3 C7")
    def test_pages_of_then_read_progress_and_complete(self) -> None:
        told = [event for event in self.stream("?profile=simple")[1] if event.event not in ("grant", "resume", "bye")]
        self.assertEqual({event.event for event in told[:-1]}, {"progress"})
        self.assertIsNone(misfit([SIMPLE], [event.json() for event in told[:-1]]))
        bodies = [event.json() for event in told]
        self.assertEqual([body["event_id"] for body in bodies], list(range(1, len(bodies) + 1)))
        self.assertEqual((told[-1].event, bodies[-1]["state"], bodies[-1]["final"]), ("complete", "completed", True))
        steps = [body for body in bodies if "progress" in body]
        self.assertTrue(steps)
        for body in steps:
            self.assertTrue(0 <= body["progress"] <= 100 and "total" in body["metadata"], body)

    @shows("B12 A25")
    def test_what_happens_is_heard_within_a_second_for_as_long_as_it_goes_on(self) -> None:
        stage = scene()
        task = stage.begin("test-endless")
        stage.until(task, "working")
        late: list[float] = []
        with connect_sse(stage.client(), "GET", f"/api/stream/{task}?after=latest") as source:
            for event in source.iter_sse():
                if event.data and event.event == "message":
                    told = datetime.fromisoformat(event.json()["time"])
                    late.append((datetime.now(timezone.utc) - told).total_seconds())
                    if len(late) == 30:
                        stopped = stage.client().post(f"/api/tasks/{task}:cancel", json={})
                        self.assertLess(stopped.status_code, 300, stopped.text)
                    self.assertLess(len(late), 1000, "it was cancelled")
        self.assertGreater(len(late), 30, "a cancel is its end, and nothing else was")
        self.assertLess(sorted(late)[len(late) * 9 // 10], 1)

    @shows("A6 A19 C28")
    def test_what_fails_is_error_with_its_own_words(self) -> None:
        told = self.stream("?profile=simple", scene().ended(scene().begin("test-fail"), "failed"))[1]
        last = [event for event in told if event.event not in ("grant", "resume", "bye")][-1]
        self.assertEqual(last.event, "error")
        shape = {**SIMPLE, "event_type": "error", "state": "failed", "final": True, "error": str, "task_id": str}
        self.assertIsNone(misfit(shape, last.json()))
        self.assertEqual(last.json()["error"], last.json()["message"])

    @shows("C4 A14")
    def test_a_question_ends_a_message_s_stream_and_no_other(self) -> None:
        stage = scene()
        call = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "message/stream",
            "params": {
                "message": {
                    "kind": "message",
                    "role": "user",
                    "messageId": f"test-question-{self.task}",
                    "parts": [{"kind": "text", "text": "Ask."}],
                }
            },
        }
        told = [
            event.json()["result"]
            for event in events(stage.client("operator", "via conformance"), "POST", "", json=call)[1]
        ]
        self.assertEqual((told[-1]["kind"], told[-1]["status"]["state"]), ("status-update", "input-required"))
        self.assertTrue(
            all(
                event.id == ""
                for event in events(stage.client("operator", "via conformance"), "POST", "", json=call)[1]
            )
        )
        task = next(one["id"] for one in told if one["kind"] == "task")
        with stage.client().stream("GET", f"/api/stream/{task}") as people:
            lines = people.iter_lines()
            while '"state":"open"' not in next(lines):
                pass
            answered = stage.client("operator").post(
                f"/api/tasks/{task}/questions/q1:answer", json={"values": {"cleared": "yes"}}
            )
            self.assertLess(answered.status_code, 300, answered.text)
            self.assertIn('data: {"reason":"finished"}', list(lines))

    @shows("A11 A27 C3 C9 C10")
    def test_older_and_newer_names_are_told_apart_by_method_version_and_path(self) -> None:
        client = scene().client("operator", "via conformance")

        def call(method: str, params: dict[str, Any], version: str | None = None) -> Any:
            fields = {} if version is None else {"A2A-Version": version}
            return client.post(
                "", json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, headers=fields
            ).json()

        older, newer = (
            call("tasks/get", {"id": self.task})["result"],
            call("GetTask", {"id": self.task}, "1.0")["result"],
        )
        self.assertEqual((older["kind"], older["status"]["state"]), ("task", "completed"))
        self.assertEqual(newer["status"]["state"], "TASK_STATE_COMPLETED")
        self.assertEqual(
            client.get(f"/tasks/{self.task}", headers={"A2A-Version": "1.0"}).json()["status"]["state"],
            "TASK_STATE_COMPLETED",
        )
        # The paths of 0.3 have a version, and its states over HTTP+JSON the names that 1.0 has.
        self.assertEqual(client.get(f"/v1/tasks/{self.task}").json()["status"]["state"], "TASK_STATE_COMPLETED")
        self.assertEqual(client.get(f"/tasks/{self.task}").json()["state"], "completed")
        extended = call("agent/getAuthenticatedExtendedCard", {})
        self.assertTrue("result" in extended or extended["error"]["code"] in (-32007, -32004), extended)
        self.assertEqual(call("agents/card", {})["error"]["code"], -32601)
        gone = call("tasks/resubscribe", {"id": self.task})
        self.assertEqual(gone["error"]["code"], -32004, "it has ended, so there is nothing to hear")

    @shows("C9 A11")
    def test_a_subscription_is_taken_with_get_and_with_post(self) -> None:
        stage = scene()
        for method, version in (("GET", "1.0"), ("POST", "1.0"), ("GET", "0.3"), ("POST", "0.3")):
            with self.subTest(f"{method} {version}"):
                task = stage.ended(stage.begin("test-slow"), "working")
                path = f"/tasks/{task}:subscribe" if version == "1.0" else f"/v1/tasks/{task}:subscribe"
                told = events(
                    stage.client("operator", "via conformance"), method, path, headers={"A2A-Version": version}
                )[1]
                self.assertIn("task", told[0].json())
                self.assertIn("completed", told[-1].data.lower())
                finals = [event for event in told if '"final":true' in event.data]
                self.assertEqual(len(finals), 1 if version == "0.3" else 0)


if __name__ == "__main__":
    unittest.main()

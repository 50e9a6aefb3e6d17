"""One whole analysis by the real agents, looked at from every side: records, decision, figures of the gateway, its log."""

import json
import unittest
from typing import Any

import httpx
from contract import events, shows
from processes import eventually  # type: ignore[import-not-found,import-untyped,unused-ignore]
from scene import scene

PROGRESS = "https://signalbox.dev/a2a/extensions/progress/v1"


def reports(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What agents reported, in the order of the journal."""
    updates = [
        one["data"].get("statusUpdate") or one["data"].get("artifactUpdate") or {}
        for one in records
        if one["kind"] == "event"
    ]
    return [update["metadata"][PROGRESS] for update in updates if PROGRESS in update.get("metadata", {})]


class DecisionContract(unittest.TestCase):
    task: str
    records: list[dict[str, Any]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.task = scene().ended(scene().analyze("clear-insider"))
        cls.records = scene().all_records(cls.task)

    @shows("A1 A15 A16 A32 A48 C6 C20")
    def test_the_specialist_s_reports_pass_through_in_one_order(self) -> None:
        self.assertEqual([one["seq"] for one in self.records], list(range(1, len(self.records) + 1)))
        said = reports(self.records)
        tools = [one for one in said if one["type"].startswith("tool_")]
        self.assertEqual({one.get("agent") for one in tools}, {"insider-trading"})
        self.assertEqual(len({one["agentTask"] for one in tools}), 1)
        self.assertNotEqual(tools[0]["agentTask"], self.task)
        self.assertEqual({one["type"] for one in tools}, {"tool_started", "tool_progress", "tool_completed"})
        for call in {one["callId"] for one in tools}:
            mine = [one for one in tools if one["callId"] == call]
            self.assertEqual((mine[0]["type"], mine[-1]["type"]), ("tool_started", "tool_completed"))
            self.assertIsInstance(mine[-1]["durationMs"], int)

    @shows("A29 A30 C18 C23 C3")
    def test_one_decision_that_is_the_same_everywhere(self) -> None:
        client = scene().client()
        snapshot = client.get(f"/api/tasks/{self.task}").json()["snapshot"]["task"]
        decision = next(one for one in snapshot["artifacts"] if one["artifactId"] == "decision")["parts"][0]["data"]
        self.assertEqual(snapshot["artifacts"][-1]["artifactId"], "decision")
        told = [
            event
            for event in events(client, "GET", f"/api/stream/{self.task}?profile=simple")[1]
            if event.event == "complete"
        ]
        elsewhere = {
            "status": client.get(f"/api/status/{self.task}").json()["decision"],
            "file": client.get(f"/api/download/{self.task}/json").json(),
            "page": told[0].json()["decision"],
            "older": next(
                one["data"]
                for one in client.get(f"/agents/orchestrator/tasks/{self.task}").json()["artifacts"]
                if one["type"] == "decision"
            ),
        }
        for where, same in elsewhere.items():
            self.assertEqual(same, decision, where)
        self.assertEqual(
            (decision["determination"], decision["confidence"], told[0].json()["confidence"]), ("ESCALATE", 91, 91)
        )
        self.assertEqual((decision["genuine_alert_confidence"], decision["false_positive_confidence"]), (91, 0))
        artifacts = [one["seq"] for one in self.records if "artifactUpdate" in one["data"]]
        end = [one["seq"] for one in self.records if "TASK_STATE_COMPLETED" in json.dumps(one["data"])]
        self.assertEqual(len(end), 1)
        self.assertLess(max(artifacts), end[0])

    @shows("A45 A44")
    def test_figures_count_streams_and_no_label_is_a_task(self) -> None:
        stage = scene()
        events(stage.client(), "GET", f"/api/stream/{self.task}")
        text = stage.client("operator", "admin").get("/metrics").text
        for name in (
            "signalbox_streams_open",
            "signalbox_stream_events_total",
            'signalbox_stream_resumes_total{status="continued"}',
            "signalbox_stream_slow_closes_total",
        ):
            self.assertIn(f"\n{name}", text)
        self.assertNotIn(self.task, text)

    @shows("A44")
    def test_a_stream_is_one_line_of_the_log_at_its_end(self) -> None:
        stage = scene()
        with httpx.Client(base_url=stage.url, verify=stage.context("operator"), trust_env=False) as client:
            answer, _ = events(client, "GET", f"/api/stream/{self.task}")
        request = answer.headers["x-request-id"]
        self.assertTrue(request)

        def lines() -> list[dict[str, Any]]:
            return [line for line in stage.log() if request in line.values()]

        found = eventually(lines, f"the log tells of {request}")
        self.assertEqual(len(found), 1, found)
        self.assertTrue({"status", "route"} & set(found[0]), found)


if __name__ == "__main__":
    unittest.main()

"""The LangGraph example behind the real gateway, over TLS with certificates on both sides."""

import json
import ssl
import unittest
import urllib.error
import urllib.request
from functools import partial
from typing import Any

from processes import eventually
from theatre import ROOT, Record, Theatre, failure, reports, unmarked

PROGRAM = f"{ROOT}/examples/langgraph-agent/main.py"
TRADES = [{"id": f"N-{n}", "buyer": "A", "seller": "B", "price": 100 + n % 3} for n in range(1, 31)]
SLOW = {"trades": TRADES, "pace": 0.1}


def is_as_far(step: int, report: Record) -> bool:
    """Whether a tool has come so far."""
    return int(report.get("step", 0)) >= step


class LangGraphTests(unittest.TestCase):
    theatre: Theatre

    @classmethod
    def setUpClass(cls) -> None:
        cls.theatre = Theatre({"case-review": PROGRAM})
        cls.addClassCleanup(cls.theatre.close)

    def assert_whole(self, task: str) -> list[Record]:
        """The records count without a hole, nothing was written down as missing, and no report is there twice."""
        records = self.theatre.records(task)
        self.assertEqual([one["seq"] for one in records], list(range(1, len(records) + 1)))
        self.assertEqual([one for one in records if one["kind"] == "gap"], [])
        said = reports(records)
        self.assertEqual([one for one in said if said.count(one) > 1], [])
        return records

    def assert_calls(self, said: list[Record]) -> dict[str, list[Record]]:
        """Each call of a tool begins once, says its steps in order, and ends once."""
        calls: dict[str, list[Record]] = {}
        for one in said:
            if one["type"].startswith("tool_"):
                calls.setdefault(one["callId"], []).append(one)
        for call in calls.values():
            middle = call[1:-1]
            self.assertEqual(call[0]["type"], "tool_started")
            self.assertEqual(call[-1]["type"], "tool_completed")
            self.assertEqual([one["type"] for one in middle], ["tool_progress"] * int(middle[0]["total"]), call)
            self.assertEqual([one["step"] for one in middle], list(range(1, len(middle) + 1)))
            self.assertEqual({one["tool"] for one in call}, {call[0]["tool"]})
        return calls

    def answer(self, task: str, *values: str) -> None:
        """Answers from the command line, and waits for the end and for the verdict, which may come behind it."""
        answered = self.theatre.run("answer", task, *values)
        self.assertEqual(answered.returncode, 0, answered.stderr)
        self.theatre.until(task, "completed")
        verdicts = eventually(
            lambda: [one["data"]["verdict"] for one in self.theatre.records(task) if one["kind"] == "verdict"],
            "there is a verdict",
        )
        self.assertEqual(verdicts, ["taken"])

    def artifact(self, task: str) -> Any:
        document = self.theatre.ask(f"/api/tasks/{task}")["snapshot"]["task"]
        return {one["artifactId"]: one["parts"] for one in document["artifacts"]}["decision"][0]["data"]

    def test_progress_in_order_and_an_answer_from_the_command_line(self) -> None:
        task = self.theatre.begin("case-review")
        self.theatre.until(task, "input-required")
        listed = self.theatre.run("questions", "--json", "--task", task)
        self.assertIn("Were these trades cleared beforehand?", listed.stdout, listed.stderr)
        refused = self.theatre.run("answer", task, "cleared=perhaps")
        self.assertEqual(refused.returncode, 9, refused.stderr)
        self.answer(task, "cleared=no", "note=Not in the register.")
        said = reports(self.assert_whole(task))

        steps = [(one["type"], one.get("agent"), one["phase"]) for one in said if one["type"].startswith("step_")]
        expected: list[tuple[str, str | None, str]] = []
        for agent, phase in ((None, "plan"), (None, "evidence")):
            expected += [("step_started", agent, phase), ("step_completed", agent, phase)]
        expected.append(("step_started", None, "rating"))
        for phase in ("score", "explain"):
            expected += [("step_started", "rating", phase), ("step_completed", "rating", phase)]
        expected.append(("step_completed", None, "rating"))
        for phase in ("ask", "decide"):
            expected += [("step_started", None, phase), ("step_completed", None, phase)]
        self.assertEqual(steps, expected)

        calls = self.assert_calls(said)
        self.assertEqual(
            sorted(call[0]["tool"] for call in calls.values()), ["check_counterparties", "check_prices", "weigh"]
        )
        inner = [one for one in said if one.get("agent") == "rating"]
        self.assertIn({"type": "thinking", "message": "A score of 0.64 from 2 findings.", "agent": "rating"}, inner)
        self.assertEqual({one["tool"] for one in inner if "tool" in one}, {"weigh"})
        self.assertEqual(self.theatre.ask(f"/api/tasks/{task}")["title"], "Review of 4 trades")
        decision = self.artifact(task)
        self.assertEqual((decision["determination"], decision["note"]), ("ESCALATE", "Not in the register."))

    def test_parallel_tools_are_kept_apart(self) -> None:
        task = self.theatre.begin("case-review", data={"trades": TRADES, "pace": 0.01})
        self.theatre.until(task, "completed")
        calls = self.assert_calls(reports(self.assert_whole(task)))
        steps = {call[0]["tool"]: len(call) - 2 for call in calls.values()}
        self.assertEqual(steps, {"check_prices": 30, "check_counterparties": 30, "weigh": 1})
        said = [one["tool"] for one in reports(self.theatre.records(task)) if one["type"] == "tool_progress"][:10]
        self.assertEqual(set(said[:4]), {"check_prices", "check_counterparties"}, "they ran beside each other")

    def test_a_cancel_stops_the_graph(self) -> None:
        task = self.theatre.begin("case-review", data=SLOW)
        self.theatre.until_report(task, lambda one: one["type"] == "tool_progress")
        cancelled = self.theatre.run("cancel", task, "--wait", "--why", "The wrong day.")
        self.assertEqual((cancelled.returncode, "stopped" in cancelled.stdout), (0, True), cancelled.stderr)
        self.assertEqual(self.theatre.state(task), "canceled")
        said = reports(self.assert_whole(task))
        failed = [one for one in said if one["type"] == "tool_failed"]
        self.assertEqual(sorted(one["tool"] for one in failed), ["check_counterparties", "check_prices"])
        self.assertLess(max(one.get("step", 0) for one in said), 30)

    def test_an_error_in_the_graph_fails_the_task_with_its_cause(self) -> None:
        task = self.theatre.begin("case-review", data={"trades": []})
        self.theatre.until(task, "failed")
        self.assertIn("ValueError: The case has no trades", failure(self.theatre.records(task)))

    def test_a_gateway_that_was_killed_misses_nothing(self) -> None:
        """It dies at any moment, twice. Each step of each tool is there, and nothing is there twice."""
        task = self.theatre.begin("case-review", data=SLOW)
        for step in (3, 12):
            self.theatre.until_report(task, partial(is_as_far, step))
            self.theatre.gateway.kill()
            self.theatre.start_gateway()
        self.theatre.until(task, "completed")
        records = self.theatre.records(task)
        self.assertEqual([one["seq"] for one in records], list(range(1, len(records) + 1)))
        said = unmarked(reports(records))
        self.assertEqual([one for one in said if said.count(one) > 1], [])
        calls = {one["callId"]: one["tool"] for one in said if one["type"] == "tool_started"}
        self.assertEqual(sorted(calls.values()), ["check_counterparties", "check_prices", "weigh"])
        for call, tool in calls.items():
            mine = [one for one in said if one.get("callId") == call]
            steps = sorted(one["step"] for one in mine if one["type"] == "tool_progress")
            self.assertEqual(steps, list(range(1, 2 if tool == "weigh" else 31)), tool)
            self.assertEqual(
                [one["type"] for one in mine if one["type"] != "tool_progress"], ["tool_started", "tool_completed"]
            )
        self.assertEqual(self.artifact(task)["determination"], "CLOSE")

    def test_a_gateway_that_was_killed_amid_a_question_gets_it_answered(self) -> None:
        task = self.theatre.begin("case-review")
        self.theatre.until(task, "input-required")
        self.theatre.gateway.kill()
        self.theatre.start_gateway()
        self.answer(task, "cleared=yes")
        self.assert_calls(unmarked(reports(self.theatre.records(task))))
        questions = [one["data"]["state"] for one in self.theatre.records(task) if one["kind"] == "question"]
        self.assertEqual(questions, ["open", "closed"])
        self.assertEqual(self.artifact(task)["determination"], "CLOSE")

    def test_somebody_elses_certificate_is_refused(self) -> None:
        url = self.theatre.agents["case-review"].facts()["url"] + "/.well-known/agent-card.json"
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.fetch(url, self.theatre.client_context("operator-demo"))
        self.assertEqual(refused.exception.code, 403)
        self.assertIn("spiffe://signalbox.local/operator/demo", refused.exception.read().decode())
        nobody = ssl.create_default_context(cafile=f"{self.theatre.pki}/server-ca.pem")
        with self.assertRaises((urllib.error.URLError, OSError)):
            self.fetch(url, nobody)
        card = json.loads(self.fetch(url, self.theatre.client_context("gateway-demo")))
        self.assertIn(
            "https://signalbox.dev/a2a/extensions/progress/v1",
            [one["uri"] for one in card["capabilities"]["extensions"]],
        )

    @staticmethod
    def fetch(url: str, context: ssl.SSLContext) -> bytes:
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), urllib.request.ProxyHandler({})
        )
        with opener.open(url, timeout=20) as answer:
            return bytes(answer.read())


class KilledAgentTests(unittest.TestCase):
    def test_a_killed_agent_ends_its_task_with_a_clear_error(self) -> None:
        theatre = Theatre({"case-review": PROGRAM})
        self.addCleanup(theatre.close)
        task = theatre.begin("case-review", data=SLOW)
        theatre.until_report(task, lambda one: one["type"] == "tool_progress")
        theatre.agents["case-review"].kill()
        theatre.until(task, "failed")
        records = theatre.records(task)
        notes = [one["data"].get("note") for one in records if one["kind"] == "note"]
        self.assertIn("agent-lost", notes)
        self.assertIn("case-review", failure(records))
        self.assertIn("AGENT_LOST", json.dumps(records[-3:]))


if __name__ == "__main__":
    unittest.main()

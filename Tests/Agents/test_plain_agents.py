"""Agents that know nothing of Signalbox, behind the real gateway: one on the a2a-sdk alone, and one of A2A 0.3."""

import unittest
from functools import partial
from typing import Any

from processes import eventually
from theatre import ROOT, Theatre, failure, reports

TEXT = "\n".join(f"this is line {number}" for number in range(1, 6))
LONG = "word " * 600


class PlainAgentTests(unittest.TestCase):
    theatre: Theatre

    @classmethod
    def setUpClass(cls) -> None:
        programs = {"word-counter": "word_counter.py", "turner": "turner.py"}
        cls.theatre = Theatre(
            {name: f"{ROOT}/examples/plain-a2a-agent/{file}" for name, file in programs.items()}, own_options=False
        )
        cls.addClassCleanup(cls.theatre.close)

    def texts(self, task: str) -> list[str]:
        """What the agent said while it worked, in order; every record is there, and none is a report."""
        records = self.theatre.records(task)
        self.assertEqual([one["seq"] for one in records], list(range(1, len(records) + 1)))
        self.assertEqual((reports(records), [one for one in records if one["kind"] == "gap"]), ([], []))
        statuses = [
            one["data"]["statusUpdate"]["status"]
            for one in records
            if one["kind"] == "event" and "statusUpdate" in one["data"]
        ]
        said = [one["message"]["parts"][0]["text"] for one in statuses if "message" in one]
        return [text for index, text in enumerate(said) if index == 0 or text != said[index - 1]]

    def artifact(self, task: str) -> Any:
        return self.theatre.ask(f"/api/tasks/{task}")["snapshot"]["task"]["artifacts"][0]["parts"][0]["text"]

    def protocol(self, agent: str) -> str:
        return str(self.theatre.ask(f"/api/agents/{agent}")["card"]["protocol"])

    def test_its_words_are_told_and_its_artifact_is_kept(self) -> None:
        self.assertEqual((self.protocol("word-counter"), self.protocol("turner")), ("1.0", "0.3"))
        task = self.theatre.begin("word-counter", TEXT)
        self.theatre.until(task, "completed")
        self.assertEqual(self.texts(task), [f"Line {n} of 5" for n in range(1, 6)] + ["There are 20 words."])
        self.assertEqual(self.artifact(task), "20 words")

    def test_so_are_those_of_an_agent_of_0_3(self) -> None:
        task = self.theatre.begin("turner", "one two three")
        self.theatre.until(task, "completed")
        self.assertEqual(self.texts(task), ["Word 1 of 3: one", "Word 2 of 3: two", "Word 3 of 3: three"])
        self.assertEqual(self.artifact(task), "three two one")

    def test_a_question_without_a_form_takes_any_text(self) -> None:
        for agent, answer, expected in (("word-counter", "two words", "2 words"), ("turner", "a b", "b a")):
            with self.subTest(agent):
                task = self.theatre.begin(agent, " ")
                self.theatre.until(task, "input-required")
                answered = self.theatre.run("answer", task, "--text", answer)
                self.assertEqual(answered.returncode, 0, answered.stderr)
                self.theatre.until(task, "completed")
                self.assertEqual(self.artifact(task), expected)

    def test_a_cancel_stops_it(self) -> None:
        for agent in ("word-counter", "turner"):
            with self.subTest(agent):
                task = self.theatre.begin(agent, LONG.replace(" ", "\n"))
                self.theatre.until(task, "working")
                eventually(partial(self.texts, task), "it has said something")
                cancelled = self.theatre.run("cancel", task, "--wait")
                self.assertEqual((cancelled.returncode, "stopped" in cancelled.stdout), (0, True), cancelled.stderr)
                self.assertEqual(self.theatre.state(task), "canceled")


class KilledPlainAgentTests(unittest.TestCase):
    def test_a_killed_agent_ends_its_task_with_a_clear_error(self) -> None:
        theatre = Theatre({"turner": f"{ROOT}/examples/plain-a2a-agent/turner.py"}, own_options=False)
        self.addCleanup(theatre.close)
        task = theatre.begin("turner", LONG)
        theatre.until(task, "working")
        theatre.agents["turner"].kill()
        theatre.until(task, "failed")
        self.assertIn("turner", failure(theatre.records(task)))
        self.assertIn("AGENT_LOST", str(theatre.records(task)[-3:]))


if __name__ == "__main__":
    unittest.main()

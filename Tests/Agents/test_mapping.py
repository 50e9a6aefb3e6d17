"""Events of LangGraph to reports: a fold over plain dicts, with a clock of its own."""

import unittest
from typing import Any

from signalbox_agent.mapping import EventMapping
from signalbox_agent.reports import ArtifactChunk, Report, Update, input_of, plain, summary_of

Event = dict[str, Any]


class GraphInterrupt(Exception):
    """What LangGraph ends a tool with that asks somebody."""


class Words:
    """A piece of a language model's answer."""

    def __init__(self, content: str, usage: dict[str, int] | None = None):
        self.content, self.usage_metadata = content, usage


def event(kind: str, name: str, run: str, place: str = "look:1", **data: Any) -> Event:
    """Something inside a node."""
    return {
        "event": kind,
        "name": name,
        "run_id": run,
        "tags": [],
        "parent_ids": ["root"],
        "data": data,
        "metadata": {"langgraph_checkpoint_ns": place, "langgraph_node": place.split("|")[-1].split(":")[0]},
    }


def node(kind: str, run: str, place: str = "look:1", **data: Any) -> Event:
    """A node itself."""
    made = event(kind, place.split("|")[-1].split(":")[0], run, place, **data)
    return made | {"tags": ["graph:step:1"]}


def streamed(mode: str, what: Any, *namespace: str) -> Event:
    """What the root shows of itself and of its sub-graphs."""
    return {
        "event": "on_chain_stream",
        "name": "graph",
        "run_id": "root",
        "tags": [],
        "parent_ids": [],
        "metadata": {},
        "data": {"chunk": (namespace, mode, what)},
    }


class MappingTests(unittest.TestCase):
    def setUp(self) -> None:
        self.mapping = EventMapping()
        self.now = 10.0

    def feed(self, *events: Event) -> list[Update]:
        """A quarter of a second lies between two events."""
        said: list[Update] = []
        for one in events:
            said += self.mapping.updates(one, self.now)
            self.now += 0.25
        return said

    def brief(self, updates: list[Update]) -> list[tuple[Any, ...]]:
        return [(one.type, one.tool or one.phase, one.call_id, one.step) for one in updates if isinstance(one, Report)]

    def test_a_tool_from_beginning_to_end(self) -> None:
        said = self.feed(
            event("on_tool_start", "check", "r1", input={"a": 1}),
            streamed(
                "custom",
                {"type": "tool_progress", "callId": "r1", "step": 1, "total": 2, "message": "half", "records": 7},
            ),
            event("on_tool_end", "check", "r1", output={"found": 3}),
            streamed("updates", {"look": {"found": 3}}),
        )
        self.assertEqual(
            said,
            [
                Report("tool_started", tool="check", call_id="r1", phase="look", input={"a": 1}),
                Report(
                    "tool_progress",
                    tool="check",
                    call_id="r1",
                    phase="look",
                    step=1,
                    total=2,
                    message="half",
                    records=7,
                ),
                Report(
                    "tool_completed", tool="check", call_id="r1", phase="look", duration_ms=500, summary='{"found": 3}'
                ),
            ],
        )

    def test_two_calls_of_one_tool_are_told_apart(self) -> None:
        said = self.feed(
            event("on_tool_start", "check", "r1"),
            event("on_tool_start", "check", "r2"),
            streamed("custom", {"type": "tool_progress", "callId": "r2", "step": 1}),
            event("on_custom_event", "check", "r1") | {"data": {"type": "tool_progress", "step": 2}},
            streamed("custom", {"type": "tool_progress", "tool": "check", "message": "whose?"}),
        )
        self.assertEqual(
            self.brief(said)[2:],
            [
                ("tool_progress", "check", "r2", 1),
                ("tool_progress", "check", "r1", 2),
                ("tool_progress", "check", None, None),
            ],
        )

    def test_progress_without_an_id_belongs_to_the_only_call_that_it_can_be(self) -> None:
        said = self.feed(
            event("on_tool_start", "check", "r1"),
            event("on_tool_start", "weigh", "r2"),
            streamed("custom", {"type": "tool_progress", "tool": "weigh", "step": 4}),
        )
        self.assertEqual(self.brief(said)[-1], ("tool_progress", "weigh", "r2", 4))

    def test_what_a_tool_said_comes_before_its_end_whichever_came_first(self) -> None:
        said = self.feed(
            event("on_tool_start", "check", "r1"),
            event("on_tool_end", "check", "r1", output="ok"),
            node("on_chain_start", "n2", "decide:2"),
            streamed("custom", {"type": "tool_progress", "callId": "r1", "step": 1}),
            streamed("updates", {"look": None}),
        )
        self.assertEqual(
            [one[0] for one in self.brief(said)], ["tool_started", "tool_progress", "tool_completed", "step_started"]
        )

    def test_what_is_held_is_released_when_nothing_comes(self) -> None:
        self.feed(event("on_tool_start", "check", "r1"))
        self.assertEqual(self.feed(event("on_tool_end", "check", "r1", output="")), [])
        self.assertEqual(self.brief(self.mapping.release()), [("tool_completed", "check", "r1", None)])
        self.assertEqual(self.mapping.release(), [])

    def test_nothing_is_said_of_a_call_before_its_beginning(self) -> None:
        said = self.feed(
            event("on_tool_start", "check", "r1"),
            event("on_tool_end", "check", "r1"),
            event("on_tool_start", "check", "r2", place="weigh:2"),
            streamed("custom", {"type": "tool_progress", "callId": "r2", "step": 1}),
        )
        self.assertEqual(
            [one[0] + str(one[2]) for one in self.brief(said)],
            ["tool_startedr1", "tool_completedr1", "tool_startedr2", "tool_progressr2"],
        )

    def test_a_tool_that_fails(self) -> None:
        said = self.feed(
            event("on_tool_start", "check", "r1"), event("on_tool_error", "check", "r1", error=ValueError("no rows"))
        )
        self.assertEqual(
            (said + self.mapping.release())[-1],
            Report(
                "tool_failed", tool="check", call_id="r1", phase="look", duration_ms=250, error="ValueError: no rows"
            ),
        )

    def test_nodes_are_steps_and_sub_graphs_are_agents(self) -> None:
        said = self.feed(
            node("on_chain_start", "n1", "rating:1"),
            node("on_chain_start", "n2", "rating:1|score:2"),
            streamed("custom", {"type": "thinking", "message": "Hm."}, "rating:1"),
            streamed("custom", "plain words", "rating:1"),
            node("on_chain_end", "n2", "rating:1|score:2", output={"score": 1}),
            streamed("updates", {"score": {"score": 1}}, "rating:1"),
            node("on_chain_end", "n1", "rating:1", output={}),
            streamed("updates", {"rating": {}}),
        )
        self.assertEqual(
            said,
            [
                Report("step_started", call_id="n1", phase="rating"),
                Report("step_started", call_id="n2", phase="score", agent="rating"),
                Report("thinking", message="Hm.", agent="rating"),
                Report("progress", message="plain words", agent="rating"),
                Report(
                    "step_completed",
                    call_id="n2",
                    phase="score",
                    agent="rating",
                    duration_ms=750,
                    payload={"changed": ["score"]},
                ),
                Report("step_completed", call_id="n1", phase="rating", duration_ms=1500),
            ],
        )

    def test_nodes_need_not_be_told(self) -> None:
        self.mapping = EventMapping(shows_nodes=False)
        self.assertEqual(self.feed(node("on_chain_start", "n1"), node("on_chain_end", "n1", output={})), [])

    def test_a_tool_that_asks_goes_on_as_the_same_call(self) -> None:
        self.feed(
            node("on_chain_start", "n1"),
            event("on_tool_start", "check", "r1"),
            event("on_tool_error", "check", "r1", error=GraphInterrupt()),
        )
        self.assertEqual(self.mapping.pause(), [])
        said = self.feed(
            node("on_chain_start", "n9"), event("on_tool_start", "check", "r9"), event("on_tool_end", "check", "r9")
        )
        self.assertEqual(said, [])
        self.assertEqual(self.brief(self.mapping.release()), [("tool_completed", "check", "r1", None)])

    def test_what_has_not_ended_fails_with_the_graph(self) -> None:
        self.feed(
            node("on_chain_start", "n1"),
            event("on_tool_start", "check", "r1"),
            event("on_chat_model_start", "model", "m1"),
        )
        ends = self.mapping.finish("cancelled", self.now)
        self.assertEqual(self.brief(ends), [("tool_failed", "check", "r1", None), ("llm_failed", "model", "m1", None)])
        self.assertEqual({one.error for one in ends if isinstance(one, Report)}, {"cancelled"})
        self.assertEqual(self.mapping.finish("cancelled", self.now), [])

    def test_a_models_words_come_ten_times_a_second(self) -> None:
        self.feed(event("on_chat_model_start", "model", "m1"))
        said: list[Update] = []
        for word in "one two three four five six".split():
            said += self.mapping.updates(
                event("on_chat_model_stream", "model", "m1", chunk=Words(word + " ")), self.now
            )
            self.now += 0.04
        said += self.mapping.updates(
            event("on_chat_model_end", "model", "m1", output=Words("", {"total_tokens": 9})), self.now
        )
        self.assertEqual(
            [one.message for one in said if isinstance(one, Report)], ["one ", "two three four ", "five six ", None]
        )
        last = said[-1]
        assert isinstance(last, Report)
        self.assertEqual((last.type, last.payload), ("llm_completed", {"usage": {"total_tokens": 9}}))

    def test_what_a_node_writes(self) -> None:
        cases: list[tuple[Any, Update]] = [
            ("words", Report("progress", message="words")),
            (
                {"type": "progress", "message": "m", "title": "T", "phase": "p"},
                Report("progress", message="m", title="T", phase="p"),
            ),
            ({"rows": 3}, Report("progress", message="progress", payload={"rows": 3})),
            ({"type": "progress", "step": "x", "message": "m"}, Report("progress", message="m")),
            (17, Report("progress", message="17")),
            (
                {"type": "artifact", "name": "log", "text": "a", "append": True, "lastChunk": False},
                ArtifactChunk("log", name="log", text="a", append=True, last_chunk=False),
            ),
            ({"type": "artifact", "artifactId": "d", "data": {"x": 1}}, ArtifactChunk("d", data={"x": 1})),
        ]
        for what, expected in cases:
            with self.subTest(what=what):
                self.assertEqual(self.feed(streamed("custom", what)), [expected])

    def test_events_of_no_interest_are_passed_over(self) -> None:
        self.assertEqual(
            self.feed(
                event("on_chain_start", "RunnableSequence", "x"),
                event("on_chain_end", "RunnableSequence", "x", output=1),
                event("on_tool_end", "unknown", "y"),
                event("on_retriever_start", "z", "z"),
                streamed("values", {"a": 1}),
            ),
            [],
        )


class ReportTests(unittest.TestCase):
    def test_members_have_the_names_of_the_extension(self) -> None:
        report = Report("tool_completed", tool="check", call_id="r1", duration_ms=3, records=0)
        self.assertEqual(
            report.members(), {"type": "tool_completed", "tool": "check", "callId": "r1", "durationMs": 3, "records": 0}
        )

    def test_every_report_has_words(self) -> None:
        for report, words in (
            (Report("tool_started", tool="check"), "check: started."),
            (Report("tool_progress", tool="check", step=1, total=2, message="row"), "check 1/2: row"),
            (Report("tool_failed", tool="check", error="no"), "check: failed: no"),
            (Report("step_completed", phase="plan"), "plan: completed."),
            (Report("thinking", message="Hm."), "Hm."),
            (Report("odd"), "Work: odd"),
        ):
            self.assertEqual(report.text(), words)

    def test_what_is_long_is_cut_and_what_json_has_not_is_text(self) -> None:
        self.assertEqual(len(summary_of("x" * 600) or ""), 500)
        self.assertEqual(input_of({"a": "x" * 5000}), {"bytes": 5009})
        self.assertEqual(
            plain({1: float("nan"), "b": {2**60}, "c": (1, None)}), {"1": "nan", "b": [str(2**60)], "c": [1, None]}
        )


if __name__ == "__main__":
    unittest.main()

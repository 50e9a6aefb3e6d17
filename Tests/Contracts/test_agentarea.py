"""AgentArea's API with real agents behind: requests, refusals, pages and streams of events."""

import re
import unittest
from typing import Any

from contract import Case, check, events, shows
from scene import scene
from shape import misfit

TASKS = "/api/v1/agents/conformance/tasks"
TIME = re.compile(r"Z$")
TEXT_OR_NULL = str | None
TASK = {
    "id": str,
    "agent_id": "conformance",
    "execution_id": str,
    "title": str,
    "description": str,
    "user_id": "operator",
    "status": str,
    "result": TEXT_OR_NULL,
    "error": None,
    "created_at": TIME,
    "updated_at": TIME,
}
LINKS = {
    "events_url": re.compile(rf"^{TASKS}/\w+/events$"),
    "stream_url": re.compile(rf"^{TASKS}/\w+/events/stream$"),
}
EVENT = {
    "event_type": str,
    "event_id": str,
    "timestamp": TIME,
    "data": {"task_id": str, "agent_id": str, "execution_id": str, ...: ...},
}
STATE = {
    "task_id": str,
    "agent_id": "conformance",
    "execution_id": str,
    "status": str,
    "start_time": TIME,
    "end_time": None,
    "execution_time_ms": int,
    "message": TEXT_OR_NULL,
    "error": None,
    "events": int,
    # It asks no paid model.
    "cost": 0.0,
    "budget_remaining": None,
}
AGENT = {"id": str, "name": str, "description": str, "status": str, "version?": str}
GO = {"description": "Look at order 17."}
BATCH = {**TASK, **LINKS, "status": "completed", "complete": True, "events": [EVENT]}

# {done} has been completed, {failed} has failed, {waiting} asks, {running} goes on for a while.
REQUESTS = [
    Case("D6", "GET /api/v1/agents", 200, [AGENT]),
    Case("D6", "GET /api/v1/agents/conformance", 200, {**AGENT, "id": "conformance", "status": "active"}),
    Case("D6", "GET /api/v1/agents/nobody", 404, code="no-such-agent"),
    Case(
        "D2 D8",
        f"POST {TASKS}",
        201,
        {**TASK, **LINKS, "description": "Look at order 17.\nBe brief."},
        body={
            **GO,
            "user_id": "u-7",
            "task_parameters": {"enable_streaming": True, "model": "m-1", "instructions": "Be brief."},
        },
    ),
    Case("D8 C25", f"POST {TASKS}", 200, BATCH, body={**GO, "enable_streaming": False}),
    Case("D8 C25", f"POST {TASKS}", 200, BATCH, body={**GO, "task_parameters": {"enable_streaming": False}}),
    Case("D2 D12", f"POST {TASKS}", 400, body={}, code="bad-task"),
    Case("D2 D12", f"POST {TASKS}", 400, body={"description": 7}, code="bad-body"),
    Case("D2 D12", f"POST {TASKS}", 400, body={**GO, "speed": 1}, code="bad-body"),
    Case("D2 D12", f"POST {TASKS}", 400, body={**GO, "task_parameters": {"enable_streaming": "no"}}, code="bad-body"),
    Case("D2", "POST /api/v1/agents/nobody/tasks", 404, body=GO, code="no-such-agent"),
    Case("D11 C17", f"POST {TASKS}", 401, who="nobody", body=GO, code="not-signed-in"),
    Case("D4", f"GET {TASKS}/{{done}}", 200, {**TASK, "status": "completed"}),
    Case("D4 D9", f"GET {TASKS}/{{failed}}", 200, {**TASK, "status": "failed", "result": None, "error": str}),
    Case(
        "D4 D9", f"GET {TASKS}/{{waiting}}/status", 200, {**STATE, "status": "waiting_for_approval", "end_time": None}
    ),
    Case("D9", f"GET {TASKS}/{{done}}/status", 200, {**STATE, "status": "completed", "end_time": TIME}),
    Case(
        "D9",
        f"GET {TASKS}/{{running}}/response",
        200,
        {"task_id": str, "status": "running", "final_response": None, "error": None, "artifacts": ()},
    ),
    Case(
        "D9",
        f"GET {TASKS}/{{done}}/response",
        200,
        {"task_id": str, "status": "completed", "final_response": str, "error": None, "artifacts": [{...: ...}]},
    ),
    Case(
        "D9",
        f"GET {TASKS}/{{done}}/events?page=1&page_size=2",
        200,
        {"events": (EVENT, EVENT), "total": int, "page": 1, "page_size": 2, "has_next": True},
    ),
    Case(
        "D9",
        f"GET {TASKS}/{{done}}/events?event_type=WorkflowCompleted",
        200,
        {
            "events": ({**EVENT, "event_type": "WorkflowCompleted"},),
            "total": 1,
            "page": 1,
            "page_size": 20,
            "has_next": False,
        },
    ),
    Case("D9", f"GET {TASKS}/{{done}}/events?page=0", 400, code="bad-query"),
    Case("D9", f"GET {TASKS}/{{done}}/events?page_size=101", 400, code="bad-query"),
    Case("D4", f"GET {TASKS}?limit=1", 200, {"tasks": ({**TASK},), "total": 1}),
    Case("D4", f"GET {TASKS}/none", 404, code="not-found", says="Task not found"),
    Case("D4 D11", f"GET {TASKS}/{{done}}", 404, who="stranger", code="not-found", says="Task not found"),
    Case("D4", "GET /api/v1/agents/reasoning/tasks/{done}", 404, code="not-found", says="Task not found"),
    Case(
        "D3",
        f"POST {TASKS}/{{waiting}}/execute",
        200,
        {**BATCH, "result": TEXT_OR_NULL},
        body={"query": "yes", "enable_streaming": False},
    ),
    Case("D3", f"POST {TASKS}/{{done}}/execute", 409, body={"query": "More."}, code="task-ended"),
    Case("D3", f"POST {TASKS}/none/execute", 404, body={"query": "More."}, code="not-found"),
    Case("D3", f"POST {TASKS}/{{running}}/execute", 400, body={}, code="bad-task"),
    Case(
        "D7",
        f"POST {TASKS}/{{running}}/pause",
        200,
        {"task_id": str, "command": "pause", "status": "paused", "message?": str},
    ),
    Case("D7", f"GET {TASKS}/{{running}}/status", 200, {**STATE, "status": "paused"}),
    Case("D12", f"POST {TASKS}/{{running}}/pause", 400, code="wrong-state"),
    Case(
        "D7",
        f"POST {TASKS}/{{running}}/resume",
        200,
        {"task_id": str, "command": "resume", "status": "resumed", "message?": str},
    ),
    Case("D7", f"GET {TASKS}/{{running}}/status", 200, {**STATE, "status": "running"}),
    Case("D12", f"POST {TASKS}/{{running}}/resume", 400, code="wrong-state"),
    Case("C26", f"DELETE {TASKS}/{{running}}", 404, who="stranger", code="not-found"),
    Case(
        "C26",
        f"DELETE {TASKS}/{{running}}",
        200,
        {"task_id": str, "command": "cancel", "status": "stopped", "message?": str},
    ),
    Case("C26", f"GET {TASKS}/{{running}}", 200, {**TASK, "status": "cancelled"}),
    Case("C26", f"DELETE {TASKS}/{{running}}", 404, code="task-ended"),
    Case("D12", f"POST {TASKS}/{{running}}/pause", 400, code="task-ended"),
]


class AgentAreaContract(unittest.TestCase):
    @shows("D2 D3 D4 D6 D7 D8 D9 D11 D12 C17 C25 C26")
    def test_requests(self) -> None:
        stage = scene()
        names = {
            "done": stage.ended(stage.begin("test-progress")),
            "failed": stage.ended(stage.begin("test-fail"), "failed"),
            "waiting": stage.ended(stage.begin("test-question"), "input-required"),
            "running": stage.ended(stage.begin("test-pause-timed"), "working"),
        }
        check(self, REQUESTS, stage.client, names)

    def names(self, told: list[Any]) -> list[str]:
        """Those of events about the task, of which each says its name twice."""
        for event in told:
            if event.event not in ("grant", "resume", "bye"):
                self.assertIsNone(misfit({**EVENT, "event_type": event.event, "data": {...: ...}}, event.json()))
        return [event.event for event in told if event.event not in ("grant", "resume", "bye", "heartbeat")]

    @shows("D5 D7 D1 C4 C28")
    def test_a_stream_tells_history_then_what_happens_and_closes_behind_the_end(self) -> None:
        stage = scene()
        task = stage.ended(stage.begin("test-question"), "input-required")
        with stage.client().stream("GET", f"{TASKS}/{task}/events/stream") as stream:
            lines = stream.iter_lines()
            seen = []
            while "TaskInputRequired" not in seen:
                seen += [line.removeprefix("event: ") for line in [next(lines)] if line.startswith("event: ")]
            more = stage.client().post(f"{TASKS}/{task}/execute", json={"query": "yes"})
            self.assertEqual(more.status_code, 202, more.text)
            seen += [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
        told = self.names(events(stage.client(), "GET", f"{TASKS}/{task}/events/stream")[1])
        self.assertEqual([name for name in seen if name not in ("grant", "resume", "bye", "heartbeat")], told)
        expected = [
            "connected",
            "task_created",
            "WorkflowStarted",
            "TaskInputRequired",
            "HumanApprovalReceived",
            "WorkflowCompleted",
        ]
        self.assertEqual([name for name in told if name in expected], expected)
        self.assertEqual((told[0], told[-1]), ("connected", "WorkflowCompleted"))

    @shows("D7 D5")
    def test_tools_and_steps_of_a_real_agent_have_their_names(self) -> None:
        stage = scene()
        request = {"json": {"description": "Who owns the account A-9152?"}, "headers": {"Accept": "text/event-stream"}}
        told = self.names(events(stage.client(), "POST", "/api/v1/agents/reasoning/tasks", **request)[1])
        expected = {
            "connected",
            "task_created",
            "WorkflowStarted",
            "WorkflowStepStarted",
            "WorkflowToolCallStarted",
            "WorkflowToolCallCompleted",
        }
        self.assertTrue(expected <= set(told), expected - set(told))
        self.assertEqual((told[-1], told.count("WorkflowCompleted")), ("WorkflowCompleted", 1))
        self.assertEqual(told.count("WorkflowToolCallStarted"), told.count("WorkflowToolCallCompleted"))

    @shows("D5 D10")
    def test_a_stream_goes_on_behind_the_event_that_was_heard_last(self) -> None:
        stage = scene()
        path = f"{TASKS}/{stage.ended(stage.begin('test-progress'))}/events/stream"
        told = [
            event
            for event in events(stage.client(), "GET", path)[1]
            if event.event not in ("grant", "resume", "bye", "connected")
        ]
        place = len(told) // 2
        while told[place].id == told[place + 1].id:
            place += 1
        rest = events(stage.client(), "GET", path, headers={"Last-Event-ID": told[place].id})[1]
        self.assertEqual(
            [event.data for event in rest if event.event not in ("grant", "resume", "bye", "connected")],
            [event.data for event in told[place + 1 :]],
        )


if __name__ == "__main__":
    unittest.main()

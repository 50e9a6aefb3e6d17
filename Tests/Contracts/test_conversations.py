"""The communications agent's paths with the real reasoning agent behind: `/chat` and `/api/workflows`."""

import re
import unittest
from typing import Any

from contract import Case, check, events, shows
from scene import scene
from shape import misfit

COMMON = {"workflow_id": re.compile(r"^wf_\w+$"), "timestamp": re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")}
SHAPES: dict[str, dict[Any, Any]] = {
    "workflow_started": {"initial_prompt": str, "agent_type": "reasoning"},
    "agent_thinking": {"thinking": str, "planning_stage": re.compile("^(analysis|planning|execution|review)$")},
    "reasoning_step": {"step_id": str, "thought": str, "step_number": int, "action?": str, "action_input?": {...: ...}},
    "tool_start": {"tool_name": str, "tool_call_id": str, "tool_input?": {...: ...}, "description?": str},
    "tool_end": {
        "tool_name": str,
        "tool_call_id": str,
        "success": bool,
        "tool_output?": str,
        "error_message?": str,
        "execution_time_ms?": int,
    },
    "workflow_completed": {"final_response": str, "total_steps": int, "execution_time_ms": int, "tools_used": [str]},
    "workflow_error": {
        "error_message": str,
        "error_type": str,
        "recovery_suggestion?": str,
        "partial_response?": str,
        "total_steps?": int,
        "execution_time_ms?": int,
        "tools_used?": [str],
    },
    "heartbeat": {"status": "processing"},
}
STATUS = {"workflow_id": str, "status": str, "created_at": str, "updated_at": str, "has_final_response": bool}
STEP = {
    "timestamp": str,
    "step_id": str,
    "thought": str,
    "step_number": int,
    "action?": str,
    "action_input?": {...: ...},
}
CALL = {
    "tool_name": str,
    "tool_call_id": str,
    "tool_input?": {...: ...},
    "started_at": str,
    "tool_output?": str,
    "success": bool,
    "error_message?": str,
    "execution_time_ms?": int,
    "description?": str,
}
WORKFLOW = {
    "workflow_id": str,
    "status": "COMPLETED",
    "created_at": str,
    "updated_at": str,
    "state": "completed",
    "agent_type": "reasoning",
    "initial_prompt": str,
    "reasoning_chain": [STEP],
    "tool_calls": [CALL],
    "tools_used": [str],
    "total_steps": int,
    "final_response": str,
    "execution_time_ms": int,
}
OWNER = "Who owns the account A-9152, and who is related to it?"

# {done} has been completed, {waiting} asks, {stopped} was cancelled while it asked.
REQUESTS = [
    Case("B2", "GET /api/workflows/{done}", 200, WORKFLOW),
    Case("B2", "GET /api/workflows/wf_{done}", 200, WORKFLOW),
    Case(
        "B3 B7",
        "GET /api/workflows/wf_{done}/status",
        200,
        {**STATUS, "status": "COMPLETED", "has_final_response": True},
    ),
    Case(
        "B3 B7",
        "GET /api/workflows/wf_{waiting}/status",
        200,
        {**STATUS, "status": "PROCESSING", "has_final_response": False},
    ),
    Case(
        "B3 B7",
        "GET /api/workflows/wf_{stopped}/status",
        200,
        {**STATUS, "status": "FAILED", "has_final_response": False},
    ),
    Case(
        "B7",
        "GET /api/workflows/wf_{stopped}",
        200,
        {
            **{name: shape for name, shape in WORKFLOW.items() if name != "final_response"},
            "status": "FAILED",
            "state": "canceled",
            "error_message": str,
            "error_type": "canceled",
            "recovery_suggestion": str,
            "partial_response?": str,
        },
    ),
    Case("B8", "GET /api/tasks/{done}", 200, {"id": str, "state": "completed", "lastSeq": int, ...: ...}),
    Case("B8", "GET /api/tasks/{done}/watchers", 200, {"watchers": [{...: ...}], "count": int}),
    Case("B2", "GET /api/workflows/wf_none", 404, code="not-found", says='Workflow "wf_none" not found'),
    Case(
        "B2",
        "GET /api/workflows/wf_{done}",
        404,
        who="stranger",
        code="not-found",
        says='Workflow "wf_{done}" not found',
    ),
    Case("B3", "GET /api/workflows/wf_none/status", 404, code="not-found", says='Workflow "wf_none" not found'),
    Case("B1", "POST /chat", 400, body={}, code="bad-task"),
    Case("B1", "POST /chat", 400, body={"message": "  "}, code="bad-task"),
    Case("B1", "POST /chat", 400, body={"text": "Hello"}, code="bad-body"),
    Case("B1", "POST /chat", 413, body={"message": "x" * 32_769}, code="content-too-large"),
    Case(
        "B1",
        "POST /chat",
        404,
        body={"message": "Hello", "workflow_id": "wf_none"},
        code="not-found",
        says='Workflow "wf_none" not found',
    ),
    Case("B1 C17", "POST /chat", 401, who="nobody", body={"message": "Hello"}, code="not-signed-in"),
]


class ConversationContract(unittest.TestCase):
    def chat(self, **body: str) -> list[dict[str, Any]]:
        """What an answer streams; each event is looked at."""
        answer, stream = events(scene().client(), "POST", "/chat", json=body)
        self.assertEqual(answer.headers["content-type"], "text/event-stream")
        self.assertEqual({event.event for event in stream}, {"message"}, "events have no names")
        told = [event.json() for event in stream]
        for event in told:
            self.assertIsNone(misfit({"type": event["type"], **COMMON, **SHAPES[event["type"]]}, event))
        return told

    @shows("B1 B5 B6 B10 B14 C19 C20")
    def test_a_question_is_answered_with_its_chain_of_reasoning(self) -> None:
        told = self.chat(message=OWNER)
        types = [event["type"] for event in told]
        self.assertEqual((types[0], types[-1]), ("workflow_started", "workflow_completed"))
        self.assertEqual((types.count("workflow_started"), types.count("workflow_completed")), (1, 1))
        self.assertTrue({"agent_thinking", "reasoning_step", "tool_start", "tool_end"} <= set(types), types)
        self.assertEqual(len({event["workflow_id"] for event in told}), 1)
        self.assertEqual(told[0]["initial_prompt"], OWNER)
        self.assertEqual([event["step_number"] for event in told if event["type"] == "reasoning_step"][0], 1)
        starts = {event["tool_call_id"]: event["tool_name"] for event in told if event["type"] == "tool_start"}
        ends = {event["tool_call_id"]: event["tool_name"] for event in told if event["type"] == "tool_end"}
        self.assertEqual((starts, len(starts)), (ends, types.count("tool_start")))
        self.assertTrue(all(len(event.get("tool_output", "")) <= 500 for event in told))
        self.assertEqual(told[-1]["tools_used"], list(dict.fromkeys(starts.values())))
        self.assertIn("A-9152", told[-1]["final_response"])

        workflow = scene().client().get(f"/api/workflows/{told[0]['workflow_id']}").json()
        self.assertIsNone(misfit(WORKFLOW, workflow))
        self.assertEqual(workflow["final_response"], told[-1]["final_response"])
        self.assertEqual({call["tool_call_id"]: call["tool_name"] for call in workflow["tool_calls"]}, starts)
        steps = [event["step_id"] for event in told if event["type"] == "reasoning_step"]
        self.assertEqual([step["step_id"] for step in workflow["reasoning_chain"]], steps)
        self.assertEqual(workflow["total_steps"], told[-1]["total_steps"])

    @shows("B11 B14")
    def test_a_client_that_goes_away_ends_nothing_and_one_that_comes_late_hears_all(self) -> None:
        stage = scene()
        with stage.client().stream("POST", "/chat", json={"message": OWNER, "key": "goes-away"}) as stream:
            line = next(line for line in stream.iter_lines() if line.startswith("data: "))
        task = re.search(r"wf_(\w+)", line)
        assert task is not None
        stage.ended(task[1])
        late = [event.json() for event in events(stage.client(), "GET", f"/api/stream/{task[1]}?profile=workflow")[1]]
        self.assertEqual((late[0]["type"], late[-1]["type"]), ("workflow_started", "workflow_completed"))
        again = self.chat(message=OWNER, key="goes-away")
        self.assertEqual(
            [event for event in again if event["type"] != "heartbeat"],
            [event for event in late if event["type"] != "heartbeat"],
        )

    @shows("B6 B7 B2 C2")
    def test_one_that_fails_says_so_and_a_question_is_answered_in_the_conversation(self) -> None:
        stage = scene()
        task = stage.ended(
            stage.client()
            .post("/api/tasks", json={"agent": "reasoning", "text": "Which trades had Ivernoza?"})
            .json()["id"],
            "input-required",
        )
        self.assertEqual(stage.client().get(f"/api/workflows/{task}").json()["status"], "PROCESSING")
        told = self.chat(message="T-9140", workflow_id=f"wf_{task}")
        self.assertEqual((told[-1]["type"], told[-1]["workflow_id"]), ("workflow_completed", f"wf_{task}"))
        failed = self.chat(message="x" * 32_768)
        self.assertEqual(failed[-1]["type"], "workflow_error")

    @shows("B1 B2 B3 B7 B8 C17")
    def test_requests(self) -> None:
        stage = scene()
        done = self.chat(message=OWNER)[0]["workflow_id"].removeprefix("wf_")
        asked = [
            stage.client()
            .post("/api/tasks", json={"agent": "reasoning", "text": "Which trades had Ivernoza?"})
            .json()["id"]
            for _ in "12"
        ]
        for task in asked:
            stage.ended(task, "input-required")
        names = {"done": done, "waiting": asked[0], "stopped": asked[1]}
        stage.client().post(f"/api/tasks/{asked[1]}:cancel?wait=30", json={})
        stage.ended(asked[1], "canceled")
        check(self, REQUESTS, stage.client, names)
        stage.client().post(f"/api/tasks/{asked[0]}:cancel?wait=30", json={})


if __name__ == "__main__":
    unittest.main()

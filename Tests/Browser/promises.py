"""What docs/profiles.md promises of the events of each profile: their names, and what is in them."""

import functools
import json
import re

from stage import ROOT

# Events that are about the stream, on every stream whose events have names.
ABOUT_THE_STREAM = ("grant", "resume", "snapshot", "reset", "expiring", "refreshed", "crowded", "bye")
# What says that it is still going on. It is in no journal, and moves nobody's place.
HEARTBEAT = "heartbeat"
# What a stream begins with that goes on in the middle, and each one of AgentArea.
CONNECTED = "connected"

STATES = ("submitted", "working", "input-required", "auth-required", "completed", "failed", "canceled", "rejected")
STAGES = ("analysis", "planning", "execution", "review")

# What each type of the workflow has beside `type`, `workflow_id` and `timestamp`; more may be there where there is something to tell.
WORKFLOW = {
    "workflow_started": {"initial_prompt", "agent_type"},
    "reasoning_step": {"step_id", "thought", "step_number"},
    "tool_start": {"tool_name", "tool_input"},
    "tool_end": {"tool_name", "success"},
    "agent_thinking": {"thinking", "planning_stage"},
    "workflow_completed": {"final_response", "total_steps", "execution_time_ms", "tools_used"},
    "workflow_error": {"error_message", "error_type", "total_steps", "execution_time_ms", "tools_used"},
    HEARTBEAT: {"status"},
}


@functools.cache
def names():
    """The names of events by profile, as the table of docs/profiles.md has them, and which of them end a task."""
    with open(f"{ROOT}/docs/profiles.md") as file:
        lines = file.read().splitlines()
    heading = next(index for index, line in enumerate(lines) if line.startswith("| what has happened |"))
    profiles = [cell.strip().strip("`") for cell in lines[heading].strip("|").split("|")][1:]
    found = {profile.split("`")[0]: set() for profile in profiles}
    ends = {profile: set() for profile in found}
    for line in lines[heading + 2:]:
        if not line.startswith("|"):
            break
        what, *cells = line.strip("|").split("|")
        for profile, cell in zip(found, cells):
            if cell.strip().startswith("in the last event"):
                continue
            told = set(re.findall(r"`([^`]+)`", cell))
            found[profile] |= told
            if what.strip().endswith("*"):
                ends[profile] |= told
    return found, ends


def all_names():
    """Whatever a server-sent event may be called here; the browser tells a page of those alone that it listens to."""
    found, _ = names()
    return sorted({"message", *ABOUT_THE_STREAM, HEARTBEAT, *found["simple"], *found["agentarea"]})


class Promises:
    """Looks at the events of one task, as they were heard."""

    def __init__(self, test, task, agent):
        self.test, self.task, self.agent = test, task, agent

    def look(self, profile, events):
        """`events`: what tells of the task, each with `name` and `data`, in order."""
        told = [(event["name"], json.loads(event["data"])) for event in events]
        getattr(self, profile.replace("-", "_").replace(".", "_"))(told)

    def has(self, members, data):
        self.test.assertEqual(set(members) - data.keys(), set(), f"members that are missing in {data}")

    def native(self, told):
        """Records: without a name, numbered from 1."""
        for number, (name, data) in enumerate(told, 1):
            self.test.assertEqual(name, "message")
            self.test.assertEqual(set(data), {"offset", "task", "seq", "time", "kind", "origin", "data"})
            self.test.assertEqual((data["task"], data["seq"]), (self.task, number))

    def simple(self, told):
        """One body for three names: numbered from 1, and the last one is final."""
        found, ends = names()
        for number, (name, data) in enumerate(told, 1):
            self.test.assertIn(name, found["simple"])
            self.has(["event_type", "state", "message", "final", "timestamp", "metadata"], data)
            self.test.assertEqual((data["event_id"], data["task_id"]), (number, self.task))
            self.test.assertIn(data["state"], STATES)
            self.test.assertEqual((data["final"], name in ends["simple"]), (number == len(told),) * 2, f"{name} {data}")
            self.test.assertTrue(data["message"])
            self.test.assertEqual(data["metadata"]["event_type"], data["event_type"])
            self.test.assertEqual("error" in data, name == "error")

    def workflow(self, told):
        """Eight types in events without a name. The workflow starts first, and one of two ends it."""
        found, ends = names()
        types = [data["type"] for _, data in told]
        self.test.assertEqual(found["workflow"], set(WORKFLOW), "the types that are documented, and those that are known here")
        self.test.assertEqual((types[0], types.count(types[0])), ("workflow_started", 1))
        self.test.assertEqual([index for index, one in enumerate(types) if one in ends["workflow"]], [len(types) - 1])
        for name, data in told:
            self.test.assertEqual((name, data["workflow_id"]), ("message", f"wf_{self.task}"))
            self.has(["timestamp", *WORKFLOW[data["type"]]], data)
            self.test.assertIn(data.get("planning_stage", STAGES[0]), STAGES)
            self.test.assertLessEqual(len(data.get("tool_output", "")), 500)
            if data["type"] == "tool_end":
                self.test.assertEqual("error_message" in data, not data["success"])

    def agentarea(self, told):
        """The name is also the `event_type`; one event ends the workflow, and it is the last."""
        found, ends = names()
        for index, (name, data) in enumerate(told):
            self.test.assertIn(name, found["agentarea"])
            self.test.assertEqual(set(data), {"event_type", "event_id", "timestamp", "data"})
            self.test.assertEqual(data["event_type"], name)
            self.has(["task_id", "agent_id", "execution_id"], data["data"])
            self.test.assertEqual((data["data"]["task_id"], data["data"]["agent_id"]), (self.task, self.agent))
            self.test.assertEqual(name in ends["agentarea"], index == len(told) - 1, name)
        self.test.assertEqual(len({data["event_id"] for _, data in told}), len(told), "each event has an id of its own")

    def a2a(self, told):
        """`StreamResponse`: one member, which is about this task; the last one is the end."""
        for name, data in told:
            self.test.assertEqual((name, len(data)), ("message", 1))
            (kind, body), = data.items()
            self.test.assertIn(kind, ("task", "statusUpdate", "artifactUpdate"))
            self.test.assertEqual(body["id" if kind == "task" else "taskId"], self.task)
        self.test.assertIn("status", next(iter(told[-1][1].values())))

    def a2a_0_3(self, told):
        """The object of 0.3 with its `kind`; the last status alone is `final`."""
        finals = []
        for name, data in told:
            self.test.assertEqual(name, "message")
            self.test.assertIn(data["kind"], ("task", "status-update", "artifact-update"))
            self.test.assertEqual(data["id" if data["kind"] == "task" else "taskId"], self.task)
            finals.append(data.get("final") is True)
        self.test.assertEqual([index for index, final in enumerate(finals) if final], [len(finals) - 1])

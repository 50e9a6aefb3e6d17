import JSON
import Journal

/// A workflow with its chain of reasoning, as `GET /api/workflows/{id}` has it.
enum WorkflowDocument {
  static func write(_ task: StoredTask, _ story: WorkflowStory, to writer: inout JSONWriter) {
    writer.object { object in
      WorkflowStatus.write(task, into: &object)
      object.member("state", task.state)
      object.member("agent_type", story.agentType ?? task.opening.agent)
      object.member("initial_prompt", ifPresent: story.prompt)
      object.array("reasoning_chain") { list in
        for step in story.chain { write(step, leavingOut: ["type", "workflow_id"], to: &list) }
      }
      object.array("tool_calls") { list in for call in story.calls { write(call, to: &list) } }
      object.array("tools_used") { list in for tool in story.tools { list.string(tool) } }
      object.member("total_steps", story.stepCount)
      // What the last event has: the answer, or what went wrong.
      for name in [
        "final_response", "error_message", "error_type", "recovery_suggestion", "partial_response", "execution_time_ms",
      ] { object.member(name, ifPresent: story.end?[name]) }
    }
  }

  private static func write(_ call: WorkflowStory.ToolUse, to list: inout JSONWriter) {
    list.object { entry in
      for name in ["tool_name", "tool_call_id", "tool_input", "description"] {
        entry.member(name, ifPresent: call.start[name])
      }
      entry.member("started_at", ifPresent: call.start["timestamp"])
      for name in ["tool_output", "success", "error_message", "execution_time_ms"] {
        entry.member(name, ifPresent: call.end?[name])
      }
    }
  }

  private static func write(_ value: JSONValue, leavingOut names: Set<String>, to list: inout JSONWriter) {
    list.object { entry in
      for (name, member) in value.members where !names.contains(name) { entry.member(name, member) }
    }
  }
}

import A2A
import JSON
import Journal
import Telemetry

/// A task as AgentArea's clients read it: worked out from what the gateway keeps of it anyway.
struct AgentAreaTask {
  let stored: StoredTask
  /// Nil for a task of a producer, of which there is only its row.
  private let task: AgentTask?
  private let answer: Message?

  init(_ stored: StoredTask, _ image: TaskImage?) {
    self.stored = stored
    task = image?.task
    answer = image?.answer
  }

  var status: AgentAreaStatus {
    AgentAreaStatus(TaskState(word: stored.state) ?? .working, isPaused: TaskOutline(stored.outline).isPaused)
  }

  /// What was asked for; where nobody has kept it, what the task is called.
  var description: String {
    task?.history?.first { $0.role == .user }?.text ?? stored.title
  }

  /// What it has come to, in the words with which its stream ends. Nil before its end, and where there is none.
  var finalResponse: String? {
    guard status == .completed else { return nil }
    return task?.finalResponse(lastWord: task?.status.message?.text, answer: answer?.text) ?? answer?.text
  }

  /// Why there is nothing.
  var error: String? {
    status == .failed ? task?.status.message?.text ?? "The task has failed." : nil
  }

  /// What `POST`, `GET` and lists tell of it.
  func write(to writer: inout JSONWriter, also more: (inout JSONWriter) -> Void = { _ in }) {
    writer.object { object in
      object.member("id", stored.id)
      object.member("agent_id", stored.opening.agent)
      object.member("execution_id", AgentAreaVocabulary.executionID(of: stored.id))
      object.member("title", stored.title)
      object.member("description", description)
      object.member("user_id", stored.opening.owner)
      object.member("status", status.rawValue)
      Self.text("result", finalResponse, &object)
      Self.text("error", error, &object)
      object.member("created_at", RFC3339.text(millisecondsSince1970: stored.opened))
      object.member("updated_at", RFC3339.text(millisecondsSince1970: stored.updated))
      more(&object)
    }
  }

  /// AgentArea's `get_current_state`.
  func writeState(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("task_id", stored.id)
      object.member("agent_id", stored.opening.agent)
      object.member("execution_id", AgentAreaVocabulary.executionID(of: stored.id))
      object.member("status", status.rawValue)
      object.member("start_time", RFC3339.text(millisecondsSince1970: stored.opened))
      Self.text("end_time", stored.isFinal ? RFC3339.text(millisecondsSince1970: stored.updated) : nil, &object)
      object.member("execution_time_ms", stored.updated - stored.opened)
      Self.text("message", task?.status.message?.text, &object)
      Self.text("error", error, &object)
      object.member("events", stored.lastSeq)
      let costs = TaskOutline(stored.outline).costs
      object.member("cost", costs.cost)
      if let left = costs.remaining {
        object.member("budget_remaining", left)
      } else {
        object.member("budget_remaining", nil)
      }
    }
  }

  /// AgentArea's `get_final_response`.
  func writeResponse(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("task_id", stored.id)
      object.member("status", status.rawValue)
      Self.text("final_response", finalResponse, &object)
      Self.text("error", error, &object)
      object.array("artifacts") { list in
        for artifact in stored.isFinal ? task?.artifacts ?? [] : [] { list.raw(trusted: artifact.encoded()) }
      }
    }
  }

  /// Their clients look for the member, and take null for nothing.
  private static func text(_ name: String, _ text: String?, _ object: inout JSONWriter) {
    if let text { object.member(name, text) } else { object.member(name, nil) }
  }
}

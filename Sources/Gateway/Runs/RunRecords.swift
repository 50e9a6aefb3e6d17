import A2A
import JSON
import Journal

/// The records that a run writes beside the agent's own events.
enum RunRecords {
  static let gateway = "gateway"

  /// `{"command":"submit"|"send","id":…?,"by":…,"message":{…}}`: what somebody has said to the agent, with the task and the conversation as
  /// people call them.
  static func said(_ command: String, _ message: Message, id: String? = nil, by principal: String) -> Entry {
    entry(.command, origin: principal) { object in
      object.member("command", command)
      object.member("id", ifPresent: id)
      object.member("by", principal)
      object.key("message")
      object.raw(trusted: message.encoded())
    }
  }

  /// `{"command":…,"id":…,"by":…,"why":…?}`
  static func command(_ command: RunCommand, why: String? = nil) -> Entry {
    entry(.command, origin: command.by) { object in
      object.member("command", command.word)
      object.member("id", command.id)
      object.member("by", command.by)
      object.member("why", ifPresent: why)
    }
  }

  /// `{"note":"delivered","command":…,"id":…,"by":…}`: it leaves for the agent.
  static func delivered(_ command: RunCommand) -> Entry {
    note("delivered") { object in
      object.member("command", command.word)
      object.member("id", command.id)
      object.member("by", command.by)
    }
  }

  static func verdict(_ verdict: Verdict) -> Entry {
    entry(.verdict, origin: gateway) { verdict.write(into: &$0) }
  }

  /// `{"note":…,…}`: what the gateway has to say about the run.
  static func note(_ note: String, _ members: (inout JSONWriter) -> Void = { _ in }) -> Entry {
    entry(.note, origin: gateway) { object in
      object.member("note", note)
      members(&object)
    }
  }

  /// An event of the agent's, or one of ours in its place.
  static func event(_ event: TaskEvent, origin: String) -> Entry {
    Entry(.event, origin: origin, payload: event.encoded())
  }

  /// A status of the gateway's own, with a report under the progress extension.
  static func status(
    _ state: TaskState, _ report: ProgressReport, task: String, context: String, at milliseconds: Int64
  ) -> Entry {
    var status = TaskStatus(state, timestamp: Timestamp(millisecondsSince1970: milliseconds))
    if let text = report.error ?? report.message {
      status.message = Message(
        id: "\(task)-g\(milliseconds)", role: .agent, text: text, contextID: context, taskID: task)
    }
    return event(
      .status(.init(taskID: task, contextID: context, status: status, metadata: report.metadata())), origin: gateway)
  }

  /// The end of a task that its agent did not end: `TASK_STATE_FAILED`, the sentence as its message, and the code for programs.
  static func failure(
    _ code: RunFailure, _ sentence: String, task: String, context: String, at milliseconds: Int64
  ) -> Entry {
    var report = ProgressReport(.error)
    report.error = sentence
    report.payload = try? JSONValue(parsing: Array("{\"code\":\"\(code.rawValue)\"}".utf8))
    return status(.failed, report, task: task, context: context, at: milliseconds)
  }

  static func entry(_ kind: RecordKind, origin: String, _ members: (inout JSONWriter) -> Void) -> Entry {
    var writer = JSONWriter()
    writer.object(members)
    return Entry(kind, origin: origin, payload: writer.bytes)
  }
}

/// Why the gateway had to end a task, for programs.
enum RunFailure: String, Sendable, CaseIterable {
  /// It cannot be reached, or does not want us.
  case agentUnavailable = "AGENT_UNAVAILABLE"
  /// It refused the message.
  case agentRefused = "AGENT_REFUSED"
  /// It was lost while it worked, and was not found again, or does not know the task any more.
  case agentLost = "AGENT_LOST"
  /// It breaks the protocol.
  case agentProtocol = "AGENT_PROTOCOL"
  /// It sent nothing for too long, or took too long in all.
  case timeout = "TIMEOUT"
  /// The gateway stopped while it handed the task over, and nobody knows whether the agent has it.
  case handOverLost = "HAND_OVER_LOST"
}

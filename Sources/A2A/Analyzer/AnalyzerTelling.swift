package import JSON

/// A task as it is told in the form of the first alert analyzers: each event an envelope of JSON-RPC with `result.task` and
/// `result.taskStatusUpdateEvent`. Artifacts come with the last event, all at once.
package struct AnalyzerTelling {
  /// The type of its events.
  package static let event = "task_update"

  private let id: JSONValue?
  private var task: AgentTask?
  private var told: String?
  /// The last event was told.
  package private(set) var isOver = false

  /// - Parameter id: of the request, which each event repeats.
  package init(id: JSONValue?) {
    self.id = id
  }

  /// The event's data; nil for what says nothing there.
  package mutating func take(_ event: TaskEvent) -> [UInt8]? {
    if case .message(let answer) = event { return close(with: answer) }
    var task = self.task ?? AgentTask(id: event.taskID, contextID: nil, status: TaskStatus(.working))
    task.take(event)
    self.task = task
    guard let state = event.state else { return nil }
    let report = event.report
    // A state that is told again without a word is no news.
    guard task.status.message != nil || report != nil || told != state.analyzerWord else { return nil }
    isOver = state.isTerminal
    let message = AnalyzerWords.message(of: task.status, report, isFirst: told == nil)
    told = state.analyzerWord
    return envelope(of: task, message)
  }

  /// An answer without a task is all that comes.
  private mutating func close(with answer: Message) -> [UInt8] {
    isOver = true
    let task = AgentTask(id: answer.taskID ?? "", contextID: nil, status: TaskStatus(.completed, message: answer))
    return envelope(of: task, AnalyzerWords.message(of: task.status, nil, isFirst: false))
  }

  private func envelope(of task: AgentTask, _ message: (inout JSONWriter) -> Void) -> [UInt8] {
    let state = task.status.state
    return Self.reply(id, "result") { result in
      result.object("task") { shown in
        shown.member("id", task.id)
        shown.member("state", state.analyzerWord)
      }
      result.object("taskStatusUpdateEvent") { update in
        update.object("task") { shown in
          shown.member("id", task.id)
          shown.member("state", state.analyzerWord)
          shown.array("messages") { $0.object(message) }
        }
        update.array("artifacts") { list in
          if state.isTerminal { AnalyzerWords.write(task.artifacts ?? [], to: &list) }
        }
        update.member("final", state.isTerminal)
      }
    }
  }

  /// The data of the event `error` with which a stream ends that cannot go on, or does not begin.
  package static func failure(_ error: A2AError, id: JSONValue?) -> [UInt8] {
    failure(error, code: -32_000, id: id)
  }

  /// What is answered where there is no stream, because the request is none.
  package static func refusal(_ error: A2AError, id: JSONValue?) -> [UInt8] {
    failure(error, code: error.code.number, id: id)
  }

  private static func failure(_ error: A2AError, code: Int, id: JSONValue?) -> [UInt8] {
    reply(id, "error") { body in
      body.member("code", code)
      body.member("message", error.message)
    }
  }

  private static func reply(_ id: JSONValue?, _ member: String, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { envelope in
      envelope.member("jsonrpc", "2.0")
      envelope.key("id")
      if let id { envelope.value(id) } else { envelope.null() }
      envelope.object(member, body)
    }
    return writer.bytes
  }
}

extension TaskEvent {
  fileprivate var taskID: String {
    switch self {
    case .task(let task): task.id
    case .status(let update): update.taskID
    case .artifact(let update): update.taskID
    case .message(let message): message.taskID ?? ""
    }
  }

  fileprivate var report: ProgressReport? {
    if case .status(let update) = self { ProgressReport(metadata: update.metadata) } else { nil }
  }
}

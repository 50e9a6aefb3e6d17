import A2A
package import JSON

extension TaskContext {
  /// Does one step of the work under a name that people see: it begins, tells how far it is, and is completed or has
  /// failed, with how long it took. Two of them at once, also of one name, do not mix: each has an id of its own.
  ///
  /// It does not begin while the task is paused; what has begun goes on.
  /// - Parameter input: what it works on, shown to people; nothing secret.
  package func tool<Value: Sendable>(
    _ name: String, input: JSONValue? = nil, _ body: (ToolCall) async throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    let id = try await store.beginTool(taskID, name, input: input.flatMap(ToolCall.bounded))
    let call = ToolCall(context: self, name: name, id: id)
    let start = store.world.uptime()
    do {
      let value = try await body(call)
      try Task.checkCancellation()
      await call.end(.toolCompleted, after: store.world.uptime() - start, nil)
      return value
    } catch {
      await call.end(.toolFailed, after: store.world.uptime() - start, error)
      throw error
    }
  }
}

/// One call of a tool, while it runs.
package struct ToolCall: Sendable {
  let context: TaskContext
  package let name: String
  /// Tells it from every other call in its task.
  package let id: String
  private let said = Said()

  init(context: TaskContext, name: String, id: String) {
    self.context = context
    self.name = name
    self.id = id
  }

  /// Tells how far it is.
  package func progress(
    step: Int? = nil, total: Int? = nil, records: Int? = nil, message: String? = nil
  ) async throws {
    try Task.checkCancellation()
    var report = report(.toolProgress)
    report.step = step
    report.total = total
    report.records = records
    report.message = message
    let place = step.map { step in total.map { " \(step) of \($0)" } ?? " \(step)" } ?? ""
    try await context.store.report(
      context.taskID, AgentMessage("\(name):\(place) \(message ?? records.map { "\($0) records" } ?? "under way")."),
      report)
  }

  /// What came of it, in a sentence or two for people. More than 500 characters are cut off.
  package func summary(_ text: String) {
    said.summary = Summary.bounded(text)
  }

  func report(_ type: ProgressReport.Kind) -> ProgressReport {
    var report = ProgressReport(type)
    report.tool = name
    report.callID = id
    return report
  }

  func end(_ type: ProgressReport.Kind, after duration: Duration, _ error: (any Error)?) async {
    var report = report(type)
    report.durationMilliseconds = Int(duration.wholeMilliseconds)
    report.summary = said.summary
    report.error = error.map(Self.text)
    let what = report.error.map { "failed: \($0)" } ?? report.summary ?? "done."
    await context.store.reportEnd(context.taskID, AgentMessage("\(name): \(what)"), report)
  }

  /// An error as people may see it: foreign ones may name files, hosts, or worse.
  private static func text(_ error: any Error) -> String {
    switch error {
    case let failure as AgentFailure: Summary.bounded(failure.message)
    case let rejection as AgentRejection: Summary.bounded(rejection.message)
    case is CancellationError: "It was cancelled."
    default: "It failed for a reason of its own; the agent's log has more."
    }
  }

  /// An input that is too large to be shown is told of by its size.
  static func bounded(_ input: JSONValue) -> JSONValue? {
    input.bytes.count <= maximumInput ? input : .text("\(input.bytes.count) bytes of JSON")
  }

  private static let maximumInput = 4_096
}

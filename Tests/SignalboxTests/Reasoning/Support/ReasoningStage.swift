import A2A
import A2AWire
import AgentKit
import JSON
import Telemetry
import Testing

@testable import signalbox

/// The reasoning agent on the small world, asked without sockets.
struct ReasoningStage: Sendable {
  static let call = CallContext(
    caller: .anonymous, dialect: Dialect(.jsonRPC, .v1), extensions: [], requestID: "test")

  let store: TaskStore

  init(pace: Duration = .zero, model: LanguageModel? = nil) {
    let desk = ReasoningDesk(SmallWorld.reference, model: model)
    store = TaskStore(
      agent: ReasoningAgent(desk: desk, pace: pace), log: Log(sink: DiscardSink(), clock: { 0 }))
  }

  /// Everything that a task told.
  struct Told {
    var events: [TaskEvent] = []

    var statuses: [TaskStatus] {
      events.compactMap { if case .status(let update) = $0 { update.status } else { nil } }
    }
    var state: TaskState? { statuses.last?.state }
    var lastWord: String { statuses.last?.message?.text ?? "" }
    var taskID: String? {
      events.lazy.compactMap { event in
        switch event {
        case .task(let task): task.id
        case .status(let update): update.taskID
        case .artifact(let update): update.taskID
        case .message: nil
        }
      }.first
    }

    var reports: [ProgressReport] {
      events.compactMap { if case .status(let update) = $0 { ProgressReport(metadata: update.metadata) } else { nil } }
    }
    func reports(_ kind: ProgressReport.Kind) -> [ProgressReport] { reports.filter { $0.type == kind } }
    func tools(_ kind: ProgressReport.Kind) -> [String] { reports(kind).compactMap(\.tool) }
    func thoughts(in phase: String) -> [String] {
      reports(.thinking).filter { $0.phase == phase }.compactMap(\.message)
    }

    var question: A2A.Question? {
      statuses.last { $0.state == .inputRequired }.flatMap { A2A.Question(metadata: $0.message?.metadata) }
    }

    var answer: Artifact? {
      events.lazy.compactMap {
        if case .artifact(let update) = $0, update.artifact.id == "answer" { update.artifact } else { nil }
      }
      .first
    }
    var data: JSONValue? {
      guard case .data(let value)? = answer?.parts.last?.content else { return nil }
      return value
    }
    var text: String {
      guard case .text(let text)? = answer?.parts.first?.content else { return "" }
      return text
    }
  }

  func ask(
    _ text: String, _ parameters: String? = nil, to task: String? = nil, in context: String? = nil,
    each: (Told) async throws -> Void = { _ in }
  ) async throws -> Told {
    var parts: [Part] = [.text(text)]
    if let parameters { parts.append(.data(try JSONValue(parsing: #"{"task_parameters":\#(parameters)}"#))) }
    let message = Message(
      id: "m-\(UInt64.random(in: .min ... .max))", role: .user, parts: parts, contextID: context, taskID: task)
    let feed = try await store.stream(SendMessageRequest(message: message), Self.call)
    var told = Told()
    while let event = try await feed.next() {
      told.events.append(event)
      try await each(told)
    }
    return told
  }
}

import A2A
import AgentKit
import JSON
import Surveillance
import Synchronization

/// Runs the tools of an analysis where people see them, and remembers which call gave which facts.
final class ToolRunner: ToolRunning {
  /// Without what it is slowed down by.
  private static let timeLimit: Duration = .seconds(180)

  private let context: TaskContext
  private let pace: Duration
  private let ids = Mutex<[ToolName: String]>([:])

  /// - Parameter pace: how long each step takes at least, so that people can follow.
  init(_ context: TaskContext, pace: Duration) {
    self.context = context
    self.pace = pace
  }

  var calls: [ToolName: String] { ids.withLock { $0 } }

  func run<Work: Tool>(_ tool: Work, about inputs: [Evidence.Input]) async throws -> Work.Facts {
    try await context.tool(Work.name.rawValue, input: Self.json(inputs)) { call in
      ids.withLock { $0[Work.name] = call.id }
      let last = Mutex("")
      let reporter = ToolReporter(total: Work.steps) { [pace] step in
        last.withLock { $0 = step.message }
        try await call.progress(step: step.step, total: step.total, records: step.records, message: step.message)
        if pace > .zero { try await Task.sleep(for: pace) }
      }
      let facts = try await TimeLimit(
        Self.timeLimit + pace * Work.steps, "The tool \(Work.name.rawValue) took longer than a tool may."
      ).hold { try await tool.run(reporter) }
      call.summary(last.withLock { $0 })
      return facts
    }
  }
}

extension ToolRunner {
  private static func json(_ inputs: [Evidence.Input]) -> JSONValue {
    .object { object in
      for input in inputs {
        if case .integer(let number) = input.value {
          object.member(input.name, number)
        } else {
          object.member(input.name, input.value.text)
        }
      }
    }
  }
}

/// A time within which work has to end.
struct TimeLimit: Sendable {
  private let time: Duration
  private let sentence: String

  init(_ time: Duration, _ sentence: String) {
    self.time = time
    self.sentence = sentence
  }

  /// Throws ``AgentFailure`` where it does not; the work is cancelled then.
  func hold<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await body() }
      group.addTask { [time, sentence] in
        try await Task.sleep(for: time)
        throw AgentFailure(sentence, reason: .timeLimit)
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() else { throw CancellationError() }
      return value
    }
  }
}

import Surveillance

/// Keeps what a tool tells, and can refuse a step.
actor StepRecorder {
  struct NotWanted: Error {}

  private(set) var steps: [ToolReporter.Step] = []
  private let refused: Int?

  init(refusing refused: Int? = nil) { self.refused = refused }

  func take(_ step: ToolReporter.Step) throws {
    steps.append(step)
    if step.step == refused { throw NotWanted() }
  }

  nonisolated func reporter<T: Tool>(for tool: T.Type) -> ToolReporter {
    ToolReporter(total: T.steps) { try await self.take($0) }
  }
}

extension Tool {
  /// Its facts, with nobody listening.
  func facts() async throws -> Facts { try await run(ToolReporter(total: Self.steps) { _ in }) }
}

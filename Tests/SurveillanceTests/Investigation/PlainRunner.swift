import Surveillance

/// Runs tools for themselves alone.
struct PlainRunner: ToolRunning {
  func run<Work: Tool>(_ tool: Work, about inputs: [Evidence.Input]) async throws -> Work.Facts {
    try await tool.run(ToolReporter(total: Work.steps) { _ in })
  }
}

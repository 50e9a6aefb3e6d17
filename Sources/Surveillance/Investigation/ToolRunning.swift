/// Runs tools somewhere: where people see them, or in a test.
package protocol ToolRunning: Sendable {
  /// - Parameter inputs: what the tool works on, for people.
  func run<Work: Tool>(_ tool: Work, about inputs: [Evidence.Input]) async throws -> Work.Facts
}

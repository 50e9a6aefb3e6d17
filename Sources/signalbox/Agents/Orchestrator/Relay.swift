import A2A
import AgentKit

/// Tells in our task what a specialist tells in its own. Its states are not ours: it may be done while others are at work.
struct Relay: Sendable {
  let context: TaskContext
  let agent: String
  /// Behind the names of artifacts, where our task is not the specialist's alone.
  let suffix: String

  func pass(on event: TaskEvent) async throws {
    switch event {
    case .status(let update): try await report(update)
    case .artifact(let update):
      var artifact = update.artifact
      artifact.id += suffix
      try await context.artifact(artifact, append: update.append, lastChunk: update.lastChunk)
    case .task, .message: break
    }
  }

  private func report(_ update: TaskEvent.StatusUpdate) async throws {
    let state = update.status.state
    // What it asks is asked of our own people, and its end is told with ours.
    guard !state.isTerminal, !state.isInterrupted || ProgressReport(metadata: update.metadata) != nil else { return }
    var report = ProgressReport(metadata: update.metadata) ?? ProgressReport(.progress)
    if report.type == .progress, report.message == nil { report.message = update.status.message?.text }
    guard report.type != .progress || report.message != nil else { return }
    // It pauses with our task, which tells so itself.
    guard report.type != .paused, report.type != .resumed else { return }
    // What only a part of our task is about is no title of it.
    if !suffix.isEmpty { report.title = nil }
    report.agent = agent
    report.agentTask = update.taskID
    try await context.relay(report, saying: update.status.message?.text ?? report.message ?? report.type.name)
  }
}

import A2A
import A2AWire
import AgentKit

/// What is done on a message whose id begins in a certain way.
struct ConformanceBehaviour: Sendable {
  enum Outcome: Sendable {
    case done(AgentMessage?)
    /// Goes on with this message, whose id says how.
    case next(Message)
  }

  /// What message ids begin with.
  let prefix: String
  /// For the documentation.
  let meaning: String
  /// With the other agent that this one may call, where there is one.
  let perform: @Sendable (TaskContext, AgentClient?) async throws -> Outcome

  init(_ prefix: String, _ meaning: String, _ perform: @escaping @Sendable (TaskContext) async throws -> Outcome) {
    self.init(prefix, meaning, withPeer: { context, _ in try await perform(context) })
  }

  init(
    _ prefix: String, _ meaning: String,
    withPeer perform: @escaping @Sendable (TaskContext, AgentClient?) async throws -> Outcome
  ) {
    self.prefix = prefix
    self.meaning = meaning
    self.perform = perform
  }

  /// The longest prefix wins.
  static let all = (kit + own + control + asking + peer).sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }

  static func of(_ messageID: String) -> ConformanceBehaviour { all.first { messageID.hasPrefix($0.prefix) } ?? other }

  private static let other = ConformanceBehaviour("", "completes") { _ in .done(nil) }
}

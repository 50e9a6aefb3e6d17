import A2A
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
  let perform: @Sendable (TaskContext) async throws -> Outcome

  init(_ prefix: String, _ meaning: String, _ perform: @escaping @Sendable (TaskContext) async throws -> Outcome) {
    self.prefix = prefix
    self.meaning = meaning
    self.perform = perform
  }

  /// The longest prefix wins.
  static let all = (kit + own).sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }

  static func of(_ messageID: String) -> ConformanceBehaviour { all.first { messageID.hasPrefix($0.prefix) } ?? other }

  private static let other = ConformanceBehaviour("", "completes") { _ in .done(nil) }
}

/// What agents call the conversations of which tasks are being begun at this moment: two that begin together in one that is new get the
/// same name. Those that are in the journal are found there.
struct InnerContexts: Sendable {
  struct Conversation: Sendable, Hashable {
    let owner: String
    let agent: String
    /// As its owner calls it.
    let context: String
  }

  private struct Name {
    var inner: String?
    var users = 0
  }

  private var names: [Conversation: Name] = [:]

  /// Before the journal is asked.
  mutating func enter(_ conversation: Conversation) {
    names[conversation, default: Name()].users += 1
  }

  /// The name to use, when this was found in the journal or, for want of that, made.
  mutating func settle(_ conversation: Conversation, on name: String) -> String {
    if let known = names[conversation]?.inner { return known }
    names[conversation]?.inner = name
    return name
  }

  /// When the task is in the journal, or is not begun.
  mutating func leave(_ conversation: Conversation) {
    guard var name = names[conversation] else { return }
    name.users -= 1
    names[conversation] = name.users > 0 ? name : nil
  }
}

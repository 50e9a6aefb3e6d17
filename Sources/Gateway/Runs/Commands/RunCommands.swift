import A2A
import Journal

/// The commands of a task: those that were ever taken, and of these, those of which it is not known yet what comes of them.
struct RunCommands: Sendable, Equatable {
  /// One on its way.
  struct Open: Sendable, Equatable {
    let command: RunCommand
    var memory: CommandMemory
    /// What the agent is told; nil where that is no message.
    var message: Message?
  }

  /// In the order in which they came.
  private(set) var open: [Open] = []
  private var known: [RunCommand.Key: CommandMemory] = [:]

  init() {}

  /// Those of before a restart.
  init(_ memories: [CommandMemory], open: [Open]) {
    self.open = open
    for memory in memories { known[memory.key] = memory }
  }

  /// As many of one task are remembered.
  static let limit = 1000
  /// Beyond these, so that a task can be stopped whatever was said to it.
  static let furtherCancels = 100

  func hasRoom(for command: RunCommand) -> Bool {
    if case .cancel = command.act { return known.count < Self.limit + Self.furtherCancels }
    return known.count < Self.limit
  }

  subscript(key: RunCommand.Key) -> CommandMemory? { known[key] }

  var cancels: [Open] { open.filter { if case .cancel = $0.command.act { true } else { false } } }
  /// What the agent has not been told, and is to be.
  var unsaid: [Open] { open.filter { $0.message != nil && !$0.memory.isDelivered } }
  /// What was said, and the agent has not answered.
  var inFlight: [Open] { open.filter { $0.message != nil && $0.memory.isDelivered } }

  func open(sayingMessage id: String) -> Open? { open.first { $0.message?.id == id } }

  mutating func take(_ command: RunCommand, _ memory: CommandMemory, message: Message?) {
    known[command.key] = memory
    if !memory.isSettled { open.append(Open(command: command, memory: memory, message: message)) }
  }

  mutating func recall(_ message: Message, of key: RunCommand.Key) {
    if let index = open.firstIndex(where: { $0.command.key == key }) { open[index].message = message }
  }

  /// Gives what is to be remembered.
  mutating func deliver(_ key: RunCommand.Key) -> CommandMemory? {
    guard let index = open.firstIndex(where: { $0.command.key == key }) else { return nil }
    open[index].memory.isDelivered = true
    known[key] = open[index].memory
    return open[index].memory
  }

  /// It has left, and is to be said again.
  mutating func doubt(_ key: RunCommand.Key) {
    guard let index = open.firstIndex(where: { $0.command.key == key }) else { return }
    open[index].memory.isDelivered = false
    known[key] = open[index].memory
  }

  /// The words in which the agent is told.
  mutating func tell(_ key: RunCommand.Key, _ message: Message) {
    guard let index = open.firstIndex(where: { $0.command.key == key }) else { return }
    open[index].message = message
  }

  /// Gives what is to be remembered; nil where it has a verdict already.
  mutating func settle(_ key: RunCommand.Key, _ verdict: Verdict) -> CommandMemory? {
    guard let index = open.firstIndex(where: { $0.command.key == key }) else { return nil }
    var memory = open.remove(at: index).memory
    memory.verdict = verdict
    known[key] = memory
    return memory
  }
}

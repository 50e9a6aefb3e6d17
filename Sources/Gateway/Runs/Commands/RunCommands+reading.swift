import A2A
import JSON
import Journal

extension RunCommands {
  /// Those of a task, as the journal remembers them. Those of which nobody knows yet what comes of them are in the order in which they came.
  static func of(_ task: String, in journal: any Journal) async throws(JournalError) -> RunCommands {
    let memories = try await journal.memos(of: task, under: CommandMemory.family).compactMap { CommandMemory($0) }
    var open: [Open] = []
    for memory in memories where !memory.isSettled {
      guard let record = try await journal.record(memory.seq, of: task), let command = Open(memory, record) else {
        continue
      }
      open.append(command)
    }
    return RunCommands(memories, open: open.sorted { $0.memory.seq < $1.memory.seq })
  }
}

extension RunCommands.Open {
  /// Nil for what no record of a command says.
  init?(_ memory: CommandMemory, _ record: Record) {
    guard let value = try? JSONValue(parsing: record.payload) else { return nil }
    let why = value["why"]?.string
    let message = value["message"].flatMap { try? Message(reading: $0) }
    let act: RunCommand.Act
    switch memory.command {
    case "cancel": act = .cancel(why: why)
    case "send":
      guard let message else { return nil }
      act = .say(message)
    case "answer":
      guard let message, let question = value["question"]?.string else { return nil }
      act = .answer(QuestionReply(question: question, content: .message(message)))
    case "pause": act = .pause(why: why)
    case "resume": act = .resume
    default: return nil
    }
    self.init(
      command: RunCommand(id: memory.key.id, by: memory.key.by, act: act), memory: memory, message: message)
  }
}

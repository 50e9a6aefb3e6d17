import A2A
import JSON
import Journal

/// A task as A2A shows it, put together from its records: by whoever writes them, and again by whoever reads them.
///
/// What an agent says while a task runs is not all kept in it: of reports, only the last. Messages are: those that people sent, and
/// those of the agent that asked or answered.
struct TaskImage: Sendable, Equatable {
  /// Messages that are kept, the latest.
  static let historyLimit = 100

  private(set) var task: AgentTask
  /// An answer without a task, where that was all that the agent had to say.
  private(set) var answer: Message?
  /// The number of the last record in it.
  private(set) var seq: Int64

  init(task: AgentTask, seq: Int64 = 0) {
    self.task = task
    self.seq = seq
  }

  /// As the journal keeps it: `{"seq":…,"task":{…},"answer":{…}?}`.
  var encoded: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("seq", seq)
      object.key("task")
      object.raw(trusted: task.encoded())
      if let answer {
        object.key("answer")
        object.raw(trusted: answer.encoded())
      }
    }
    return writer.bytes
  }

  /// Nil for what this does not write: tasks of producers have snapshots of their own kind, or none.
  init?(reading bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes), let seq = value["seq"]?.int, let member = value["task"],
      let task = try? AgentTask(reading: member)
    else { return nil }
    self.init(task: task, seq: seq)
    answer = value["answer"].flatMap { try? Message(reading: $0) }
  }

  /// Takes the next record of the task. What is no event of A2A changes nothing but the number.
  mutating func take(_ kind: RecordKind, _ payload: [UInt8], seq: Int64) {
    guard seq > self.seq else { return }
    self.seq = seq
    guard let value = try? JSONValue(parsing: payload) else { return }
    switch kind {
    case .event: if let event = try? TaskEvent(reading: value) { fold(event) }
    case .command, .answer: if let message = value["message"], let said = try? Message(reading: message) { keep(said) }
    case .verdict, .question, .gap, .late, .note: break
    }
  }

  mutating func take(_ record: Record) {
    take(record.kind, record.payload, seq: record.seq)
  }

  /// The next record, for whoever has its event at hand.
  mutating func take(_ event: TaskEvent, seq: Int64) {
    self.seq = seq
    fold(event)
  }

  /// The next record, for whoever has its message at hand.
  mutating func take(said message: Message, seq: Int64) {
    self.seq = seq
    keep(message)
  }

  /// The next record, of which nothing shows.
  mutating func pass(seq: Int64) {
    self.seq = seq
  }

  private mutating func fold(_ event: TaskEvent) {
    switch event {
    case .message(let message):
      answer = message
    case .task(let shown):
      // Its history is the agent's way to tell it; ours is what was journaled.
      let history = task.history
      task.take(event)
      task.history = history ?? shown.history
    case .status:
      keepQuestion()
      task.take(event)
    case .artifact:
      task.take(event)
    }
  }

  /// Whoever says two things has said both, whatever ids the messages have.
  private mutating func keep(_ message: Message) {
    keepQuestion()
    append(message)
  }

  /// A question goes into the conversation once something else is said: a state may be told several times with the same one.
  private mutating func keepQuestion() {
    guard task.status.state.isInterrupted, let question = task.status.message,
      task.history?.contains(where: { $0.id == question.id }) != true
    else { return }
    append(question)
  }

  private mutating func append(_ message: Message) {
    task.history = ((task.history ?? []) + [message]).suffix(Self.historyLimit)
  }
}

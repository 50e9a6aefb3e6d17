import A2A
import JSON
import Journal

/// What one A2A stream tells of a task, worked out from its records as they come. A value; a send that waits for its end is the same, told
/// to nobody.
///
/// The protocol knows two streams: one message, or a task and then its updates. Which of them it is, an agent's first word tells.
struct TaskTelling {
  enum Beginning {
    /// How the task stands, at once.
    case snapshot
    /// What an agent makes of the first message of a task. `decides` is false where it is not waited for whether the agent answers
    /// without a task.
    case answer(decides: Bool)
    /// How the task stands when this message has been said, and what comes of it.
    case reply(to: String)
    /// The same, for a message whose record has this number.
    case record(Int64)
  }

  private enum Stage {
    case unsaid
    case open
    case over
  }

  /// The task with all records that were taken.
  private(set) var image: TaskImage
  private let beginning: Beginning
  private let endsWhenInterrupted: Bool
  private let historyLength: Int?
  private var stage = Stage.unsaid

  /// - Parameters:
  ///   - image: how the task stood before the first record that will be taken.
  ///   - endsWhenInterrupted: also when the task waits for somebody.
  ///   - historyLength: of the task that it begins with.
  init(_ beginning: Beginning, from image: TaskImage, endsWhenInterrupted: Bool, historyLength: Int? = nil) {
    self.image = image
    self.beginning = beginning
    self.endsWhenInterrupted = endsWhenInterrupted
    self.historyLength = historyLength
  }

  /// There is nothing more to tell.
  var isOver: Bool { if case .over = stage { true } else { false } }

  /// What is told before any record.
  mutating func begin() -> [TaskEvent] {
    guard case .snapshot = beginning else { return [] }
    return open()
  }

  /// Nothing more is told, whatever comes.
  mutating func end() {
    stage = .over
  }

  mutating func take(_ record: Record) -> [TaskEvent] {
    guard !isOver, record.seq > image.seq else { return [] }
    let before = image.task
    image.take(record)
    switch stage {
    case .over: return []
    case .unsaid: return take(first: record)
    case .open: return record.event.map { tell($0, before) } ?? []
    }
  }

  private mutating func take(first record: Record) -> [TaskEvent] {
    switch beginning {
    case .snapshot: return []
    case .reply(let id): return record.said == id ? open() : []
    case .record(let seq): return record.seq == seq ? open() : []
    case .answer(let decides):
      guard let event = record.event else { return [] }
      if case .message(let answer) = event {
        stage = .over
        return [.message(answer.withoutTask)]
      }
      // The gateway's own first word, with which each task begins.
      if decides, record.origin == RunRecords.gateway, case .task = event { return [] }
      return open()
    }
  }

  private mutating func open() -> [TaskEvent] {
    stage = .open
    // A task that waits may be what a stream begins with; one that was just begun and waits already has told all that there is for now.
    if case .answer = beginning { end(at: image.task.status.state) }
    if image.task.status.state.isTerminal { stage = .over }
    return [.task(image.task.shown(historyLength: historyLength))]
  }

  private mutating func tell(_ event: TaskEvent, _ before: AgentTask) -> [TaskEvent] {
    if let state = event.state { end(at: state) }
    switch event {
    case .status, .artifact: return [event]
    // It stands in the status that follows, because a task was told of already.
    case .message: return []
    case .task: return changes(from: before)
    }
  }

  private mutating func end(at state: TaskState) {
    if state.isTerminal || (endsWhenInterrupted && state.isInterrupted) { stage = .over }
  }

  /// A snapshot amid a stream, as the updates that it amounts to.
  private func changes(from before: AgentTask) -> [TaskEvent] {
    let task = image.task
    let context = task.contextID ?? ""
    var events = (task.artifacts ?? []).filter { !(before.artifacts ?? []).contains($0) }.map { artifact in
      TaskEvent.artifact(.init(taskID: task.id, contextID: context, artifact: artifact, lastChunk: true))
    }
    if task.status != before.status {
      events.append(.status(.init(taskID: task.id, contextID: context, status: task.status, metadata: task.metadata)))
    }
    return events
  }
}

extension Record {
  /// Nil for what no A2A client is told.
  fileprivate var event: TaskEvent? {
    guard kind == .event, let value = try? JSONValue(parsing: payload) else { return nil }
    return try? TaskEvent(reading: value)
  }

  /// The id of the message that somebody said with it.
  fileprivate var said: String? {
    guard kind == .command || kind == .answer, let value = try? JSONValue(parsing: payload) else { return nil }
    return value["message"]?["messageId"]?.string
  }
}

extension AgentTask {
  /// With so many of its latest messages; nil: all that there are.
  func shown(historyLength: Int?, withArtifacts: Bool = true) -> AgentTask {
    var task = self
    task.artifacts = withArtifacts ? artifacts ?? [] : nil
    switch historyLength {
    case nil: break
    case 0?: task.history = nil
    case let length?: task.history = history?.suffix(length)
    }
    return task
  }
}

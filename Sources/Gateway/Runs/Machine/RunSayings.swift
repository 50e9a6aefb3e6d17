import A2A
import JSON
import Journal

/// What an agent has said of a task of late, so that what it says again is known again. No words are kept, only what tells sayings apart.
///
/// Two sayings are the same when the ids of their messages are, and all that is in them. Ids alone say nothing: there are agents that have one
/// for everything they say.
struct RunSayings: Sendable {
  /// So many are kept, the latest: more than an agent has on its way when its line breaks.
  static let limit = 512

  private var all: [Saying] = []
  private var oldest = 0

  init() {}

  /// - Parameter event: under our names, as it is journaled.
  mutating func note(_ event: TaskEvent, _ names: RunNames) {
    switch event {
    case .status(let update): note(update, names)
    case .task(let shown): note(.init(taskID: shown.id, contextID: "", status: shown.status), names)
    case .message, .artifact: break
    }
  }

  /// After a restart.
  mutating func note(_ record: Record, _ names: RunNames) {
    guard record.kind == .event, record.origin != RunRecords.gateway,
      let value = try? JSONValue(parsing: record.payload), let event = try? TaskEvent(reading: value)
    else { return }
    note(event, names)
  }

  private mutating func note(_ update: TaskEvent.StatusUpdate, _ names: RunNames) {
    guard let id = SayingID(update, names) else { return }
    let status = RepeatedReport(update) == nil ? Saying.print(update.status) : nil
    let saying = Saying(id: id, status: status, report: Saying.print(beside: update))
    if all.count < Self.limit {
      all.append(saying)
    } else {
      all[oldest] = saying
      oldest = (oldest + 1) % Self.limit
    }
  }

  /// It was said before, word for word. Of one that says itself that it is a repetition, the report was.
  func has(_ update: TaskEvent.StatusUpdate, _ names: RunNames) -> Bool {
    guard let id = SayingID(update, names) else { return false }
    // Most ids are new, and then nothing else is looked at.
    let known = all.filter { $0.id == id }
    guard !known.isEmpty else { return false }
    let report = Saying.print(beside: update)
    if RepeatedReport(update) != nil { return known.contains { $0.report == report } }
    let status = Saying.print(update.status)
    return known.contains { $0.report == report && ($0.status ?? status) == status }
  }

  /// The task has stood so.
  func has(_ status: TaskStatus, _ names: RunNames) -> Bool {
    guard let id = SayingID(.init(taskID: "", contextID: "", status: status), names) else { return false }
    let (print, report) = (Saying.print(status), Saying.print(status.message?.metadata))
    return all.contains { $0.id == id && ($0.status.map { $0 == print } ?? ($0.report == report)) }
  }
}

/// The id of the message that was said, or, of a repetition, of the one that it repeats: a hash.
private struct SayingID: Sendable, Equatable {
  private let hash: Int

  /// Nil for what has no id.
  init?(_ update: TaskEvent.StatusUpdate, _ names: RunNames) {
    guard let message = update.status.message, !message.id.isEmpty else { return nil }
    hash = (RepeatedReport(update)?.message.map { names.outside(id: $0) } ?? message.id).hashValue
  }
}

/// What tells one saying from another: hashes of this process, which are not kept beyond it.
private struct Saying: Sendable {
  let id: SayingID
  /// Nil where only the report was said again, with whatever the task was then.
  let status: Int?
  /// What is beside the words, and in the words themselves where nothing is beside them.
  let report: Int

  static func print(_ status: TaskStatus) -> Int {
    var hasher = Hasher()
    hasher.combine(status.state.rawValue)
    hasher.combine(status.timestamp)
    if let message = status.message { hasher.combine(message) }
    return hasher.finalize()
  }

  static func print(beside update: TaskEvent.StatusUpdate) -> Int {
    print(update.metadata ?? update.status.message?.metadata)
  }

  static func print(_ metadata: JSONValue?) -> Int {
    var hasher = Hasher()
    hasher.combine(metadata)
    return hasher.finalize()
  }
}

extension Hasher {
  fileprivate mutating func combine(_ message: Message) {
    combine(message.id)
    combine(message.role)
    combine(message.extensions)
    combine(message.metadata)
    for part in message.parts {
      switch part.content {
      case .text(let text): combine(text)
      case .url(let url): combine(url)
      case .raw(let bytes): combine(bytes)
      case .data(let value): combine(value)
      }
      combine(part.filename)
      combine(part.mediaType)
      combine(part.metadata)
    }
  }

  /// Whatever the order of the members, and without what says that it is a repetition.
  fileprivate mutating func combine(_ value: JSONValue?) {
    guard let value else { return combine(false) }
    combine(value.canonical { path, _ in RepeatedReport.isMark(path) } ?? Array(value.bytes))
  }
}

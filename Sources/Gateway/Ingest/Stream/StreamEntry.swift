import A2A
import HTTP
import JSON
import Journal

/// One entry of the stream: what it asks for, or why that cannot be done.
struct StreamEntry: Sendable {
  /// As Redis numbers it.
  let id: String
  let content: Content

  enum Content: Sendable {
    case good(Ask)
    /// - place: where it would have stood, as far as it says so.
    case bad(Refusal, place: Place?)
  }

  struct Ask: Sendable {
    let task: String
    /// The task is opened, unless it is there.
    let opening: NewTask?
    let event: Event?
  }

  struct Event: Sendable {
    let stamp: ProducerStamp
    let payload: [UInt8]
    /// How the task stands after it. Nil: as before.
    let state: TaskState?
    let news: TaskNews?
  }

  /// The place of an event in its task.
  struct Place: Sendable, Equatable {
    let task: String
    let stamp: ProducerStamp
  }

  init(_ raw: RawStreamEntry) {
    id = raw.id
    do throws(Refusal) {
      content = .good(try Self.read(try raw.fields()))
    } catch {
      content = .bad(error, place: try? Self.place((try? raw.fields()) ?? raw.first))
    }
  }

  /// Nil for an entry that has no event of its own.
  var place: Place? {
    switch content {
    case .good(let ask): ask.event.map { Place(task: ask.task, stamp: $0.stamp) }
    case .bad(_, let place): place
    }
  }

  // MARK: Reading

  private static func read(_ fields: [String: [UInt8]]) throws(Refusal) -> Ask {
    if let unknown = fields.keys.filter({ !RawStreamEntry.known.contains($0) }).min() {
      throw .badEntry(
        "The field \(Excerpt.quoting(unknown.utf8)) is not known. There are "
          + RawStreamEntry.known.joined(separator: ", ") + ".")
    }
    guard let task = try text("task", fields) else { throw .badEntry("There is no \"task\": its id.") }
    try TaskWords.check(task, "task", TaskID.expectation, TaskID.isGood)
    let event = try event(fields)
    let opening = try opening(of: task, fields, isFirst: event.map { $0.stamp.seq == 1 } ?? true)
    guard event != nil || opening != nil else {
      throw .badEntry("There is neither an \"event\" nor an \"agent\", with which a task is opened.")
    }
    return Ask(task: task, opening: opening, event: event)
  }

  private static func opening(
    of task: String, _ fields: [String: [UInt8]], isFirst: Bool
  ) throws(Refusal) -> NewTask? {
    guard fields["agent"] != nil else {
      if let alone = ["title", "owner", "tenant"].first(where: { fields[$0] != nil }) {
        throw .badEntry("\"\(alone)\" says how a task is opened, which needs an \"agent\" as well.")
      }
      return nil
    }
    var members: [String: String] = ["id": task]
    for name in ["agent", "title", "owner", "tenant"] { members[name] = try text(name, fields) }
    let asked = try NewTask(members, keys: [])
    // A producer may name the agent each time. Only what comes first opens: not what comes late to a task that was cleared away.
    return isFirst ? asked : nil
  }

  private static func event(_ fields: [String: [UInt8]]) throws(Refusal) -> Event? {
    guard let payload = fields["event"] else {
      if let alone = ["producer", "epoch", "seq", "state"].first(where: { fields[$0] != nil }) {
        throw .badEntry("\"\(alone)\" is about an \"event\", and there is none.")
      }
      return nil
    }
    let stamp = try stamp(fields)
    let event = try IngestedEvent(payload, line: nil)
    var state = event.state
    if let word = try text("state", fields) {
      guard let asked = TaskState(word: word), asked != .submitted else { throw .badState(word) }
      if let told = state, told.isTerminal, told != asked { throw .contradiction(told: told, asked: asked) }
      state = asked
    }
    return Event(stamp: stamp, payload: event.payload, state: state, news: event.news)
  }

  private static func stamp(_ fields: [String: [UInt8]]) throws(Refusal) -> ProducerStamp {
    var said: [String] = []
    for name in ["producer", "epoch", "seq"] {
      guard let text = try text(name, fields) else {
        throw .badProducer(
          "There is no \"\(name)\". An event needs its producer, epoch and seq, so that it is stored once.")
      }
      said.append(text)
    }
    let named = zip(["producer-id", "producer-epoch", "producer-seq"], said).map { ($0, $1) }
    guard let stamp = try ProducerStamp(HTTPFields(named)) else { throw .badProducer("There is no producer.") }
    return stamp
  }

  private static func place(_ fields: [String: [UInt8]]) throws(Refusal) -> Place? {
    guard let task = try text("task", fields), TaskID.isGood(task) else { return nil }
    return Place(task: task, stamp: try stamp(fields))
  }

  private static func text(_ name: String, _ fields: [String: [UInt8]]) throws(Refusal) -> String? {
    guard let bytes = fields[name] else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .badEntry("\"\(name)\" is no UTF-8.") }
    return text
  }
}

extension Refusal {
  /// No code of the API: only the stream of what was refused has it.
  private static let entryCode = "bad-entry"

  static func badEntry(_ detail: String) -> Refusal { Refusal(.badRequest, detail, code: entryCode) }
}

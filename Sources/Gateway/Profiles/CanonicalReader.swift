import A2A
import JSON
import Journal

/// Reads a task's records, from the first one on, as what has happened. A value: the same records give the same events, however they come.
struct CanonicalReader: Sendable {
  private(set) var story: CanonicalStory
  /// The first snapshot was seen.
  var hasSubmitted = false

  init(_ task: ToldTask) {
    story = CanonicalStory(task)
  }

  /// What a record tells of; nothing for one that was read, and for all that comes behind the end.
  mutating func take(_ record: Record) -> [CanonicalEvent] {
    guard record.seq > story.seq, !story.hasEnded else { return [] }
    if story.seq == 0 { story.started = record.time }
    story.seq = record.seq
    guard let value = try? JSONValue(parsing: record.payload) else { return [] }
    return noted(read(value, record))
  }

  /// The end of a task whose records do not tell it.
  mutating func end(as state: TaskState, at time: Int64) -> [CanonicalEvent] {
    guard !story.hasEnded, let type = CanonicalType(endingAs: state) else { return [] }
    var event = CanonicalEvent(type, task: story.task.id, seq: story.seq, time: time, state: state)
    event.id += ".end"
    event.agent = story.task.agent
    return noted([event])
  }

  private mutating func noted(_ read: [CanonicalEvent]) -> [CanonicalEvent] {
    var events: [CanonicalEvent] = []
    for var event in read where !story.hasEnded {
      if !events.isEmpty { event.id += ".\(events.count)" }
      story.match(&event)
      story.note(event)
      events.append(event)
    }
    return events
  }

  private mutating func read(_ value: JSONValue, _ record: Record) -> [CanonicalEvent] {
    switch record.kind {
    case .event:
      guard let event = try? TaskEvent(reading: value) else { return [foreign(value, record)].compactMap(\.self) }
      return told(event, record)
    case .command, .answer: return [said(value, record)].compactMap(\.self)
    case .verdict: return [verdict(value, record)].compactMap(\.self)
    case .question: return [question(value, record)].compactMap(\.self)
    case .gap:
      var event = CanonicalEvent(.gap, record, state: story.state)
      event.message = "Events may be missing. \(value["why"]?.string ?? "")".trimmedEnd
      return [event]
    case .late, .note: return []
    }
  }

  // MARK: What people and the gateway say

  private mutating func said(_ value: JSONValue, _ record: Record) -> CanonicalEvent? {
    let message = value["message"].flatMap { try? Message(reading: $0) }
    let type: CanonicalType
    switch value["command"]?.string {
    case "submit":
      story.isRun = true
      story.prompt = String((message?.text ?? "").prefix(CanonicalStory.textLimit))
      return nil
    case "send", "answer": type = .inputReceived
    case "cancel": type = .cancelRequested
    default: return nil
    }
    var event = CanonicalEvent(type, record, state: story.state)
    event.by = value["by"]?.string
    event.message = message?.text ?? value["why"]?.string
    event.payload = value
    return event
  }

  private mutating func verdict(_ value: JSONValue, _ record: Record) -> CanonicalEvent? {
    switch value["verdict"]?.string {
    // An agent reports it as well, and whichever comes first is told.
    case "paused": return paced(true, record)
    case "resumed": return paced(false, record)
    case "refused", "ignored", "undelivered", "too-late":
      var event = CanonicalEvent(.verdict, record, state: story.state)
      event.by = value["by"]?.string
      event.name = value["verdict"]?.string
      event.message = value["why"]?.string
      event.payload = value
      return event
    default: return nil
    }
  }

  mutating func paced(_ isPaused: Bool, _ record: Record) -> CanonicalEvent? {
    guard story.isPaused != isPaused else { return nil }
    story.isPaused = isPaused
    return CanonicalEvent(isPaused ? .paused : .resumed, record, state: story.state)
  }

  private func question(_ value: JSONValue, _ record: Record) -> CanonicalEvent? {
    guard value["state"]?.string == "open" else { return nil }
    let state: TaskState = value["kind"]?.string == "auth" ? .authRequired : .inputRequired
    var event = CanonicalEvent(.inputRequired, record, state: state)
    event.message = value["form"]?["prompt"]?.string ?? value["text"]?.string
    event.agent = story.task.agent
    event.payload = value
    return event
  }
}

extension CanonicalReader {
  mutating func keep(_ update: TaskEvent.ArtifactUpdate) { story.take(update) }
  mutating func keep(answer: String) { story.answer = answer }
  mutating func begin() { story.hasBegun = true }
  mutating func stand(_ state: TaskState) { story.state = state }
}

extension String {
  fileprivate var trimmedEnd: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}

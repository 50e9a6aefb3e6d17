import A2A
import A2AWire
import JSON
import Synchronization

extension TaskFeed {
  /// All events, to the end of the stream.
  func all() async throws -> [TaskEvent] {
    var events: [TaskEvent] = []
    while let event = try await next() { events.append(event) }
    return events
  }

  /// Events up to the first that fits, that one included.
  func until(_ fits: (TaskEvent) -> Bool) async throws -> [TaskEvent] {
    var events: [TaskEvent] = []
    while let event = try await next() {
      events.append(event)
      if fits(event) { return events }
    }
    throw Unexpected(what: "the end of the stream behind \(events.map(\.short))")
  }

  func until(state: TaskState) async throws -> [TaskEvent] { try await until { $0.state == state } }
}

extension TaskEvent {
  /// An event in a word or two, for comparing.
  var short: String {
    switch self {
    case .task(let task): "task \(task.status.state)"
    case .message(let message): "message \(message.text)"
    case .status(let update): "\(update.status.state)" + (update.status.message.map { " \($0.text)" } ?? "")
    case .artifact(let update):
      "artifact \(update.artifact.id) \(update.artifact.parts.map(\.short).joined())"
        + (update.append ? " appended" : "") + (update.lastChunk ? " last" : "")
    }
  }

  var report: ProgressReport? {
    if case .status(let update) = self { ProgressReport(metadata: update.metadata) } else { nil }
  }

  var statusMessage: Message? {
    switch self {
    case .status(let update): update.status.message
    case .task(let task): task.status.message
    case .message, .artifact: nil
    }
  }
}

extension Part {
  var short: String {
    if case .text(let text) = content { text } else { "?" }
  }
}

/// Waits for ever, or until it is cancelled.
func forever() async throws {
  while true { try await Task.sleep(for: .seconds(3600)) }
}

/// The error that `body` throws, which must be one of the protocol's.
func refusal(_ body: () async throws -> Void) async throws -> A2AError {
  do {
    try await body()
  } catch let error as A2AError {
    return error
  }
  throw Unexpected(what: "no refusal")
}

/// What closures that run at once have to say.
final class Kept<Element: Sendable>: Sendable {
  private let kept = Mutex<[Element]>([])

  func append(_ element: Element) { kept.withLock { $0.append(element) } }

  var all: [Element] { kept.withLock { $0 } }
}

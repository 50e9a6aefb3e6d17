import HTTP
import JSON
import TestSupport

/// A client of a stream of records, each of whose events goes through a checker.
///
/// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
final class RecordReader: @unchecked Sendable {
  private let reader: EventReader
  private var checked = 0
  private var shown: String?
  /// What it has heard so far, over all its connections if it goes on where another has ended.
  private(set) var checker = StreamChecker()

  init(_ reader: EventReader) {
    self.reader = reader
  }

  /// On the thread that has opened the connection.
  func ask(_ path: String, _ lines: [String], after cursor: String?) throws {
    try reader.ask(path, .get, lines + (cursor.map { ["Last-Event-ID: \($0)"] } ?? []))
    shown = cursor
    guard reader.read(until: { $0.head != nil }) else {
      throw TLSClient.Failure(description: "the stream did not begin")
    }
  }

  var status: Int? { reader.head?.status.code }
  var fields: HTTPFields { reader.head?.fields ?? HTTPFields() }
  var events: [ReceivedEvent] { reader.events }
  var hasComment: Bool { reader.commentCount > 0 }
  var retry: Int? {
    reader.items.lazy.compactMap { if case .retry(let milliseconds) = $0 { milliseconds } else { nil } }.first
  }
  var types: [String] { reader.events.map(\.type) }
  /// The records as they came, each with its id.
  var records: [ReceivedEvent] { reader.events.filter { $0.type == "message" } }
  var ending: TLSClient.Ending? { reader.ending }

  /// Begins to check, going on from what an earlier connection has heard.
  func check(_ earlier: StreamChecker) {
    checker = earlier
    checker.connect(showing: shown)
  }

  /// Reads until the checker has seen enough. False when nothing more came.
  func read(until isEnough: @escaping @Sendable (StreamChecker) -> Bool) async -> Bool {
    await onThread { [self] in
      // Comments come for ever, so silence is no bound.
      let end = ContinuousClock.now + .seconds(180)
      var isThere = false
      _ = reader.read { _ in
        takeNew()
        isThere = isEnough(checker)
        return isThere || .now > end
      }
      return isThere
    }
  }

  /// Reads until so many records have come in all.
  func read(records count: Int) async -> Bool { await read { $0.recordCount >= count } }

  /// Reads to the end, whatever it is; gives the reason that was said for it. Some streams end without one, and their connection stays.
  func finish() async -> String? {
    _ = await read { [self] in $0.farewell != nil || reader.isComplete }
    return checker.farewell
  }

  /// Reads until a comment has come.
  func readComment() async -> Bool { await onThread { [self] in reader.read { $0.commentCount > 0 } } }

  /// The data of the first event of this type.
  func data(_ type: String) -> JSONValue? {
    events.first { $0.type == type }.flatMap { try? JSONValue(parsing: $0.data) }
  }

  /// Acknowledges nothing any more.
  func fallSilent() { reader.client.fallSilent() }

  func disconnect() { reader.client.disconnect() }

  private func takeNew() {
    let items = reader.items
    for item in items[checked...] {
      if case .event(let event) = item { checker.take(event) }
    }
    checked = items.count
  }
}

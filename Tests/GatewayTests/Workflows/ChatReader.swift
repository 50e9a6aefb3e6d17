import HTTP
import JSON
import TestSupport

/// A client of one stream of a chat.
///
/// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
final class ChatReader: @unchecked Sendable {
  private let reader: EventReader

  init(_ reader: EventReader) {
    self.reader = reader
  }

  var status: Int? { reader.head?.status.code }
  var fields: HTTPFields { reader.head?.fields ?? HTTPFields() }
  var names: Set<String> { Set(reader.events.map(\.type)) }
  var events: [JSONValue] {
    reader.events.filter { $0.type == "message" }.compactMap { try? JSONValue(parsing: $0.data) }
  }
  var types: [String] { events.compactMap { $0["type"]?.string } }
  var workflow: String { events.first?["workflow_id"]?.string ?? "" }
  var task: String { String(workflow.dropFirst(3)) }
  var cursors: [String] { reader.events.map(\.lastEventID) }

  func all(_ type: String) -> [JSONValue] { events.filter { $0["type"]?.string == type } }

  /// Reads until so many events of a type have come.
  func read(_ type: String, _ count: Int = 1) async -> Bool {
    await onThread { [self] in reader.read { _ in all(type).count >= count } }
  }

  /// Reads to the end of the answer; true where it ends as answers do.
  func finish() async -> Bool { await onThread { [self] in reader.readBody() } }

  func disconnect() { reader.client.disconnect() }
}

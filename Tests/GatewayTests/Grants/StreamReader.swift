import HTTP
import JSON
import TestSupport

/// An event stream of a gateway as a client reads it, event after event.
///
/// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
final class StreamReader: @unchecked Sendable {
  private let reader: EventReader
  private var seen = 0

  init(_ reader: EventReader) {
    self.reader = reader
  }

  var status: Int? { reader.head?.status.code }
  var retryAfter: String? { reader.head?.fields["retry-after"] }
  /// The ids of all events so far that have one.
  var ids: [String] { reader.events.map(\.lastEventID).filter { !$0.isEmpty } }
  /// Milliseconds that it was told to wait, each time.
  var retries: [Int] {
    reader.items.compactMap { if case .retry(let milliseconds) = $0 { milliseconds } else { nil } }
  }
  var types: [String] { reader.events.map(\.type) }
  var texts: [String] { reader.texts }

  func begin() async throws {
    try await onThread { [self] in
      guard reader.read(until: { $0.head != nil }) else {
        throw TLSClient.Failure(description: "the stream did not begin")
      }
    }
  }

  /// The next event, which must be of this type: its data.
  func next(_ type: String) async throws -> JSONValue {
    try await onThread { [self] in
      guard reader.read(until: { $0.events.count > seen }) else {
        throw TLSClient.Failure(description: "no \(type) came, but the end (\(String(describing: reader.ending)))")
      }
      let event = reader.events[seen]
      seen += 1
      guard event.type == type else {
        throw TLSClient.Failure(
          description: "a \(event.type) came, not a \(type): \(String(decoding: event.data, as: UTF8.self))")
      }
      return try JSONValue(parsing: event.data)
    }
  }

  /// The reason in the last event, which must be the next one. Nothing of the stream comes behind it.
  func farewell() async throws -> String? {
    let data = try await next("bye")
    return await onThread { [self] in reader.readBody() && reader.events.count == seen } ? data["reason"]?.string : nil
  }

  /// Reads all that comes until the answer is complete or the connection ends.
  func finish() async {
    await onThread { [self] in _ = reader.readBody() }
  }

  func disconnect() { reader.client.disconnect() }
}

extension TestGateway {
  /// Opens a stream; returns when its head is there, whatever that says.
  func stream(
    _ lines: [String] = [], showing credential: TestCredential? = nil, method: HTTPMethod = .get
  ) async throws -> StreamReader {
    let stream = try await client(.people, showing: credential) { client in
      let reader = EventReader(client)
      try reader.ask("/api/session/stream", method, lines)
      return StreamReader(reader)
    }
    try await stream.begin()
    return stream
  }
}

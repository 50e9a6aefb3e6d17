import Journal
import Wire

/// One event stream: it has its connection to itself, and its own pace.
struct EventAudience: Audience {
  let stream: EventStream
  let epoch: String

  var loop: Loop { stream.loop }
  var transport: PresenceTransport { .sse }
  var outlet: Outlet { .stream(stream) }

  func begin(_ beginning: StreamBeginning) async throws {
    try await stream.send(StreamEvents.resume(beginning))
  }

  func show(_ word: String, _ standing: Standing, _ snapshots: [String: [UInt8]]) async throws {
    try await stream.send(StreamEvents.state(word, standing, snapshots: snapshots, epoch: epoch))
  }

  func send(_ records: [Record]) async throws -> Int {
    let event = RecordEvents.encode(records, epoch: epoch)
    try await stream.send(event)
    return event.byteCount
  }

  func awaitTurn() {}
  func endTurn() {}
}

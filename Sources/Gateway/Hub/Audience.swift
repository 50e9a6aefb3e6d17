import Journal
import Wire

/// Who is told of records, history first: an event stream, or one subscription of a WebSocket. All of it happens on its loop.
protocol Audience: Sendable {
  var loop: Loop { get }
  var transport: PresenceTransport { get }
  /// Where what happens goes, without waiting.
  var outlet: Outlet { get }

  /// Says how it goes on.
  func begin(_ beginning: StreamBeginning) async throws
  /// Says how the tasks stand: `snapshot` or `reset`.
  func show(_ word: String, _ standing: Standing, _ snapshots: [String: [UInt8]]) async throws
  /// Sends history, and returns when there is room for more. Gives how many bytes it was.
  func send(_ records: [Record]) async throws -> Int
  /// Returns when it is its turn to read and send a page of history. Behind it, `endTurn` is called.
  func awaitTurn() async throws
  func endTurn()
}

/// What is said first of how a stream of records goes on.
struct StreamBeginning: Sendable {
  let opening: StreamOpening
  /// What the client has shown, or where it begins.
  let from: Cursor
  /// Where the journal ends at this moment.
  let to: Cursor
  /// Records between them; nil when nobody has counted.
  let missed: Int64?
  /// From where it goes on.
  let cursor: Cursor
}

import Journal
import Wire

/// Where what a watcher hears of goes. On its loop alone.
enum Outlet {
  /// To a client. What it cannot take ends it.
  case stream(EventStream)
  /// The same over a WebSocket.
  case socket(WebSocket)
  /// To somebody inside the gateway, who fetches it. What does not fit is read in the journal again.
  case shelf(Shelf)
  /// To somebody inside the gateway, who is told at once, and wants no more when this says so.
  case ear(@Sendable ([Record]) -> Bool)

  enum Reception {
    case taken
    /// Not now: it is to be read in the journal.
    case full
    /// Never again.
    case over
  }

  func offer(_ run: LiveRun, _ sent: inout Sent) -> Reception {
    switch self {
    case .stream(let stream):
      guard stream.offer(run.event) else { return .over }
      sent.add(run.recordCount, bytes: run.event.byteCount)
      return .taken
    case .socket(let socket):
      guard socket.offer(run.message) else { return .over }
      sent.add(run.recordCount, bytes: run.message.byteCount)
      return .taken
    case .shelf(let shelf):
      return shelf.put(run) ? .taken : .full
    case .ear(let hear):
      return run.batches.allSatisfy { hear($0.records) } ? .taken : .over
    }
  }
}

/// Records that wait to be fetched.
final class Shelf {
  /// Bytes that it holds. Records are shared with all who watch; this is what a reader who is slow may keep alive.
  static let limit = 256 << 10

  private var records: [Record] = []
  private var bytes = 0

  /// False when it has no room.
  func put(_ run: LiveRun) -> Bool {
    guard bytes + run.size <= Self.limit else { return false }
    for batch in run.batches { records += batch.records }
    bytes += run.size
    return true
  }

  /// All of it; nil when there is nothing.
  func take() -> [Record]? {
    guard !records.isEmpty else { return nil }
    defer { (records, bytes) = ([], 0) }
    return records
  }
}

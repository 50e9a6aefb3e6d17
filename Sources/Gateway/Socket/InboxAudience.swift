import Journal
import Synchronization
import Wire

/// Whoever has the questions of all tasks: hears every record that the client may see, and keeps those that are about questions.
final class InboxAudience: Audience {
  enum News: Sendable {
    /// From here on nothing is missed.
    case began(StreamBeginning)
    case happened(Record)
  }

  /// What may wait while questions are looked up and read.
  private static let limit = 10_000

  let loop: Loop
  let news: AsyncStream<News>
  private let continuation: AsyncStream<News>.Continuation
  private let overflow = Atomic<Bool>(false)

  init(loop: Loop) {
    self.loop = loop
    (news, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.limit))
  }

  /// There was more than anybody fetched, and it is over.
  var hasMissed: Bool { overflow.load(ordering: .acquiring) }

  func close() { continuation.finish() }

  private func hear(_ records: [Record]) -> Bool {
    for record in records where record.kind == .question {
      guard case .dropped = continuation.yield(.happened(record)) else { continue }
      overflow.store(true, ordering: .releasing)
      close()
      return false
    }
    return true
  }

  var transport: PresenceTransport { .ws }
  var outlet: Outlet { .ear { [self] in hear($0) } }

  func begin(_ beginning: StreamBeginning) {
    continuation.yield(.began(beginning))
  }

  /// Nobody has asked how the tasks stand.
  func show(_ word: String, _ standing: Standing, _ snapshots: [String: [UInt8]]) {}

  func send(_ records: [Record]) -> Int {
    _ = hear(records)
    return 0
  }

  func awaitTurn() {}
  func endTurn() {}
}

import Journal
import Wire

/// One subscription of a socket. What happens is offered like to any stream; history waits for its turn among the others, and for the client.
struct SocketAudience: Audience {
  let connection: SocketConnection
  let socket: WebSocket
  let subscription: String
  let epoch: String
  let turns: LoopConfined<PageTurns>
  /// History goes on when less than this waits for the client.
  let settlingMark: Int

  var loop: Loop { socket.loop }
  var transport: PresenceTransport { .ws }
  var outlet: Outlet { .socket(socket) }

  func begin(_ beginning: StreamBeginning) throws {
    try Task.checkCancellation()
    connection.assumeIsolated { $0.acknowledge(subscription, beginning) }
  }

  func show(_ word: String, _ standing: Standing, _ snapshots: [String: [UInt8]]) async throws {
    let message = ServerMessage.state(word, standing, snapshots, of: subscription, epoch: epoch)
    try await send(EncodedMessage(text: message.bytes))
  }

  func send(_ records: [Record]) async throws -> Int {
    let message = RecordMessage(records, epoch: epoch).message
    try await send(message)
    return message.byteCount
  }

  private func send(_ message: EncodedMessage) async throws {
    try Task.checkCancellation()
    try await socket.send(message, settlingBelow: settlingMark)
  }

  func awaitTurn() async throws {
    if !turns.withValue({ $0.take() }) {
      await withCheckedContinuation { continuation in turns.withValue { $0.wait(continuation) } }
    }
    guard !Task.isCancelled else {
      endTurn()
      throw CancellationError()
    }
  }

  func endTurn() {
    turns.withValue { $0.release() }
  }
}

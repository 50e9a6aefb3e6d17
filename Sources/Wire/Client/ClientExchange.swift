import HTTP

/// A connection that had waited for this call has ended without a byte of an answer.
struct StaleConnection: Error {
  let error: ClientError
  /// The request was on its way: the server may have seen it.
  let hasSent: Bool
}

/// One request and its answer on an outgoing connection. Belongs to the connection's actor and never leaves it.
final class ClientExchange {
  typealias ID = UInt64

  /// How far the request is.
  enum Sending {
    /// The writer adds to the body; bytes that a promised length still lacks, if there is one.
    case streaming(lacking: Int?)
    /// All of it is in the queue.
    case queued
    /// No more is sent: the answer is over, or the connection broken.
    case stopped
  }

  /// How far the answer is.
  enum Receiving {
    case head
    case body
    case complete
    case failed(any Error)
  }

  let id: ID
  let request: ClientRequest
  let deadlines: ClientDeadlines
  let totalEnd: ContinuousClock.Instant?
  /// The connection has served another request before this one.
  let isOnReusedConnection: Bool
  var sending = Sending.queued
  var receiving = Receiving.head
  var head: ResponseHead?
  /// Since when the whole request is out.
  var sentAt: ContinuousClock.Instant?
  var hasReceived = false
  /// Whoever waits for the head, or for a piece of the body.
  var reader: CheckedContinuation<Void, Never>?
  /// The body's maker at work.
  var task: Task<Void, Never>?
  private var pieces: [[UInt8]] = []
  private(set) var waitingBytes = 0

  init(
    id: ID, request: ClientRequest, deadlines: ClientDeadlines, totalEnd: ContinuousClock.Instant?,
    isOnReusedConnection: Bool
  ) {
    self.id = id
    self.request = request
    self.deadlines = deadlines
    self.totalEnd = totalEnd
    self.isOnReusedConnection = isOnReusedConnection
  }

  /// The answer has ended, one way or the other.
  var isAnswered: Bool {
    switch receiving {
    case .head, .body: false
    case .complete, .failed: true
    }
  }

  var isComplete: Bool {
    if case .complete = receiving { true } else { false }
  }

  /// No byte of the request is still to be made. Its maker may not have noticed yet.
  var isWholeRequestQueued: Bool {
    switch sending {
    case .queued, .streaming(lacking: 0): true
    case .streaming, .stopped: false
    }
  }

  /// There is nothing to wait for.
  var hasNews: Bool { isAnswered || !pieces.isEmpty }

  func add(_ piece: [UInt8]) {
    pieces.append(piece)
    waitingBytes += piece.count
    wakeReader()
  }

  func takePiece() -> [UInt8]? {
    guard !pieces.isEmpty else { return nil }
    let piece = pieces.removeFirst()
    waitingBytes -= piece.count
    return piece
  }

  func dropPieces() {
    pieces = []
    waitingBytes = 0
  }

  func begin(_ head: ResponseHead) {
    self.head = head
    receiving = .body
    wakeReader()
  }

  func complete() {
    receiving = .complete
    wakeReader()
  }

  func fail(_ error: any Error) {
    guard !isAnswered else { return }
    receiving = .failed(error)
    wakeReader()
  }

  private func wakeReader() {
    reader?.resume()
    reader = nil
  }
}

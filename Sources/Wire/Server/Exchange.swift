import HTTP
import Telemetry

/// One request and its answer on a connection. Belongs to the connection's actor and never leaves it.
final class Exchange {
  typealias ID = UInt64

  let id: ID
  let head: RequestHead
  let route: String
  let requestID: RequestID
  let startedAt: ContinuousClock.Instant
  let bodyEnd: ContinuousClock.Instant
  /// The peer's end is worth knowing before there is an answer.
  let endsWithPeer: Bool
  var answerEnd: ContinuousClock.Instant
  var body = BodyState()
  var answer = AnswerState.pending
  /// Set while the answer is an event stream.
  var events: EventStreamState?
  /// The handler at work.
  var task: Task<Void, Never>?
  var status: HTTPStatus?
  var bytesIn = 0
  var bytesOut = 0
  var isRecorded = false
  /// Said in the answer's head: another request may follow.
  var keepsConnection = false

  init(
    id: ID, head: RequestHead, route: String, requestID: RequestID, options: Router.Options, deadlines: Deadlines,
    now: ContinuousClock.Instant
  ) {
    self.id = id
    self.head = head
    self.route = route
    self.requestID = requestID
    startedAt = now
    bodyEnd = now + deadlines.body
    answerEnd = now + options.answerWithin
    endsWithPeer = options.endsWithPeer
    body.owesContinue = head.expectsContinue
  }

  /// What has come of the body, and who waits for more of it.
  struct BodyState {
    enum Progress {
      case coming
      case complete
      case failed(any Error)
    }

    var pieces: [[UInt8]] = []
    var waitingBytes = 0
    var progress = Progress.coming
    /// Told when there is more to look at: a piece, the end, a failure.
    var reader: CheckedContinuation<Void, Never>?
    /// The client waits for `100 Continue` before it sends the body.
    var owesContinue = false

    var isComplete: Bool {
      if case .complete = progress { true } else { false }
    }

    var isComing: Bool {
      if case .coming = progress { true } else { false }
    }
  }

  /// How far the answer is.
  enum AnswerState: Equatable {
    /// The handler has not answered.
    case pending
    /// The head is out and a writer adds to the body; bytes that a promised length still lacks, if there is one.
    case streaming(chunked: Bool, lacking: Int?)
    /// All of it is in the queue.
    case complete
  }

  /// Nobody knows when the answer will be complete, so the peer's end is not to be waited out.
  var hasOpenEnd: Bool {
    switch answer {
    case .pending: endsWithPeer
    case .streaming(_, let lacking): lacking == nil
    case .complete: false
    }
  }

  func add(_ piece: [UInt8]) {
    bytesIn += piece.count
    body.pieces.append(piece)
    body.waitingBytes += piece.count
    wakeReader()
  }

  func takePiece() -> [UInt8]? {
    guard !body.pieces.isEmpty else { return nil }
    let piece = body.pieces.removeFirst()
    body.waitingBytes -= piece.count
    return piece
  }

  func completeBody() {
    body.progress = .complete
    wakeReader()
  }

  func failBody(_ error: any Error) {
    guard body.isComing else { return }
    body.progress = .failed(error)
    wakeReader()
  }

  private func wakeReader() {
    body.reader?.resume()
    body.reader = nil
  }
}

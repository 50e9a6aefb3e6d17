/// Reads the body of one message in pieces of bounded length, as its head says that it is framed.
struct BodyReader: Sendable {
  struct Limits: Sendable {
    /// Bytes of body in one piece.
    var maxPiece: Int
    /// `maxBody` counts for every framing; the lengths that heads announce are checked with the head.
    var chunks: ChunkedDecoder.Limits
  }

  enum Step {
    case needsMore
    /// Never empty.
    case piece([UInt8])
    case end(trailers: HTTPFields)
  }

  private enum Phase {
    case length(remaining: Int)
    case chunks
    /// Everything until the connection ends.
    case rest(taken: Int)
    /// What came before the fault is given out first.
    case faulty(MessageFault)
    case end(HTTPFields)
  }

  private let maxPiece: Int
  private var maxBody: Int
  private var phase: Phase
  private var decoder: ChunkedDecoder

  init(_ framing: BodyFraming, limits: Limits) {
    let phase: Phase =
      switch framing {
      case .none, .length(0): .end(HTTPFields())
      case .length(let length): .length(remaining: length)
      case .chunked: .chunks
      }
    self.init(phase, limits)
  }

  private init(_ phase: Phase, _ limits: Limits) {
    self.phase = phase
    maxPiece = limits.maxPiece
    maxBody = limits.chunks.maxBody
    decoder = ChunkedDecoder(limits: limits.chunks)
  }

  /// A body whose end is the end of the connection.
  static func untilClose(limits: Limits) -> BodyReader {
    BodyReader(.rest(taken: 0), limits)
  }

  /// The end of the connection is the end of the body and cuts nothing off.
  var endsWithConnection: Bool {
    if case .rest = phase { true } else { false }
  }

  /// Sets how long the body may be, for one that is not begun.
  mutating func limit(to maxBody: Int) {
    self.maxBody = maxBody
    if case .length(let remaining) = phase, remaining > maxBody { phase = .faulty(.bodyTooLarge(maxBody)) }
    decoder.limitBody(to: maxBody)
  }

  /// Takes the next piece off the front of `input`.
  mutating func next(_ input: inout ByteQueue) throws(MessageFault) -> Step {
    while true {
      switch phase {
      case .length(let remaining):
        let length = min(remaining, input.count, maxPiece)
        if length == 0 { return .needsMore }
        phase = length == remaining ? .end(HTTPFields()) : .length(remaining: remaining - length)
        return .piece(input.take(length))
      case .chunks:
        if let step = decodeChunks(&input) { return step }
      case .rest(let taken):
        if input.count == 0 { return .needsMore }
        let length = min(maxBody - taken, input.count, maxPiece)
        guard length > 0 else { throw .bodyTooLarge(maxBody) }
        phase = .rest(taken: taken + length)
        return .piece(input.take(length))
      case .faulty(let fault):
        throw fault
      case .end(let trailers):
        return .end(trailers: trailers)
      }
    }
  }

  /// Nil when there was no data before the end or the fault.
  private mutating func decodeChunks(_ input: inout ByteQueue) -> Step? {
    var piece: [UInt8] = []
    var isWaiting = false
    do throws(MessageFault) {
      switch try decoder.decode(&input, into: &piece, upTo: maxPiece) {
      case .needsMore: isWaiting = true
      case .full: break
      case .finished(let trailers): phase = .end(trailers)
      }
    } catch {
      phase = .faulty(error)
    }
    if !piece.isEmpty { return .piece(piece) }
    return isWaiting ? .needsMore : nil
  }
}

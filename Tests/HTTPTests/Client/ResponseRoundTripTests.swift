import HTTP
import TestSupport
import Testing

/// What the writer of answers writes is what the reader of answers reads.
struct ResponseRoundTripTests {
  private struct Sent {
    var method: HTTPMethod
    var head: ResponseHead
    var body: [UInt8]
    var trailers: HTTPFields
    var keepAlive: Bool
    var bytes: [UInt8]
  }

  private static func send(_ random: inout SeededRandom, isLast: Bool) -> Sent {
    let codes = [200, 201, 204, 304, 404, 500, 599]
    let status = HTTPStatus(code: codes[Int.random(in: codes.indices, using: &random)])
    let method: HTTPMethod = Int.random(in: 0..<4, using: &random) == 0 ? .head : .get
    var framing = ResponseFraming.none
    var body: [UInt8] = []
    if !status.forbidsBody {
      let hasBody = method != .head
      body = hasBody ? random.bytes(Int.random(in: 0...3000, using: &random)) : []
      let isUntilClose = isLast && Bool.random(using: &random)
      framing = isUntilClose ? .untilClose : Bool.random(using: &random) ? .chunked : .length(body.count)
    }
    let keepAlive = !isLast
    let head = ResponseHead(status, fields: fields(&random))
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...2, using: &random) { bytes += ResponseEncoder.continue100 }
    ResponseEncoder.head(
      head, framing: framing, version: .http11, keepAlive: keepAlive, date: nil, into: &bytes)
    var trailers = HTTPFields()
    if framing == .chunked, method != .head {
      trailers = fields(&random)
      var rest = body[...]
      while !rest.isEmpty {
        let length = Int.random(in: 1...1000, using: &random)
        ChunkEncoder.chunk(Array(rest.prefix(length)), into: &bytes)
        rest = rest.dropFirst(length)
      }
      ChunkEncoder.lastChunk(trailers: trailers, into: &bytes)
    } else {
      bytes += body
    }
    return Sent(method: method, head: head, body: body, trailers: trailers, keepAlive: keepAlive, bytes: bytes)
  }

  private static func fields(_ random: inout SeededRandom) -> HTTPFields {
    var fields = HTTPFields()
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let value = random.bytes(Int.random(in: 0...30, using: &random)).filter { $0 > 0x20 && $0 != 0x7f }
      fields.append("x-\(random.next() % 3)", String(String.UnicodeScalarView(value.map { UnicodeScalar($0) })))
    }
    return fields
  }

  @Test(arguments: 0..<200)
  func `written answers are read back, however they are cut`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let count = Int.random(in: 1...4, using: &random)
    let sent = (1...count).map { Self.send(&random, isLast: $0 == count && seed % 2 == 0) }
    let bytes = sent.flatMap(\.bytes)
    let log = ResponseLog(bytes, to: sent.map(\.method), thenEnd: !sent[count - 1].keepAlive) {
      Int.random(in: 1...500, using: &random)
    }
    var expected: [ResponseReader.Event] = []
    for answer in sent {
      expected.append(.head(answer.head))
      if !answer.body.isEmpty { expected.append(.body(answer.body)) }
      expected.append(.end(trailers: answer.trailers))
    }
    #expect(log.events.map(Self.withoutOwnFields) == expected)
    #expect(log.reader.mayReuseConnection == sent[count - 1].keepAlive)
  }

  /// The fields of the writer's own are not what it was given.
  private static func withoutOwnFields(_ event: ResponseReader.Event) -> ResponseReader.Event {
    guard case .head(var head) = event else { return event }
    for name in ["connection", "content-length", "transfer-encoding"] { head.fields.remove(name) }
    return .head(head)
  }
}

import HTTP
import Testing

/// Each limit is exact: what just fits passes, one byte or one piece more is a fault.
struct ResponseLimitTests {
  private static let limits = {
    var limits = ResponseLimits()
    limits.maxStatusLine = 20
    limits.maxFieldLine = 30
    limits.maxFieldSection = 70
    limits.maxFieldCount = 3
    limits.maxBody = 10
    limits.maxChunkExtension = 5
    limits.maxTrailerSection = 12
    limits.maxTrailerCount = 2
    limits.maxInterimCount = 2
    return limits
  }()

  private static let chunked = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n"
  private static let interim = "HTTP/1.1 100 \r\n\r\n"
  private static let length = "HTTP/1.1 200 \r\nContent-Length: "

  static let cases: [(text: String, kind: MessageFault.Kind?)] = [
    ("HTTP/1.1 200 1234567\r\n\r\n", nil), ("HTTP/1.1 200 12345678\r\n\r\n", .fieldsTooLarge),
    ("HTTP/1.1 204 \r\nA: 345678901234567890123456789\r\n\r\n", nil),
    ("HTTP/1.1 204 \r\nA: 3456789012345678901234567890\r\n\r\n", .fieldsTooLarge),
    ("HTTP/1.1 204 \r\nA: 345678901234567890123456789\r\nA: 345678901234567890123456789\r\nA:34\r\n\r\n", nil),
    (
      "HTTP/1.1 204 \r\nA: 345678901234567890123456789\r\nA: 345678901234567890123456789\r\nA:345\r\n\r\n",
      .fieldsTooLarge
    ),
    ("HTTP/1.1 204 \r\nA:\r\nA:\r\nA:\r\n\r\n", nil),
    ("HTTP/1.1 204 \r\nA:\r\nA:\r\nA:\r\nA:\r\n\r\n", .fieldsTooLarge),
    (length + "10\r\n\r\n0123456789", nil), (length + "11\r\n\r\n", .bodyTooLarge),
    ("HTTP/1.1 200 \r\n\r\n0123456789", nil), ("HTTP/1.1 200 \r\n\r\n0123456789a", .bodyTooLarge),
    (chunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", nil), (chunked + "5\r\n01234\r\n6\r\n", .bodyTooLarge),
    (chunked + "1;abc\r\n0\r\n1;abc\r\n1\r\n0;abc\r\n\r\n", nil), (chunked + "1;abcde\r\n", .malformed),
    (chunked + "0\r\nA:b\r\nC:d\r\n\r\n", nil), (chunked + "0\r\nA:b\r\nC:d\r\nE", .fieldsTooLarge),
    (chunked + "0\r\nA:b\r\nC:def\r\n\r\n", nil), (chunked + "0\r\nA:b\r\nC:defg\r\n", .fieldsTooLarge),
    (interim + interim + "HTTP/1.1 204 \r\n\r\n", nil), (interim + interim + interim, .malformed),
  ]

  @Test(arguments: cases.indices)
  func `what is larger is a fault, at once`(index: Int) {
    let (text, kind) = Self.cases[index]
    for cut in [0, 1] {
      let log = ResponseLog(text.bytes, limits: Self.limits, thenEnd: kind == nil) { cut }
      #expect(log.fault?.kind == kind)
      #expect(log.endCount == (kind == nil ? 1 : 0))
    }
  }

  @Test func `until the close, what fits is given out before the fault`() {
    let log = ResponseLog("HTTP/1.1 200 \r\n\r\n0123456789abc".bytes, limits: Self.limits) { 4 }
    #expect(log.body == "0123456789".bytes)
    #expect(log.fault?.kind == .bodyTooLarge)
  }

  @Test func `the length that HEAD and 304 tell is no body and not limited`() {
    let head = ResponseLog((Self.length + "99\r\n\r\n").bytes, to: [.head], limits: Self.limits)
    #expect(head.endCount == 1)
    let notModified = ResponseLog("HTTP/1.1 304 \r\nContent-Length: 99\r\n\r\n".bytes, limits: Self.limits)
    #expect(notModified.endCount == 1)
  }

  @Test func `interim answers are counted for each answer anew`() {
    let one = Self.interim + Self.interim + "HTTP/1.1 204 \r\n\r\n"
    #expect(ResponseLog((one + one).bytes, to: [.get, .get], limits: Self.limits).endCount == 2)
  }

  /// A stream may go on for years: no sum over its chunks may end it.
  @Test func `the default limits do not end a stream of chunks with extensions`() {
    var log = ResponseLog()
    log.receive(Self.chunked.bytes)
    let chunk = ("1;" + String(repeating: "e", count: 1000) + "\r\nx\r\n").bytes
    for _ in 0..<100 { log.receive(chunk) }
    #expect(log.body.count == 100 && log.fault == nil)
  }
}

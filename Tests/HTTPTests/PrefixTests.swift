import HTTP
import Testing

struct PrefixTests {
  private static let head = "POST /echo?a=b HTTP/1.1\r\nHost: [::1]:80\r\nAccept: */*\r\nX: \u{e9}\r\n"

  /// Good requests: the text of the head, and that of the rest.
  static let requests: [(head: String, rest: String)] = [
    ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""),
    ("GET http://a.example:80/x HTTP/1.1\r\nHost: a\r\n\r\n", ""),
    ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", ""),
    ("GET / HTTP/1.0\r\n\r\n", ""),
    (head + "\r\n", ""),
    (head + "Content-Length: 11\r\n\r\n", "hello\r\n\r\nwo"),
    (
      head + "Transfer-Encoding: chunked\r\n\r\n",
      "5;a=\"b\\\"\";c\r\nhello\r\n00a\r\n0123456789\r\n0\r\nT: 1\r\nU: 2\r\n\r\n"
    ),
    (
      "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", ""
    ),
  ]

  @Test(arguments: requests.indices)
  func `no beginning of a good request is refused or yields early`(index: Int) {
    let request = Self.requests[index]
    let headLength = request.head.bytes.count
    let bytes = (request.head + request.rest).bytes
    for length in 0..<bytes.count {
      let log = EventLog(Array(bytes.prefix(length)))
      #expect(log.refusal == nil, "refused after \(length) bytes")
      #expect(log.heads.count == (length < headLength ? 0 : 1), "after \(length) bytes")
      let ends = log.events.contains { if case .end = $0 { true } else { false } }
      #expect(!ends, "ended after \(length) bytes")
    }
    guard case .end? = EventLog(bytes).events.last else { return #expect(Bool(false), "not ended") }
  }

  @Test(arguments: requests.indices)
  func `each data byte of a body is given out as soon as it came`(index: Int) {
    let request = Self.requests[index]
    var log = EventLog()
    var given = 0
    for byte in (request.head + request.rest).bytes {
      log.receive([byte])
      guard case .body(let body)? = log.events.last, body.count != given else { continue }
      #expect(body.last == byte)
      given = body.count
    }
  }

  /// What is not a request is known as such at once, not at the end of a line.
  @Test(arguments: [
    ("\u{16}", 1), ("\0", 1), (" ", 1), ("\n", 1), ("{", 1), ("GET\t", 4), ("GET  ", 5), ("GET /\u{80}", 6),
    ("GET / X", 7), ("CONNECT ", 8), ("GET / HTTP/2.0\r", 15), ("GET / HTTP/1.1\n", 15),
    ("GET / HTTP/1.1\r\n ", 17), ("GET / HTTP/1.1\r\nHost ", 21), ("GET / HTTP/1.1\r\nHost: a\0", 24),
  ])
  func `a refusal comes at the first bad byte`(text: String, length: Int) {
    #expect(EventLog(Array(text.bytes.prefix(length - 1))).refusal == nil)
    #expect(EventLog(text.bytes).refusal != nil)
  }
}

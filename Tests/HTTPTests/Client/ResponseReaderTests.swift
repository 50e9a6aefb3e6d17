import HTTP
import Testing

struct ResponseReaderTests {
  private static let ok = "HTTP/1.1 200 OK\r\n"
  private static let empty = ok + "Content-Length: 0\r\n\r\n"
  private static let end = ResponseReader.Event.end(trailers: HTTPFields())

  private static func reader(
    _ text: String, to methods: HTTPMethod..., limits: ResponseLimits = ResponseLimits()
  ) -> ResponseReader {
    var reader = ResponseReader(limits: limits)
    for method in methods { reader.expect(responseTo: method) }
    reader.append(text.bytes)
    return reader
  }

  @Test func `an answer is a head, a body and an end`() {
    var reader = Self.reader("HTTP/1.1 201 Made \u{fc}\r\nA: b\r\ncontent-length: 2\r\n\r\nhi", to: .post)
    guard case .head(let head) = reader.next() else { Issue.record("There is no head."); return }
    #expect(head.status.code == 201 && head.status.reason == "Made \u{fc}")
    #expect(head.fields == HTTPFields([("a", "b"), ("content-length", "2")]))
    #expect(!reader.mayReuseConnection && !reader.isIdle)
    #expect(reader.next() == .body("hi".bytes))
    #expect(!reader.mayReuseConnection && !reader.isIdle)
    #expect(reader.next() == Self.end)
    #expect(reader.mayReuseConnection && reader.isIdle)
    #expect(reader.next() == .needsMore)
  }

  @Test func `bytes come as a span too`() {
    var reader = ResponseReader()
    reader.expect(responseTo: .get)
    let bytes = Self.empty.bytes
    reader.append(bytes.span)
    #expect(reader.bufferedCount == bytes.count)
    #expect(reader.next() == .head(ResponseHead(.ok, fields: HTTPFields([("content-length", "0")]))))
  }

  @Test(arguments: ["HTTP/1.1 200\r\n", "HTTP/1.1 200 \r\n", "HTTP/1.0 200 \r\n"])
  func `the reason may be absent`(line: String) {
    var reader = Self.reader(line + "\r\n", to: .get)
    guard case .head(let head) = reader.next() else { Issue.record("There is no head."); return }
    #expect(head.status.reason.isEmpty)
  }

  @Test func `what is not pulled is not parsed`() {
    var reader = Self.reader(Self.empty + "\0", to: .get, .get)
    guard case .head = reader.next() else { Issue.record("There is no head."); return }
    #expect(reader.bufferedCount == 1)
    #expect(reader.next() == Self.end)
    guard case .failed = reader.next() else { Issue.record("There is no fault."); return }
    #expect(reader.bufferedCount == 0)
  }

  @Test func `a fault lasts, and nothing is stored behind it`() {
    var reader = Self.reader("\0", to: .get)
    let failed = reader.next()
    guard case .failed = failed else { Issue.record("There is no fault."); return }
    reader.append(Self.empty.bytes)
    #expect(reader.bufferedCount == 0)
    #expect(reader.next() == failed)
    #expect(reader.connectionEnded() == failed)
    #expect(!reader.mayReuseConnection && !reader.isIdle)
  }

  @Test func `a body comes as it arrives, in bounded pieces`() {
    var limits = ResponseLimits()
    limits.maxBodyPiece = 4
    for framing in ["Content-Length: 10\r\n", ""] {
      var reader = Self.reader(Self.ok + framing + "\r\n0123456", to: .get, limits: limits)
      _ = reader.next()
      #expect(reader.next() == .body("0123".bytes))
      #expect(reader.next() == .body("456".bytes))
      #expect(reader.next() == .needsMore)
      reader.append("789".bytes)
      #expect(reader.next() == .body("789".bytes))
      #expect(reader.connectionEnded() == Self.end)
    }
  }

  @Test func `chunks come together, in bounded pieces, with their trailers`() {
    var limits = ResponseLimits()
    limits.maxBodyPiece = 4
    var reader = Self.reader(
      Self.ok + "Transfer-Encoding: Chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n3;x\r\ndef\r\n0\r\nX-Sum: 7\r\n\r\n", to: .get,
      limits: limits)
    _ = reader.next()
    #expect(reader.next() == .body("abcd".bytes))
    #expect(reader.next() == .body("ef".bytes))
    #expect(reader.next() == .end(trailers: HTTPFields([("x-sum", "7")])))
    #expect(reader.mayReuseConnection)
  }

  @Test func `the data before a faulty chunk is given out first`() {
    var reader = Self.reader(Self.ok + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\nxyz", to: .get)
    _ = reader.next()
    #expect(reader.next() == .body("a".bytes))
    guard case .failed(let fault) = reader.next() else { Issue.record("There is no fault."); return }
    #expect(fault.kind == .malformed)
  }

  @Test func `interim answers are skipped`() {
    let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    let log = ResponseLog(("HTTP/1.1 100 Continue\r\n\r\n" + hints + Self.empty).bytes)
    #expect(log.heads.map(\.status.code) == [200])
    #expect(log.heads.first?.fields.contains("link") == false)
  }

  @Test func `a 101 is a head and an end, and the bytes behind it are another protocol's`() {
    let upgrade = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
    var reader = Self.reader(upgrade + "\u{81}\u{2}hi", to: .get)
    guard case .head(let head) = reader.next() else { Issue.record("There is no head."); return }
    #expect(head.status == .switchingProtocols && head.fields["upgrade"] == "websocket")
    #expect(reader.next() == Self.end)
    #expect(reader.next() == .needsMore)
    #expect(!reader.mayReuseConnection && !reader.isIdle)
    reader.append("more".bytes)
    #expect(reader.takeBuffered() == "\u{81}\u{2}himore".bytes)
    reader.append("more".bytes)
    #expect(reader.bufferedCount == 0)
    #expect(reader.next() == .needsMore)
  }

  @Test func `an answer nobody asked for is a fault`() {
    var reader = ResponseReader()
    #expect(reader.next() == .needsMore)
    #expect(reader.isIdle && reader.mayReuseConnection)
    reader.append("H".bytes)
    #expect(!reader.isIdle && !reader.mayReuseConnection)
    guard case .failed(let fault) = reader.next() else { Issue.record("There is no fault."); return }
    #expect(fault.kind == .malformed)
  }

  @Test func `answers to several requests come in their order`() {
    let log = ResponseLog(
      (Self.ok + "Content-Length: 3\r\n\r\n" + Self.ok + "Content-Length: 3\r\n\r\nabc" + Self.empty).bytes,
      to: [.head, .get, .delete])
    #expect(log.endCount == 3 && log.body == "abc".bytes && log.fault == nil)
    #expect(log.reader.mayReuseConnection)
  }

  @Test func `behind a last answer it drops what comes, and a further request is not answered`() {
    var reader = Self.reader(Self.ok + "Connection: close\r\nContent-Length: 0\r\n\r\n" + Self.empty, to: .get)
    _ = reader.next()
    #expect(reader.next() == Self.end)
    reader.append("x".bytes)
    #expect(reader.bufferedCount == 0 && reader.next() == .needsMore)
    #expect(reader.isIdle && !reader.mayReuseConnection)
    reader.expect(responseTo: .get)
    guard case .failed(let fault) = reader.next() else { Issue.record("There is no fault."); return }
    #expect(fault.kind == .truncated)
  }
}

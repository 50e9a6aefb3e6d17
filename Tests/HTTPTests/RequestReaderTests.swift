import HTTP
import Testing

struct RequestReaderTests {
  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
  private static let post = "POST / HTTP/1.1\r\nHost: a\r\n"

  @Test func `a request without a body is a head and an end`() throws {
    var reader = RequestReader()
    #expect(reader.next() == .needsMore)
    reader.append(Self.get.bytes)
    guard case .head(let head) = reader.next() else { throw Unexpected.event }
    #expect(head.framing == .none)
    #expect(reader.next() == .end(trailers: HTTPFields()))
    #expect(reader.next() == .needsMore)
  }

  @Test func `bytes come as a span too`() {
    var reader = RequestReader()
    let bytes = Self.get.bytes
    reader.append(bytes.span)
    #expect(reader.bufferedCount == bytes.count)
    guard case .head = reader.next() else { Issue.record("There is no head."); return }
  }

  @Test func `what is not pulled is not parsed`() {
    var reader = RequestReader()
    reader.append((Self.get + "\0").bytes)
    guard case .head = reader.next() else { Issue.record("There is no head."); return }
    #expect(reader.bufferedCount == 1)
    #expect(reader.next() == .end(trailers: HTTPFields()))
    #expect(reader.bufferedCount == 1)
    guard case .refused = reader.next() else { Issue.record("There is no refusal."); return }
    #expect(reader.bufferedCount == 0)
  }

  @Test func `after a refusal it stays refused and stores nothing`() {
    var reader = RequestReader()
    reader.append("\0".bytes)
    let refused = reader.next()
    guard case .refused = refused else { Issue.record("There is no refusal."); return }
    reader.append(Self.get.bytes)
    #expect(reader.bufferedCount == 0)
    #expect(reader.next() == refused)
    #expect(!reader.isBetweenRequests)
  }

  @Test func `it knows when it is between requests`() {
    var reader = RequestReader()
    #expect(reader.isBetweenRequests)
    reader.append("\r\n".bytes)
    #expect(reader.next() == .needsMore)
    #expect(reader.isBetweenRequests)
    reader.append("G".bytes)
    #expect(!reader.isBetweenRequests)
    #expect(reader.next() == .needsMore)
    #expect(!reader.isBetweenRequests)
    reader.append(Self.get.dropFirst().description.bytes)
    _ = reader.next()
    #expect(!reader.isBetweenRequests)
    _ = reader.next()
    #expect(reader.isBetweenRequests)
  }

  @Test func `behind the last request it drops what comes`() {
    var reader = RequestReader()
    reader.append(("GET / HTTP/1.0\r\n\r\n" + Self.get).bytes)
    _ = reader.next()
    #expect(reader.next() == .end(trailers: HTTPFields()))
    reader.append(Self.get.bytes)
    #expect(reader.bufferedCount == 0)
    #expect(reader.next() == .needsMore)
    #expect(reader.isBetweenRequests)
  }

  @Test func `a body comes as it arrives, in bounded pieces`() {
    var limits = RequestLimits()
    limits.maxBodyPiece = 4
    var reader = RequestReader(limits: limits)
    reader.append((Self.post + "Content-Length: 10\r\n\r\n0123456").bytes)
    _ = reader.next()
    #expect(reader.next() == .body("0123".bytes))
    #expect(reader.next() == .body("456".bytes))
    #expect(reader.next() == .needsMore)
    reader.append("789".bytes)
    #expect(reader.next() == .body("789".bytes))
    #expect(reader.next() == .end(trailers: HTTPFields()))
  }

  @Test func `small chunks come together, in bounded pieces`() {
    var limits = RequestLimits()
    limits.maxBodyPiece = 4
    var reader = RequestReader(limits: limits)
    reader.append((Self.post + "Transfer-Encoding: chunked\r\n\r\n").bytes)
    _ = reader.next()
    reader.append("1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\nX-Sum: 7\r\n\r\n".bytes)
    #expect(reader.next() == .body("abcd".bytes))
    #expect(reader.next() == .body("ef".bytes))
    #expect(reader.next() == .end(trailers: HTTPFields([("x-sum", "7")])))
  }

  @Test func `the data before a faulty chunk is given out first`() {
    var reader = RequestReader()
    reader.append((Self.post + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\nxyz").bytes)
    _ = reader.next()
    #expect(reader.next() == .body("a".bytes))
    guard case .refused(let refusal) = reader.next() else { Issue.record("There is no refusal."); return }
    #expect(refusal.status == .badRequest)
  }

  @Test func `bytes behind an upgrade are handed over`() {
    var reader = RequestReader()
    reader.append((Self.get + "\u{81}\u{80}frame").bytes)
    _ = reader.next()
    _ = reader.next()
    #expect(reader.takeBuffered() == "\u{81}\u{80}frame".bytes)
    reader.append("more".bytes)
    #expect(reader.bufferedCount == 0)
    #expect(reader.next() == .needsMore)
  }

  @Test func `an idle reader gives back the room of a large request`() {
    var queue = ByteQueue()
    queue.append([UInt8](repeating: 1, count: 100_000))
    queue.consume(100_000)
    #expect(queue.capacity <= 2048)
  }
}

enum Unexpected: Error {
  case event
}

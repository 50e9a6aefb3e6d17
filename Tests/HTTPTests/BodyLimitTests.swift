import HTTP
import Testing

struct BodyLimitTests {
  private static func reader(_ rest: String, limits: RequestLimits = RequestLimits()) -> RequestReader {
    var reader = RequestReader(limits: limits)
    reader.append(("POST / HTTP/1.1\r\nHost: a\r\n" + rest).bytes)
    return reader
  }

  private static func status(_ event: RequestReader.Event) -> Int? {
    if case .refused(let refusal) = event { refusal.status.code } else { nil }
  }

  @Test(arguments: [(4, true), (5, false), (-1, true)])
  func `a length is held against the route's limit`(limit: Int, isRefused: Bool) {
    var reader = Self.reader("Content-Length: 5\r\n\r\nhello")
    _ = reader.next()
    reader.limitBody(to: limit)
    #expect((Self.status(reader.next()) == 413) == isRefused)
  }

  @Test func `a length is refused before its body came`() {
    var reader = Self.reader("Content-Length: 5\r\n\r\n")
    _ = reader.next()
    reader.limitBody(to: 4)
    #expect(Self.status(reader.next()) == 413)
  }

  @Test func `chunks are counted as their sizes come`() {
    var reader = Self.reader("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\n")
    _ = reader.next()
    reader.limitBody(to: 5)
    #expect(reader.next() == .body("abc".bytes))
    #expect(Self.status(reader.next()) == 413)
  }

  @Test func `all chunks count together`() {
    var reader = Self.reader("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n2\r\n")
    _ = reader.next()
    reader.limitBody(to: 5)
    #expect(reader.next() == .body("abcd".bytes))
    #expect(Self.status(reader.next()) == 413)
  }

  @Test func `a limit of nothing lets an empty body pass`() {
    var reader = Self.reader("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    _ = reader.next()
    reader.limitBody(to: 0)
    #expect(reader.next() == .end(trailers: HTTPFields()))
  }

  @Test func `a route's limit is for its request alone`() {
    var reader = Self.reader("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    _ = reader.next()
    reader.limitBody(to: 0)
    _ = reader.next()
    reader.append("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n".bytes)
    _ = reader.next()
    #expect(reader.next() == .body("a".bytes))
  }

  @Test func `a route cannot allow more than the reader`() {
    var limits = RequestLimits()
    limits.maxBody = 3
    var chunked = Self.reader("Transfer-Encoding: chunked\r\n\r\n4\r\n", limits: limits)
    _ = chunked.next()
    chunked.limitBody(to: 100)
    #expect(Self.status(chunked.next()) == 413)
    var sized = Self.reader("Content-Length: 4\r\n\r\n", limits: limits)
    #expect(Self.status(sized.next()) == 413)
    var fitting = Self.reader("Content-Length: 3\r\n\r\n", limits: limits)
    #expect(Self.status(fitting.next()) == nil)
  }
}

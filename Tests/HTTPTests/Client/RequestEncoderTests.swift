import HTTP
import TestSupport
import Testing

struct RequestEncoderTests {
  private static func head(
    _ method: HTTPMethod = .get, _ target: String = "/", fields: [(String, String)] = [], framing: BodyFraming = .none,
    keepAlive: Bool = true
  ) throws -> String {
    var output: [UInt8] = []
    RequestEncoder.head(
      method, try RequestTarget(parsing: target), authority: "a.example:8443", fields: HTTPFields(fields),
      framing: framing, keepAlive: keepAlive, into: &output)
    return String(output.map { Character(UnicodeScalar($0)) })
  }

  @Test func `a head has its line, Host and fields`() throws {
    #expect(try Self.head() == "GET / HTTP/1.1\r\nhost: a.example:8443\r\n\r\n")
    #expect(
      try Self.head(.delete, "/a%20b?c=d?e", fields: [("Accept", "*/*"), ("X", "\u{e9}")])
        == "DELETE /a%20b?c=d?e HTTP/1.1\r\nhost: a.example:8443\r\naccept: */*\r\nx: \u{e9}\r\n\r\n")
  }

  @Test func `the framing, the close and the upgrade are said by the writer`() throws {
    let begin = "POST / HTTP/1.1\r\nhost: a.example:8443\r\n"
    #expect(try Self.head(.post, framing: .length(0)) == begin + "content-length: 0\r\n\r\n")
    #expect(try Self.head(.post, framing: .chunked) == begin + "transfer-encoding: chunked\r\n\r\n")
    #expect(try Self.head(.post, keepAlive: false) == begin + "connection: close\r\n\r\n")
    #expect(
      try Self.head(.post, fields: [("Upgrade", "websocket")])
        == begin + "upgrade: websocket\r\nconnection: upgrade\r\n\r\n")
  }

  @Test(arguments: 0..<100)
  func `a written request is read back, however it is cut`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let target = try RequestTarget(parsing: "/" + String(repeating: "a/", count: Int(random.next() % 40)) + "?b=%C3%A9")
    let body = random.bytes(Int(random.next() % 3000))
    let isChunked = Bool.random(using: &random)
    let keepAlive = Bool.random(using: &random)
    var output: [UInt8] = []
    RequestEncoder.head(
      .put, target, authority: "[::1]:8443", fields: HTTPFields([("a", "1"), ("b", "\u{ff}")]),
      framing: isChunked ? .chunked : .length(body.count), keepAlive: keepAlive, into: &output)
    if isChunked {
      ChunkEncoder.chunk(body, into: &output)
      ChunkEncoder.lastChunk(into: &output)
    } else {
      output += body
    }
    let log = EventLog(output) { Int.random(in: 1...200, using: &random) }
    let head = try #require(log.heads.first)
    #expect(head.method == .put && head.target == target && head.authority == "[::1]:8443")
    #expect(head.keepAlive == keepAlive && head.fields["a"] == "1" && head.fields["b"] == "\u{ff}")
    var events: [RequestReader.Event] = [.head(head), .end(trailers: HTTPFields())]
    if !body.isEmpty { events.insert(.body(body), at: 1) }
    #expect(log.events == events)
  }

  @Test func `what is no request is the program's mistake`() async {
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      RequestEncoder.head(.get, try RequestTarget(parsing: "https://a/"), authority: "a", into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      RequestEncoder.head(.options, try RequestTarget(parsing: "*", method: .options), authority: "a", into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      RequestEncoder.head(.get, try RequestTarget(parsing: "/"), authority: "a\r\nb: c", into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      let fields = HTTPFields([("Host", "b")])
      RequestEncoder.head(.get, try RequestTarget(parsing: "/"), authority: "a", fields: fields, into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      RequestEncoder.head(.connect, try RequestTarget(parsing: "/"), authority: "a", into: &output)
    }
  }
}

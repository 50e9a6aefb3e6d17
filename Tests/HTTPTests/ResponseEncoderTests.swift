import HTTP
import Testing

struct ResponseEncoderTests {
  private static func head(
    _ status: HTTPStatus, _ fields: [(String, String)] = [], framing: ResponseFraming, version: HTTPVersion = .http11,
    keepAlive: Bool = true, date: String? = nil
  ) -> String {
    var output: [UInt8] = []
    ResponseEncoder.head(
      ResponseHead(status, fields: HTTPFields(fields)), framing: framing, version: version, keepAlive: keepAlive,
      date: date, into: &output)
    return String(String.UnicodeScalarView(output.map { UnicodeScalar($0) }))
  }

  @Test func `a head is written line by line`() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    let fields = [("Content-Type", "text/plain"), ("X", "caf\u{e9}"), ("X", "")]
    #expect(
      Self.head(.ok, fields, framing: .length(5), date: date)
        == "HTTP/1.1 200 OK\r\ndate: \(date)\r\ncontent-type: text/plain\r\nx: caf\u{e9}\r\nx: \r\ncontent-length: 5\r\n\r\n"
    )
  }

  @Test func `the framing decides about the fields`() {
    #expect(Self.head(.noContent, framing: .none) == "HTTP/1.1 204 No Content\r\n\r\n")
    #expect(Self.head(.ok, framing: .chunked) == "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    #expect(
      Self.head(.ok, framing: .untilClose, keepAlive: false) == "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
  }

  @Test func `Connection goes by version, keep-alive and Upgrade`() {
    #expect(Self.head(.ok, framing: .length(0), keepAlive: false).contains("\r\nconnection: close\r\n"))
    #expect(Self.head(.ok, framing: .length(0), version: .http10).contains("\r\nconnection: keep-alive\r\n"))
    let required = Self.head(.upgradeRequired, [("upgrade", "websocket")], framing: .length(0), keepAlive: false)
    #expect(required.contains("\r\nconnection: upgrade, close\r\n"))
    let switching = Self.head(.switchingProtocols, [("upgrade", "websocket")], framing: .none)
    #expect(switching.hasSuffix("\r\nconnection: upgrade\r\n\r\n"))
  }

  @Test func `a code without a phrase has its blank`() {
    #expect(Self.head(HTTPStatus(code: 299), framing: .length(0)).hasPrefix("HTTP/1.1 299 \r\n"))
    #expect(Self.head(HTTPStatus(code: 200, reason: "Fine"), framing: .length(0)).hasPrefix("HTTP/1.1 200 Fine\r\n"))
  }

  @Test func `chunks are written with their sizes`() {
    var output: [UInt8] = []
    ChunkEncoder.chunk("hello".bytes, into: &output)
    ChunkEncoder.chunk([UInt8](repeating: 97, count: 16).span, into: &output)
    ChunkEncoder.chunk([], into: &output)
    ChunkEncoder.lastChunk(trailers: HTTPFields([("X", "1")]), into: &output)
    #expect(output == "5\r\nhello\r\n10\r\naaaaaaaaaaaaaaaa\r\n0\r\nx: 1\r\n\r\n".bytes)
    #expect(ResponseEncoder.continue100 == "HTTP/1.1 100 Continue\r\n\r\n".bytes)
  }

  @Test func `a contradiction is the program's mistake`() async {
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      let head = ResponseHead(.ok, fields: HTTPFields([("content-length", "5")]))
      ResponseEncoder.head(head, framing: .chunked, version: .http11, keepAlive: true, date: nil, into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      let head = ResponseHead(.ok)
      ResponseEncoder.head(head, framing: .chunked, version: .http10, keepAlive: true, date: nil, into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      let head = ResponseHead(.noContent)
      ResponseEncoder.head(head, framing: .length(0), version: .http11, keepAlive: true, date: nil, into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      let head = ResponseHead(.ok)
      ResponseEncoder.head(head, framing: .none, version: .http11, keepAlive: true, date: nil, into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      let head = ResponseHead(HTTPStatus(code: 200, reason: "OK\r\nx: y"))
      ResponseEncoder.head(head, framing: .length(0), version: .http11, keepAlive: true, date: nil, into: &output)
    }
  }
}

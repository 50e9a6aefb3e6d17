import HTTP
import TestSupport
import Testing
import Wire

/// The three ways a body comes about, and how each is framed.
@Suite struct AnswerBodyTests {
  private static func ask(_ body: ResponseBody) async throws -> (answer: Answer?, ending: TLSClient.Ending) {
    let router = Router.only(.get, "/") { _ in Response(body: body) }
    return try await TestServer.run(loops: 1, router: router) { server in
      try await server.client { client in
        let answer = try client.ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return (answer, client.receiveAll().ending)
      }
    }
  }

  private static let counting = ResponseBody.stream { writer in
    for number in 0..<5 { try await writer.write(Array("\(number)".utf8)) }
  }

  @Test func `bytes have their length`() async throws {
    let (answer, ending) = try await Self.ask(.bytes([1, 2, 3]))
    #expect(answer?.body == [1, 2, 3])
    #expect(answer?.fields["content-length"] == "3")
    #expect(ending == .goodbye)
  }

  @Test func `an empty body has length 0`() async throws {
    for body in [ResponseBody.empty, .bytes([])] {
      let (answer, _) = try await Self.ask(body)
      #expect(answer?.body == [])
      #expect(answer?.fields["content-length"] == "0")
    }
  }

  @Test func `a stream without a length is chunked`() async throws {
    let (answer, ending) = try await Self.ask(Self.counting)
    #expect(answer?.text == "01234")
    #expect(answer?.fields["transfer-encoding"] == "chunked")
    #expect(answer?.fields["content-length"] == nil)
    #expect(ending == .goodbye)
  }

  @Test func `to HTTP 1_0 a stream ends with the connection`() async throws {
    let router = Router.only(.get, "/") { _ in Response(body: Self.counting) }
    try await TestServer.run(loops: 1, router: router) { server in
      let bytes = try await server.client { client in
        try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        return client.receiveAll()
      }
      let text = String(decoding: bytes.bytes, as: UTF8.self)
      #expect(text.hasSuffix("\r\n\r\n01234"))
      #expect(text.contains("\r\nconnection: close\r\n"))
      #expect(!text.contains("transfer-encoding"))
      // The goodbye is what tells the whole from a part.
      #expect(bytes.ending == .goodbye)
    }
  }

  @Test func `a stream with a length is framed by it`() async throws {
    let (answer, ending) = try await Self.ask(
      .stream(length: 6) { writer in
        try await writer.write([1, 2, 3])
        try await writer.write([])
        try await writer.write([4, 5, 6])
      })
    #expect(answer?.body == [1, 2, 3, 4, 5, 6])
    #expect(answer?.fields["content-length"] == "6")
    #expect(ending == .goodbye)
  }

  @Test func `a stream of nothing is empty`() async throws {
    #expect(try await Self.ask(.stream { _ in }).answer?.body == [])
    #expect(try await Self.ask(.stream(length: 0) { _ in }).answer?.body == [])
  }

  @Test func `a file comes whole with its length`() async throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "0123456789abcdef\n", count: 20_000)
    try folder.write(text, to: "file")
    try folder.write("", to: "empty")
    let (answer, ending) = try await Self.ask(.file(try await OpenFile.open(folder.path("file"))))
    #expect(answer?.fields["content-length"] == "\(text.utf8.count)")
    #expect(answer?.text == text)
    #expect(ending == .goodbye)
    #expect(try await Self.ask(.file(try await OpenFile.open(folder.path("empty")))).answer?.body == [])
  }

  @Test func `a file that is none is refused by name`() async throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.path("missing")] {
      let error = await #expect(throws: WireError.self) { try await OpenFile.open(path) }
      #expect(error?.message.contains(path) == true)
    }
  }
}

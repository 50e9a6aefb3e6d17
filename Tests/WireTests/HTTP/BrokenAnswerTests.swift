import Glibc
import HTTP
import TestSupport
import Testing
import Wire

/// An answer that cannot be finished must not look finished.
@Suite struct BrokenAnswerTests {
  private struct Broken: Error {}

  /// Asks for a body that goes wrong; the client must see the head, no proper end, and no goodbye.
  private func expectTruncation(
    _ body: ResponseBody, version: String = "HTTP/1.1", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let router = Router.only(.get, "/") { _ in Response(body: body) }
    try await TestServer.run(loops: 1, router: router) { server in
      let (bytes, ending) = try await server.client { client in
        try client.send("GET / \(version)\r\nHost: localhost\r\n\r\n")
        return client.receiveAll()
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 200 OK\r\n"), sourceLocation: sourceLocation)
      #expect(!text.hasSuffix("0\r\n\r\n"), sourceLocation: sourceLocation)
      #expect(ending == .reset || ending == .truncated, sourceLocation: sourceLocation)
      #expect(server.log.lines.contains { $0.contains("answer broken off") }, sourceLocation: sourceLocation)
      #expect(server.log.lines.count { $0.contains(#""outcome":"broken-off""#) } == 1, sourceLocation: sourceLocation)
    }
  }

  @Test func `a stream shorter than promised is cut`() async throws {
    try await expectTruncation(.stream(length: 10) { try await $0.write([1, 2, 3]) })
  }

  @Test func `a stream longer than promised is cut`() async throws {
    try await expectTruncation(
      .stream(length: 4) { writer in
        try await writer.write([1, 2, 3])
        try await writer.write([4, 5])
      })
  }

  @Test(arguments: ["HTTP/1.1", "HTTP/1.0"]) func `a stream whose writer throws is cut`(version: String) async throws {
    try await expectTruncation(
      .stream { writer in
        try await writer.write([1, 2, 3])
        throw Broken()
      }, version: version)
  }

  @Test func `a file that shrinks meanwhile is cut`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(String(repeating: "x", count: 300_000), to: "file")
    let file = try await OpenFile.open(path)
    try #require(unsafe truncate(path, 100_000) == 0)
    try await expectTruncation(.file(file))
  }

  @Test func `what a longer stream had too much is never sent`() async throws {
    let router = Router.only(.get, "/") { _ in
      Response(body: .stream(length: 2) { try await $0.write(Array("secret".utf8)) })
    }
    try await TestServer.run(loops: 1, router: router) { server in
      let bytes = try await server.client { client in
        try client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return client.receiveAll().bytes
      }
      #expect(!String(decoding: bytes, as: UTF8.self).contains("secret"))
    }
  }

  @Test func `a writer that goes on after a failed write gets no further`() async throws {
    let outcome = Signal()
    let router = Router.only(.get, "/") { _ in
      Response(
        body: .stream(length: 2) { writer in
          try? await writer.write([1, 2, 3])
          try await writer.write([1, 2])
          outcome.send()
        })
    }
    try await TestServer.run(loops: 1, router: router) { server in
      let answer = try await server.client { try $0.get("/") }
      #expect(answer?.body == [1, 2])
    }
    #expect(await outcome.wait(seconds: 0))
  }
}

import HTTP
import TestSupport
import Testing
import Wire

/// Which pages may open a WebSocket, over a real connection.
@Suite struct WebSocketOriginTests {
  private func status(
    _ policy: OriginPolicy, host: String = "localhost", origins: String...
  ) async throws -> Int {
    let options = WebSocketOptions.with { $0.origins = policy }
    return try await TestServer.run(router: .webSocketEcho(options)) { server in
      try await server.client { _ in
        var handshake = WebSocketHandshake(fields: origins.map { ("Origin", $0) })
        handshake.host = host
        return try WebSocketPeer(port: server.port).upgrade(handshake).status
      }
    }
  }

  @Test func `a page of the same host may`() async throws {
    #expect(try await status(.sameHost, origins: "https://localhost") == 101)
    #expect(try await status(.sameHost, host: "localhost:8443", origins: "https://localhost:8443") == 101)
    #expect(try await status(.sameHost, host: "LocalHost", origins: "https://localhost") == 101)
  }

  @Test func `the default port may be written or left out`() async throws {
    #expect(try await status(.sameHost, host: "localhost:443", origins: "https://localhost") == 101)
    #expect(try await status(.sameHost, host: "localhost:4430", origins: "https://localhost") == 403)
  }

  @Test(arguments: [
    "https://elsewhere.example", "http://localhost", "https://localhost:8443", "https://localhost.elsewhere.example",
    "https://elsewhere.example/localhost", "null", "", "localhost", "https://",
  ])
  func `a page of another origin may not`(origin: String) async throws {
    #expect(try await status(.sameHost, origins: origin) == 403)
  }

  @Test func `origins that are listed may`() async throws {
    let policy = OriginPolicy.sameHostAnd(["https://console.example", "https://Ops.example:8443"])
    #expect(try await status(policy, origins: "https://console.example") == 101)
    #expect(try await status(policy, origins: "https://ops.example:8443") == 101)
    #expect(try await status(policy, origins: "https://localhost") == 101)
    #expect(try await status(policy, origins: "https://ops.example") == 403)
    #expect(try await status(policy, origins: "http://console.example") == 403)
  }

  @Test func `programs send none and may`() async throws {
    #expect(try await status(.sameHost) == 101)
    #expect(try await status(.sameHostAnd(["https://console.example"])) == 101)
  }

  @Test func `two origins are one too many`() async throws {
    #expect(try await status(.sameHost, origins: "https://localhost", "https://localhost") == 403)
    #expect(try await status(.sameHost, origins: "https://localhost", "https://elsewhere.example") == 403)
  }

  @Test func `any may where the route says so`() async throws {
    #expect(try await status(.any, origins: "https://elsewhere.example") == 101)
    #expect(try await status(.any, origins: "null") == 101)
  }
}

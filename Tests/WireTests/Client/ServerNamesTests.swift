import HTTP
import TestSupport
import Testing
import Wire

/// Servers that are known by who they are, and not by the host that is called.
@Suite struct ServerNamesTests {
  private static let uri = "spiffe://signalbox.local/agent/one"

  private static func credential(uris: [String] = [uri], dnsNames: [String] = ["one.agents.example"]) throws
    -> TestCredential
  {
    try Certificates.all().server(commonName: "one", uris: uris, dnsNames: dnsNames)
  }

  /// Why a call to this server fails that expects these names; nil when it does not. And what the server heard of the request.
  private func failure(
    _ expected: ServerNames, at host: String = "127.0.0.1", showing shown: TestCredential,
    trusting authority: String? = nil
  ) async throws -> (ClientError?, heard: String?) {
    let heard = Kept<String?>(nil)
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      guard let head = try? connection.receiveHead() else { return }
      heard.set("\(head)")
      try connection.send("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let server = try TLSServer(TLSServer.Options(credential: shown), scripts: [script])
    defer { server.stop() }
    let error = try await Calls.run(trusting: authority) {
      $0.tls.names = expected
    } _: { calls async throws in
      try await calls.failure(server.port, host: host)
    }
    let isOver = await server.finish()
    #expect(isOver)
    return (error, heard.value)
  }

  @Test(arguments: [
    ServerNames(uris: [uri]), ServerNames(uris: ["spiffe://elsewhere/x", uri]),
    ServerNames(dnsNames: ["ONE.agents.example"]), ServerNames([uri]), ServerNames(["one.Agents.example"]),
  ])
  func `one of the names is enough, whatever host is called`(_ expected: ServerNames) async throws {
    for host in ["127.0.0.1", "localhost"] {
      let (error, heard) = try await failure(expected, at: host, showing: try Self.credential())
      #expect(error == nil)
      #expect(heard != nil)
    }
  }

  @Test(arguments: [
    ServerNames(uris: ["spiffe://signalbox.local/agent/on"]), ServerNames(uris: [uri + "/"]),
    ServerNames(uris: ["one.agents.example"]), ServerNames(dnsNames: [uri]), ServerNames(dnsNames: ["agents.example"]),
    ServerNames(),
  ])
  func `another name is refused before anything is asked`(_ expected: ServerNames) async throws {
    let (error, heard) = try await failure(expected, showing: try Self.credential())
    guard case .untrusted(let reason)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    let names = (expected.uris + expected.dnsNames).joined(separator: ", ")
    #expect(reason == "it has none of the names that are expected, \(names)")
    #expect(heard == nil)
  }

  @Test func `the host's own name is none of those that are expected`() async throws {
    let (error, heard) = try await failure(
      ServerNames(uris: [Self.uri]), showing: try Certificates.all()[server: .local])
    guard case .untrusted? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(heard == nil)
  }

  @Test func `a wildcard stands for no name that is expected`() async throws {
    let (error, _) = try await failure(
      ServerNames(dnsNames: ["one.agents.example"]), showing: try Self.credential(dnsNames: ["*.agents.example"]))
    guard case .untrusted? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
  }

  @Test func `a certificate with a malformed name identifies nobody`() async throws {
    let shown = try Self.credential(dnsNames: ["one.agents.example\0.evil.example"])
    let (error, heard) = try await failure(ServerNames(uris: [Self.uri]), showing: shown)
    guard case .untrusted? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(heard == nil)
  }

  @Test func `the right name of another authority is refused`() async throws {
    let (error, heard) = try await failure(
      ServerNames(uris: [Self.uri]), showing: try Self.credential(),
      trusting: try Certificates.all().clientAuthority.certificatePEM)
    #expect(error?.reason == .untrusted("unable to get local issuer certificate"))
    #expect(heard == nil)
  }

  @Test func `without expected names the host has to be named, as ever`() async throws {
    let server = try TLSServer(TLSServer.Options(credential: try Self.credential()), scripts: [TLSServer.answering()])
    defer { server.stop() }
    try await Calls.run { calls async throws in
      let error = try await calls.failure(server.port)
      #expect(error?.reason == .untrusted("IP address mismatch"))
    }
  }

  @Test func `a reload changes whom is expected`() async throws {
    let answer = TLSServer.answering("HTTP/1.1 204 No Content\r\n\r\n")
    let scripts = [answer, answer]
    let server = try TLSServer(TLSServer.Options(credential: try Self.credential()), scripts: scripts)
    defer { server.stop() }
    try await Calls.run {
      $0.tls.names = ServerNames(uris: ["spiffe://elsewhere/x"])
    } _: { calls async throws in
      #expect(try await calls.failure(server.port) != nil)
      var tls = try Calls.tls()
      tls.names = ServerNames(uris: [Self.uri])
      try await calls.client.reload(tls)
      #expect(try await calls.failure(server.port) == nil)
    }
  }
}

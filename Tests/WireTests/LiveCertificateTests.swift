import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// What a reload does to connections that are open: whoever would not be let in any more has to go, whatever the connection is used
/// for, and nobody else.
@Suite struct LiveCertificateTests {
  /// A second is promised; the rest is for machines that are busy with other things. No heartbeat or timeout is that short.
  private static let atOnce: Duration = .seconds(10)

  private static func options(
    _ version: TLSClient.Version, _ client: TestCertificates.Client? = .good
  ) throws -> TLSClient.Options {
    var options = TLSClient.Options()
    options.version = version
    options.credential = try client.map { try Certificates.credential($0) }
    options.deadline = atOnce
    return options
  }

  private static let names = ClientNames(
    uriPrefixes: ["spiffe://signalbox.local/agent/", "spiffe://signalbox.local/operator/"])

  private static func before() throws -> ClientCertificates { .optional(try Certificates.trust(names: names)) }

  /// `Client.good` is revoked, `Client.goodOperator` is not.
  private static func revoked() throws -> ClientCertificates {
    let list = try Certificates.all().revocationList(revoking: [.good])
    return .optional(try Certificates.trust(names: names, revocationList: list))
  }

  private static func reload(_ server: TestServer, _ clients: ClientCertificates) async throws {
    try await server.server.reload(
      "test", tls: TLSConfiguration(identity: Certificates.identity(.local), clients: clients))
  }

  /// A connection that has been used and is kept alive.
  private static func idle(_ server: TestServer, _ options: TLSClient.Options) async throws -> Unchecked<TLSClient> {
    try await server.client(options) { client in
      let status = try client.get("/")?.status
      #expect(status == 200)
      return Unchecked(client)
    }
  }

  private static func stillServes(_ client: Unchecked<TLSClient>) async throws -> Bool {
    try await onThread { try client.value.get("/")?.status == 200 }
  }

  /// What comes until the connection ends.
  private static func rest(of client: Unchecked<TLSClient>) async -> (bytes: [UInt8], ending: TLSClient.Ending) {
    await onThread { client.value.receiveAll() }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `an idle connection of a revoked client is closed, and nobody else's`(_ version: TLSClient.Version) async throws
  {
    try await TestServer.run(clients: Self.before()) { server in
      let good = try await Self.idle(server, Self.options(version))
      let other = try await Self.idle(server, Self.options(version, .goodOperator))
      let nobody = try await Self.idle(server, Self.options(version, nil))
      try await Self.reload(server, Self.revoked())
      let rest = await Self.rest(of: good)
      #expect(rest.bytes.isEmpty)
      #expect(rest.ending == .goodbye)
      #expect(try await Self.stillServes(other))
      #expect(try await Self.stillServes(nobody))
      let fingerprint = try TLSClient.fingerprint(pem: Certificates.credential(.good).certificate)
      let lines = server.log.lines.filter { $0.contains("certificate no longer good") }
      #expect(lines.count == 1)
      #expect(lines.first?.contains(fingerprint) == true)
      #expect(lines.first?.contains(#""fault":"revoked""#) == true)
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `an event stream says why it ends, and so does its connection`(_ version: TLSClient.Version) async throws {
    let held = HeldStreams()
    var router = Router.standard
    router.on(.get, "/events") { _ in held.response() }
    try await TestServer.run(clients: Self.before(), router: router) { server in
      let good = try await server.reader("/events", Self.options(version))
      let other = try await server.reader("/events", Self.options(version, .goodOperator))
      _ = try await held.opened(2)
      try await Self.reload(server, Self.revoked())
      await onThread { good.value.readAll() }
      #expect(good.value.farewell == #"{"reason":"revoked"}"#)
      #expect(good.value.isComplete)
      #expect(good.value.ending == .goodbye)
      #expect(await eventually { held.ends == [.certificate(.revoked)] })
      for stream in held.streams { _ = try? await stream.send(EncodedEvent(text: "after")) }
      #expect(await onThread { other.value.read { $0.texts == ["after"] } })
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `a WebSocket is closed with 4001 and the reason`(_ version: TLSClient.Version) async throws {
    try await TestServer.run(clients: Self.before(), router: .webSocketEcho()) { server in
      let good = try await server.peer(WebSocketHandshake(), Self.options(version)) { Unchecked($0) }
      let other = try await server.peer(WebSocketHandshake(), Self.options(version, .goodOperator)) { Unchecked($0) }
      try await Self.reload(server, Self.revoked())
      let seen = try await onThread { try good.value.awaitClose() }
      #expect(seen.close == ReceivedClose(code: 4001, reason: "revoked"))
      #expect(seen.ending == .goodbye)
      let echo = try await onThread {
        try other.value.send("still here")
        return try other.value.receiveMessage()
      }
      #expect(echo == .text("still here"))
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `an answer under way is finished, and no further request is served`(_ version: TLSClient.Version) async throws {
    let gate = Gate()
    let served = Atomic(0)
    var router = Router.standard
    router.on(.get, "/slow") { _ in
      served.add(1, ordering: .relaxed)
      await gate.pass()
      return .text("the whole answer")
    }
    try await TestServer.run(clients: Self.before(), router: router) { server in
      let request = "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let client = try await server.client(Self.options(version)) { client in
        try client.send(request + request)
        return Unchecked(client)
      }
      #expect(await eventually { gate.arrived == 1 })
      try await Self.reload(server, Self.revoked())
      gate.open()
      let rest = await Self.rest(of: client)
      let text = String(decoding: rest.bytes, as: UTF8.self)
      #expect(text.hasSuffix("the whole answer"))
      #expect(text.contains("connection: close"))
      #expect(text.split(separator: "the whole answer").count == 1)
      #expect(rest.ending == .goodbye)
      #expect(served.load(ordering: .relaxed) == 1)
    }
  }

  @Test func `what is answered by a stream or a WebSocket only after the reload does not begin`() async throws {
    let gate = Gate()
    var router = Router.standard
    router.on(.get, "/events") { _ in
      await gate.pass()
      return .events { try await $0.send(EncodedEvent(text: "one")) }
    }
    router.on(.get, "/ws") { request in
      await gate.pass()
      return try .webSocket(for: request) { _ in }
    }
    try await TestServer.run(clients: Self.before(), router: router) { server in
      let reader = try await server.reading("/events", Self.options(.tls13)) { Unchecked($0) }
      let peer = try await server.client(Self.options(.tls13)) { client in
        try client.send(WebSocketHandshake("/ws").text)
        return Unchecked(client)
      }
      #expect(await eventually { gate.arrived == 2 })
      try await Self.reload(server, Self.revoked())
      gate.open()
      await onThread { reader.value.readAll() }
      #expect(reader.value.farewell == #"{"reason":"revoked"}"#)
      #expect(reader.value.texts.isEmpty)
      let rest = String(decoding: await Self.rest(of: peer).bytes, as: UTF8.self)
      #expect(rest.hasPrefix("HTTP/1.1 403 "))
      #expect(rest.contains("is revoked. Connect with another."))
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `a request that has begun to come is not served`(_ version: TLSClient.Version) async throws {
    try await TestServer.run(clients: Self.before()) { server in
      let client = try await Self.idle(server, Self.options(version))
      try await onThread { try client.value.send("GET / HTTP/1.1\r\n") }
      try await Self.reload(server, Self.revoked())
      try? await onThread { try client.value.send("Host: localhost\r\n\r\n") }
      #expect(await Self.rest(of: client).bytes.isEmpty)
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `a client that has shaken hands before the reload and asks after it is not served`(
    _ version: TLSClient.Version
  ) async throws {
    try await TestServer.run(clients: Self.before()) { server in
      let good = try await server.client(Self.options(version)) { Unchecked($0) }
      let other = try await server.client(Self.options(version, .goodOperator)) { Unchecked($0) }
      // The one that is counted has been accepted; its handshake may not have been looked at by us.
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 2 })
      try await Self.reload(server, Self.revoked())
      try? await onThread { try good.value.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") }
      #expect(await Self.rest(of: good).bytes.isEmpty)
      #expect(try await Self.stillServes(other))
    }
  }

  @Test func `clients of a CA that is gone have to go, and so do names that are no longer expected`() async throws {
    let others = try TestCertificates()
    let otherTrust = try ClientTrust(
      authorityPEM: Array(others.clientAuthority.certificatePEM.utf8), revocationPEM: nil, names: Self.names)
    let rules: [ClientCertificates] = [
      .optional(otherTrust), .required(otherTrust), .none,
      .optional(try Certificates.trust(names: ClientNames(uriPrefixes: ["spiffe://elsewhere.example/"]))),
    ]
    for rules in rules {
      try await TestServer.run(clients: Self.before()) { server in
        let good = try await Self.idle(server, Self.options(.tls13))
        let nobody = try await Self.idle(server, Self.options(.tls13, nil))
        try await Self.reload(server, rules)
        #expect(await Self.rest(of: good).ending == .goodbye)
        // Who has shown none stays, unless one is required from now on.
        if case .required = rules {
          #expect(await Self.rest(of: nobody).ending == .goodbye)
        } else {
          #expect(try await Self.stillServes(nobody))
        }
      }
    }
  }

  @Test func `a certificate that has expired meanwhile is told from a revoked one`() async throws {
    let held = HeldStreams()
    try await TestServer.run(clients: Self.before(), router: .only(.get, "/") { _ in held.response() }) { server in
      // Short, because a real clock has to get there; not so short that it might be over before the stream has begun.
      let credential = try Certificates.all().client(
        commonName: "brief", uris: ["spiffe://signalbox.local/agent/brief"], dnsNames: [], seconds: 4)
      var options = try Self.options(.tls13)
      options.credential = (credential.certificatePEM, credential.keyPEM)
      let reader = try await server.reader("/", options)
      let latecomer = options
      #expect(await eventually { await server.attempt("/", latecomer) == .refused })
      try await Self.reload(server, Self.before())
      await onThread { reader.value.readAll() }
      #expect(reader.value.farewell == #"{"reason":"expired"}"#)
    }
  }

  @Test func `a crowd is judged in turns, each of it, and the last reload counts`() async throws {
    let held = HeldStreams()
    var router = Router.standard
    router.on(.get, "/events") { _ in held.response() }
    try await TestServer.run(clients: Self.before(), router: router) { server in
      var readers: [(revoked: Bool, reader: Unchecked<EventReader>)] = []
      for number in 0..<120 {
        let isRevoked = number.isMultiple(of: 2)
        let options = try Self.options(.tls13, isRevoked ? .good : .goodOperator)
        readers.append((isRevoked, try await server.reader("/events", options)))
      }
      _ = try await held.opened(120)
      let rules = try (Self.before(), Self.revoked())
      for _ in 0..<10 { try await Self.reload(server, rules.0) }
      #expect(held.ends.isEmpty)
      try await Self.reload(server, rules.1)
      #expect(await eventually(within: Self.atOnce) { held.ends.count >= 60 })
      for stream in held.streams { _ = try? await stream.send(EncodedEvent(text: "after")) }
      for (isRevoked, reader) in readers {
        await onThread { _ = reader.value.read { !$0.events.isEmpty } }
        #expect(reader.value.farewell == (isRevoked ? #"{"reason":"revoked"}"# : nil))
      }
      #expect(held.ends.count == 60)
    }
  }
}

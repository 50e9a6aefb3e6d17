import Synchronization
import TestSupport
import Testing
import Wire

/// Another certificate, CA or revocation list on a running server.
@Suite struct ReloadTests {
  @Test func `a reload under load costs nobody a request`() async throws {
    let old = try TLSConfiguration(identity: Certificates.identity(.local))
    let new = try TLSConfiguration(identity: Certificates.identity(.rotated))
    try await TestServer.run { server in
      let load = Load(port: server.port)
      async let keptAlive = load.keepAlive()
      async let alsoKeptAlive = load.keepAlive()
      async let fresh = load.fresh()
      async let alsoFresh = load.fresh()
      // Each certificate stays until some have seen it, so that every reload falls among handshakes and requests.
      for number in 0..<20 {
        let (handshakes, requests) = load.served
        let isBusy = await eventually {
          load.served.handshakes >= handshakes + 2 && load.served.requests >= requests + 2
        }
        guard isBusy else { break }
        try await server.server.reload("test", tls: number.isMultiple(of: 2) ? new : old)
      }
      load.stop()
      let served = try await [keptAlive, alsoKeptAlive, fresh, alsoFresh]
      #expect(served.allSatisfy { $0 > 0 }, "\(served)")
      #expect(served.reduce(0, +) >= 80)
      #expect(load.fingerprints == [old.identity.fingerprint, new.identity.fingerprint])
    }
  }

  @Test func `a new certificate is shown to the next handshake, on every loop, and open connections go on`()
    async throws
  {
    var router = Router.standard
    router.addLoopClock()
    try await TestServer.run(loops: 2, router: router) { server in
      let old = try Certificates.identity(.local).fingerprint
      let new = try Certificates.identity(.rotated).fingerprint
      let open = try await server.client { client in
        let status = try client.get("/")?.status
        #expect(status == 200)
        return Unchecked(client)
      }
      try await server.server.reload("test", tls: TLSConfiguration(identity: Certificates.identity(.rotated)))
      var loops: Set<String> = []
      for _ in 0..<64 where loops.count < 2 {
        let (fingerprint, loop) = try await server.client { ($0.serverFingerprint, try $0.get("/loop")?.text) }
        #expect(fingerprint == new)
        loops.insert(loop ?? "")
      }
      #expect(loops.count == 2)
      let (fingerprint, status) = try await onThread { (open.value.serverFingerprint, try open.value.get("/")?.status) }
      #expect(fingerprint == old)
      #expect(status == 200)
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `a revocation holds for new connections until another reload takes it back`(_ version: TLSClient.Version)
    async throws
  {
    let identity = try Certificates.identity(.local)
    let before = try TLSConfiguration(identity: identity, clients: .required(Certificates.trust()))
    let list = try Certificates.all().revocationList(revoking: [.good])
    let after = try TLSConfiguration(identity: identity, clients: .required(Certificates.trust(revocationList: list)))
    try await TestServer.run(clients: before.clients) { server in
      var options = TLSClient.Options()
      options.version = version
      options.credential = try Certificates.credential(.good)
      #expect(await server.attempt("/", options).wasServed)
      try await server.server.reload("test", tls: after)
      #expect(await server.attempt("/", options) == .refused)
      try await server.server.reload("test", tls: before)
      #expect(await server.attempt("/", options).wasServed)
    }
  }

  @Test func `another CA brings other clients`() async throws {
    let others = try TestCertificates()
    let trust = try ClientTrust(
      authorityPEM: Array(others.clientAuthority.certificatePEM.utf8),
      revocationPEM: Array(others.revocationListPEM.utf8),
      names: ClientNames(uriPrefixes: ["spiffe://signalbox.local/agent/"]))
    try await TestServer.run(clients: .required(Certificates.trust())) { server in
      var ours = TLSClient.Options()
      ours.credential = try Certificates.credential(.good)
      var theirs = TLSClient.Options()
      theirs.credential = (others[.good].certificatePEM, others[.good].keyPEM)
      #expect(await server.attempt("/", ours).wasServed)
      #expect(await server.attempt("/", theirs) == .refused)
      let next = try TLSConfiguration(identity: Certificates.identity(.local), clients: .required(trust))
      try await server.server.reload("test", tls: next)
      #expect(await server.attempt("/", ours) == .refused)
      #expect(await server.attempt("/", theirs).wasServed)
    }
  }
}

/// Clients at work, each on a thread of its own, until they are stopped. A request that is not answered ends them with an error.
private final class Load: Sendable {
  private let port: Int
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var handshakes = 0
    var requests = 0
    var fingerprints: Set<String> = []
  }

  init(port: Int) {
    self.port = port
  }

  var served: (handshakes: Int, requests: Int) { state.withLock { ($0.handshakes, $0.requests) } }
  /// Of the certificates that were shown.
  var fingerprints: Set<String> { state.withLock { $0.fingerprints } }

  func stop() {
    state.withLock { $0.isOver = true }
  }

  /// One connection, many requests. Returns their number.
  func keepAlive() async throws -> Int {
    try await onThread { [self] in
      let client = try TLSClient(port: port)
      var count = 0
      while !state.withLock({ $0.isOver }) {
        guard try client.get("/")?.status == 200 else {
          throw TLSClient.Failure(description: "request \(count) failed")
        }
        count += 1
        state.withLock { $0.requests += 1 }
      }
      return count
    }
  }

  /// Many connections with one request each. Returns their number.
  func fresh() async throws -> Int {
    try await onThread { [self] in
      var count = 0
      while !state.withLock({ $0.isOver }) {
        let client = try TLSClient(port: port)
        guard try client.get("/")?.status == 200, let fingerprint = client.serverFingerprint else {
          throw TLSClient.Failure(description: "connection \(count) failed")
        }
        count += 1
        state.withLock { state in
          state.handshakes += 1
          state.fingerprints.insert(fingerprint)
        }
      }
      return count
    }
  }
}

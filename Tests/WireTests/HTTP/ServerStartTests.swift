import FoundationEssentials
import HTTP
import Telemetry
import TestSupport
import Testing
import Wire

/// Starting, several at a time, and failing to.
@Suite struct ServerStartTests {
  private static func configuration(_ name: String, port: Int = 0) throws -> ListenerConfiguration {
    ListenerConfiguration(
      name: name, address: try SocketAddress(host: "127.0.0.1", port: port),
      security: .tls(try TLSConfiguration(identity: Certificates.identity(.local))),
      router: .only(.get, "/") { _ in .text(name) })
  }

  private static func countThreads() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
  }

  /// Sockets, and what epoll and its wake-ups are made of. (Pipes are not ours: a sanitizer has some to its symbolizer.)
  private static func countDescriptors() -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    let targets = names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
    return targets.count { $0.contains("socket:") || $0.contains("anon_inode:") }
  }

  private static func makeServer() -> Server {
    Server(
      loops: 2,
      telemetry: ServerTelemetry(log: Log(sink: DiscardSink(), clock: { 0 }), metrics: MetricsRegistry()))
  }

  @Test func `several listeners have ports of their own`() async throws {
    let server = Self.makeServer()
    let addresses = try await server.start([try Self.configuration("one"), try Self.configuration("two")])
    #expect(Set(addresses.map(\.port)).count == 2)
    #expect(addresses.allSatisfy { $0.port > 0 && $0.host == "127.0.0.1" })
    let texts = try await onThread { try addresses.map { try TLSClient(port: $0.port).get("/")?.text } }
    #expect(texts == ["one", "two"])
    #expect(try await server.connectionCount("two") <= 1)
    await server.stop(grace: .zero)
  }

  @Test func `two servers live side by side and one outlives the other`() async throws {
    try await TestServer.run { first async throws in
      try await TestServer.run { second async throws in
        #expect(first.port != second.port)
        #expect(try await first.client { try $0.get("/") }?.status == 200)
        #expect(try await second.client { try $0.get("/") }?.status == 200)
        #expect(second.counter("signalbox_connections_total") == 1)
      }
      #expect(try await first.client { try $0.get("/") }?.status == 200)
    }
  }

  @Test func `a taken port is refused by name and nothing stays open`() async throws {
    try await TestServer.run { running in
      let free = Self.makeServer()
      let port = try await free.start([try Self.configuration("probe")])[0].port
      await free.stop(grace: .zero)
      let failing = Self.makeServer()
      let configurations = [
        try Self.configuration("free", port: port), try Self.configuration("taken", port: running.port),
      ]
      let error = await #expect(throws: WireError.self) { try await failing.start(configurations) }
      #expect(error?.code == .address)
      #expect(error?.message.contains("127.0.0.1:\(running.port) is taken") == true)
      // The first listener had been opened already; its port is free again.
      let again = Self.makeServer()
      #expect(try await again.start([try Self.configuration("again", port: port)])[0].port == port)
      await again.stop(grace: .zero)
      #expect(try await running.client { try $0.get("/") }?.status == 200)
    }
  }

  /// In a process of its own, where nobody else opens or closes anything.
  @Test func `starting and failing leave no descriptor and no thread`() async {
    await #expect(processExitsWith: .success) {
      let keeper = ServerStartTests.makeServer()
      let taken = try await keeper.start([try ServerStartTests.configuration("keeper")])[0].port
      let configurations = [
        try ServerStartTests.configuration("free"), try ServerStartTests.configuration("taken", port: taken),
      ]
      let before = ServerStartTests.countDescriptors()
      // The keeper alone has a listening socket and an epoll for each of its two loops.
      #expect(before >= 4)
      let threads = ServerStartTests.countThreads()
      for _ in 0..<5 {
        await #expect(throws: WireError.self) { try await ServerStartTests.makeServer().start(configurations) }
        let server = ServerStartTests.makeServer()
        let port = try await server.start([try ServerStartTests.configuration("whole")])[0].port
        #expect(try await onThread { try TLSClient(port: port).get("/")?.status } == 200)
        await server.stop(grace: .zero)
      }
      #expect(ServerStartTests.countDescriptors() == before)
      // A detached thread is gone a moment after its last word. Of twenty loops none is left; Swift's own pool may have grown.
      #expect(await eventually { ServerStartTests.countThreads() < threads + 10 })
      await keeper.stop(grace: .zero)
    }
  }
}

import Glibc
import Telemetry
import TestSupport
import Testing
import Wire

/// Where a server listens: exactly there, and nowhere else. (libwebsockets, asked for 127.0.0.1, binds every interface.)
@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1", "0100007F"), ("127.0.0.2", "0200007F"), ("::1", "00000000000000000000000001000000"),
  ])
  func `exactly the given address is bound, once for each loop`(_ address: String, _ kernels: String) async throws {
    try await TestServer.run(loops: 2, address: address) { server in
      let bound = Self.listening(on: server.port).map(\.localAddress)
      // Servers of other tests may have the same port on another loopback address. None has it on all addresses.
      #expect(bound.filter { $0 == kernels }.count == 2)
      #expect(!bound.contains { $0.allSatisfy { $0 == "0" } }, "\(bound)")
      var options = TLSClient.Options()
      options.address = address
      #expect(await server.attempt("/", options).wasServed)
    }
  }

  @Test(arguments: [false, true])
  func `a port that somebody else has is refused by name`(_ sharing: Bool) async throws {
    let taken = try TCP.listen(on: "127.0.0.1", sharing: sharing)
    defer { close(taken.descriptor) }
    let port = taken.port
    let error = await #expect(throws: WireError.self) {
      try await TestServer.run(configure: { $0.address = try SocketAddress(host: "127.0.0.1", port: port) }) { _ in }
    }
    #expect(error?.message.contains("127.0.0.1:\(port) is taken") == true, "\(error?.message ?? "no error")")
  }

  @Test func `a server can start again at once where another has stopped`() async throws {
    // Below the ports that the kernel gives away, so that no other test can get it meanwhile.
    let port = 20_000 + Int(getpid()) % 10_000
    for _ in 0..<2 {
      let inodes = try await TestServer.run(configure: {
        $0.address = try SocketAddress(host: "127.0.0.1", port: port)
      }) { server in
        #expect(server.port == port)
        // The server's end says goodbye first, so that it is the one that stays in the kernel for a minute.
        let answer = try await server.client { try $0.get("/", "Connection: close") }
        #expect(answer?.status == 200)
        return Self.listening(on: port).map(\.inode)
      }
      #expect(inodes.count == 2)
      #expect(ProcessFacts.openSockets().isDisjoint(with: inodes))
    }
  }

  @Test func `connections are spread over the loops`() async throws {
    var router = Router.standard
    router.addLoopClock()
    try await TestServer.run(loops: 2, router: router) { server in
      var counts: [String: Int] = [:]
      for _ in 0..<64 { counts[await server.attempt("/loop").text ?? "", default: 0] += 1 }
      #expect(counts.count == 2)
      #expect(counts.values.allSatisfy { $0 >= 8 }, "\(counts)")
    }
  }

  private static func listening(on port: Int) -> [ProcessFacts.TCPEntry] {
    ProcessFacts.tcpEntries().filter { $0.isListening && $0.localPort == port }
  }
}

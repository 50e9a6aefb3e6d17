import Gateway
import HTTP
import TestSupport
import Testing
import Wire

/// From start to stop.
@Suite struct GatewayLifeTests {
  @Test func `starting is told in the log`() async throws {
    try await TestGateway.run { gateway in
      let lines = gateway.log.all.filter { $0.contains(#""message":"listening""#) }
      #expect(lines.count == 3)
      #expect(lines.first?.contains(#""listener":"public","address":"\#(gateway.addresses.publicAddress)""#) == true)
    }
  }

  @Test func `after a stop nothing listens`() async throws {
    // By their inodes: a port that was given back may be another process's a moment later.
    let sockets = try await TestGateway.run { gateway in
      let addresses = gateway.addresses
      let ports = [addresses.publicAddress, addresses.agentAddress, addresses.adminAddress].compactMap { $0?.port }
      let open = ProcessFacts.openSockets()
      let sockets = ProcessFacts.tcpEntries().filter {
        $0.isListening && ports.contains($0.localPort) && open.contains($0.inode)
      }
      #expect(Set(sockets.map(\.localPort)) == Set(ports))
      await gateway.gateway.stop()
      return Set(sockets.map(\.inode))
    }
    #expect(ProcessFacts.openSockets().isDisjoint(with: sockets))
  }

  @Test func `while it stops it is not ready and finishes what it does`() async throws {
    try await TestGateway.run {
      $0.diagnostics = true
      // A client that waits is not to be taken for a slow one, however busy the machine is.
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
    } _: { gateway async throws in
      let isUnderWay = Signal()
      let isStopping = Signal()
      async let answer = gateway.client(.people) { client in
        // The handler has the request, and waits for the rest of the body.
        try client.send(
          "POST /diagnostics/echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(client.anyAnswer()?.status == 100)
        isUnderWay.send()
        #expect(isStopping.block())
        return try client.ask("hello")
      }
      #expect(await isUnderWay.wait())
      // One that asks for nothing is closed as soon as the gateway begins to go. (Its port tells nothing: another may take it.)
      let isIdle = Signal()
      async let end = gateway.client(.people) { client in
        let status = try client.get("/healthz")?.status
        #expect(status == 200)
        isIdle.send()
        return client.receiveAll().bytes
      }
      #expect(await isIdle.wait())
      async let stopped: Void = gateway.gateway.stop()
      #expect(try await end.isEmpty)
      isStopping.send()
      await stopped
      #expect(try await answer?.text == "hello")
      #expect(gateway.log.all.contains { $0.contains(#""message":"stopped""#) })
    }
  }

  @Test(arguments: ["web", "certificate", "key", "port"])
  func `what is wrong with a start is named`(fault: String) async throws {
    try await TestGateway.run { running in
      let taken = running.addresses.publicAddress
      let named =
        switch fault {
        case "port": taken.description
        default: "/nowhere/\(fault)"
        }
      let error = await #expect(throws: WireError.self) {
        try await TestGateway.run { configuration in
          switch fault {
          case "web": configuration.webFolder = named
          case "certificate": configuration.agentListener?.certificateFile = named
          case "key": configuration.adminListener?.keyFile = named
          default: configuration.adminListener?.address = taken
          }
        } _: { _ in
        }
      }
      #expect(error?.message.contains(named) == true)
    }
  }
}

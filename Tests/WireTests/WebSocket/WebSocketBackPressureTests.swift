import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Whoever does not take what is sent holds up its sender, and nobody else. What the server keeps meanwhile is bounded.
@Suite struct WebSocketBackPressureTests {
  /// What may be on its way through the server for one client: inbox, pair and reader one way, queue and socket buffer the other.
  private static let bound = 1 << 20

  @Test func `a handler that does not receive stops its client, and loses nothing`() async throws {
    let gate = Gate()
    let witness = Witness()
    let router = Router.webSocket { socket in
      await gate.pass()
      await witness.watch(socket)
    }
    try await TestServer.run(router: router) { server async throws in
      let stopped = Signal()
      async let count = server.peer { peer in
        var message = [UInt8](repeating: 0, count: 8000)
        func next(_ number: Int) -> [UInt8] {
          message.replaceSubrange(0..<4, with: (0..<4).map { UInt8(number >> (8 * $0) & 0xff) })
          return WebSocketFrame(.binary, message).bytes
        }
        let sent = try peer.client.flood(atMost: 100_000, next)
        stopped.send()
        // As much again, for which there is room as the handler goes on.
        for number in sent..<2 * sent { try peer.send(next(number)) }
        _ = try peer.close()
        return 2 * sent
      }
      #expect(await stopped.wait())
      gate.open()
      let account = await witness.testimony()
      let sent = try await count
      #expect(sent < 200_000)
      #expect(account?.messages.count == sent)
      let isInOrder = account?.messages.enumerated().allSatisfy { number, message in
        guard case .binary(let bytes) = message else { return false }
        return bytes.count == 8000 && (0..<4).allSatisfy { bytes[$0] == UInt8(number >> (8 * $0) & 0xff) }
      }
      #expect(isInOrder == true)
    }
  }

  @Test(arguments: [8, 8000]) func `what is kept for a handler that does not receive is bounded`(
    size: Int
  ) async throws {
    let gate = Gate()
    let left = Signal()
    // Nothing is read from the client any more: that it has gone is found out by a ping.
    let router = Router.webSocket(.with { $0.pingAfter = .milliseconds(100) }) { _ in
      await gate.pass()
      left.send()
    }
    try await TestServer.run(router: router) { server async throws in
      try await server.peer { peer in
        let frames = (0..<8000 / size).flatMap { _ in WebSocketFrame(.binary, [UInt8](repeating: 1, count: size)).bytes
        }
        let sent = try peer.client.flood(atMost: 100_000) { _ in frames }
        #expect(sent < 100_000)
        peer.client.resetConnection()
      }
      // The line tells how much was read.
      let line = await server.webSocketLine()
      let read = line.split(separator: #""bytesIn":"#).last?.prefix { $0.isNumber }
      #expect(try #require(read.flatMap { Int($0) }) < Self.bound)
      #expect(line.contains(#""outcome":"client-gone""#))
      gate.open()
      #expect(await left.wait())
    }
  }

  @Test func `a client that does not read stops its sender, and loses nothing`() async throws {
    let sent = Atomic(0)
    let count = 2000
    let body = [UInt8](repeating: 7, count: 8000)
    let router = Router.webSocket { socket in
      for _ in 0..<count {
        sent.add(1, ordering: .relaxed)
        try await socket.send(.binary(body))
      }
    }
    try await TestServer.run(
      router: router, configure: { $0.deadlines.minimumRate.window = .seconds(60) },
      { server async throws in
        let goOn = Signal()
        async let areWhole = server.peer(WebSocketHandshake(), .narrow) { peer in
          guard goOn.block() else { return false }
          for _ in 0..<count where try peer.receiveMessage() != .binary(body) { return false }
          return try peer.awaitClose().ending == .goodbye
        }
        let stoppedAt = await settled { sent.load(ordering: .relaxed) } ?? count
        #expect(stoppedAt > 0 && stoppedAt * body.count < Self.bound)
        goOn.send()
        #expect(try await areWhole)
      })
  }

  @Test func `an echo to a client that never reads is bounded and ends with the client`() async throws {
    let ended = Signal()
    let router = Router.webSocket { socket in
      defer { ended.send() }
      try await Router.echo(socket)
    }
    try await TestServer.run(
      router: router, configure: { $0.deadlines.minimumRate.window = .seconds(60) },
      { server async throws in
        try await server.peer(WebSocketHandshake(), .narrow) { peer in
          let frame = WebSocketFrame(.binary, [UInt8](repeating: 1, count: 8000)).bytes
          let sent = try peer.client.flood(atMost: 100_000) { _ in frame }
          #expect(sent < 100_000)
          peer.client.resetConnection()
        }
        #expect(await ended.wait())
        let line = await server.webSocketLine()
        let read = line.split(separator: #""bytesIn":"#).last?.prefix { $0.isNumber }
        #expect(try #require(read.flatMap { Int($0) }) < 2 * Self.bound)
        #expect(line.contains(#""outcome":"client-gone""#))
        #expect(!server.log.lines.contains { $0.contains("handler failed") })
      })
  }

  @Test func `a flood to many closes only the one that does not read`() async throws {
    let goOn = Gate()
    let joined = Atomic(0)
    let read = Tally()
    let count = 150
    let event = EncodedMessage(text: Array(String(repeating: "e", count: 4000).utf8))
    let router = Router.webSocket(.with { $0.closeWithin = .milliseconds(500) }) { socket in
      joined.add(1, ordering: .relaxed)
      await goOn.pass()
      for number in 0..<count {
        // At the pace of the four that read: none is further behind than eight events, which may wait for it.
        #expect(await eventually { read.count >= 4 * (number - 2) })
        guard socket.offer(event) else { break }
      }
      _ = await socket.untilEnded()
    }
    try await TestServer.run(
      router: router, configure: { $0.sendBuffer = 16 << 10 },
      { server async throws in
        let isOver = Signal()
        async let slow = server.peer(WebSocketHandshake(), .narrow) { peer in
          _ = isOver.block()
          return try peer.receiveClose().code
        }
        async let quick = withThrowingTaskGroup(of: Int.self) { group in
          for _ in 0..<4 {
            group.addTask {
              try await server.peer { peer in
                for number in 0..<count {
                  guard try peer.receiveMessage() == .text(String(repeating: "e", count: 4000)) else { return number }
                  read.add()
                }
                _ = try peer.close()
                return count
              }
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(await eventually { joined.load(ordering: .relaxed) == 5 })
        goOn.open()
        #expect(try await quick == [count, count, count, count])
        isOver.send()
        #expect(try await slow == 4008)
        #expect(await eventually { server.counter("signalbox_evictions_total") == 1 })
      })
  }
}

/// A count that several share.
private final class Tally: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }

  func add() { value.add(1, ordering: .relaxed) }
}

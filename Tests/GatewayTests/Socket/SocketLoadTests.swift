import HTTP
import JSON
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Many at once: clients, and subscriptions of one client.
@Suite struct SocketLoadTests {
  @Test func `a thousand sockets hear everything, whatever one of them does not read`() async throws {
    try await RecordStand.run {
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
      $0.publicListener.limits.perAddress = 2000
      $0.identity.rates.streamsPerAddress = 2000
      $0.identity.rates.streamsPerPrincipal = 2000
    } _: { stand async throws in
      try await stand.open("t1")
      try await stand.open("large")
      let slow = try await stand.gateway.socket(receiveBuffer: 4096)
      for task in ["t1", "large"] { try await slow.send(#"{"type":"subscribe","id":"\#(task)","task":"\#(task)"}"#) }
      #expect(await slow.read(records: 2))
      let crowds = try await withThrowingTaskGroup(of: SocketCrowd.self) { group in
        for _ in 0..<8 { group.addTask { try await SocketCrowd.open(125, in: stand, watching: "t1") } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let rounds = 10
      for _ in 0..<rounds {
        try await stand.say("t1")
        // Together this is more than the kernel takes for somebody who does not read.
        try await stand.say("large", 60, size: 20_000)
      }
      let faulty = await withTaskGroup(of: Int.self) { group in
        for crowd in crowds { group.addTask { await crowd.faults(afterRecords: rounds + 1) } }
        return await group.reduce(0, +)
      }
      #expect(faulty == 0)
      let end = await slow.finish()
      #expect(end.code == 4008 && end.bye == "slow")
      #expect(slow.checker.faults == [])
      #expect(try await stand.metric("signalbox_sockets_open") == 1000)
    }
  }

  @Test func `a thousand subscriptions share a socket, each with its own place`() async throws {
    try await RecordStand.run { stand async throws in
      let tasks = (0..<1000).map { "t\($0)" }
      try await withThrowingTaskGroup { group in
        for task in tasks { group.addTask { _ = try await stand.open(task) } }
        try await group.waitForAll()
      }
      let socket = try await stand.gateway.socket(checking: SocketChecker(of: Set(tasks)))
      var missing = Set(tasks)
      // More at once than a socket may ask for: what is refused is sent again.
      while !missing.isEmpty {
        let part = missing.prefix(100)
        let texts = part.map { #"{"type":"subscribe","id":"\#($0)","task":"\#($0)"}"# }
        let answered = socket.count("ack") + socket.count("nack")
        try await socket.send("[\(texts.joined(separator: ","))]")
        guard
          await socket.read(until: { [count = part.count] in
            $0.count("ack") + $0.count("nack") >= answered + count
          })
        else { break }
        missing.subtract(socket.heard("ack").compactMap { $0["subscription"]?.string })
      }
      #expect(missing.isEmpty)
      #expect(socket.heard("nack").allSatisfy { $0["code"]?.string == "too-many-messages" })
      #expect(try await stand.metric("signalbox_socket_subscriptions") == 1000)
      let more = try await socket.ask(#"{"type":"subscribe","id":"more","all":true}"#)
      #expect(more?["type"]?.string == "ack" || more?["code"]?.string == "too-many-messages")
      try await withThrowingTaskGroup { group in
        for task in tasks { group.addTask { _ = try await stand.say(task, 2, final: true) } }
        try await group.waitForAll()
      }
      #expect(await socket.read { $0.checker.recordCount == 3000 && $0.count("end") == 1000 })
      #expect(socket.checker.faults == [])
      #expect(socket.heard("end").allSatisfy { $0["reason"]?.string == "finished" })
    }
  }

  @Test func `a thousand tasks in one subscription come in the order of the journal`() async throws {
    try await RecordStand.run { stand async throws in
      let tasks = (0..<1000).map { "t\($0)" }
      try await withThrowingTaskGroup { group in
        for task in tasks { group.addTask { _ = try await stand.open(task) } }
        try await group.waitForAll()
      }
      let socket = try await stand.gateway.socket(checking: SocketChecker(of: Set(tasks)))
      let list = tasks.map { "\"\($0)\"" }.joined(separator: ",")
      let ack = try await socket.ask(#"{"type":"subscribe","id":"1","tasks":[\#(list)]}"#)
      #expect(ack?["missed"]?.int == 1000)
      try await withThrowingTaskGroup { group in
        for task in tasks { group.addTask { _ = try await stand.say(task, final: true) } }
        try await group.waitForAll()
      }
      #expect(await socket.first("end")?["reason"]?.string == "finished")
      #expect(socket.checker.recordCount == 2000)
      #expect(socket.checker.faults == [])
      let offsets = socket.heard("event").compactMap { $0["record"]?["offset"]?.int }
      let isSorted = offsets == offsets.sorted()
      #expect(isSorted)
      let many = (0...1000).map { "\"x\($0)\"" }.joined(separator: ",")
      let refused = try await socket.ask(#"{"type":"subscribe","id":"2","tasks":[\#(many)]}"#)
      #expect(refused?["code"]?.string == "too-many-tasks")
    }
  }
}

/// Sockets that one thread looks after, one after the other.
///
/// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
private final class SocketCrowd: @unchecked Sendable {
  private let peers: [WebSocketPeer]

  private init(_ peers: [WebSocketPeer]) {
    self.peers = peers
  }

  static func open(_ count: Int, in stand: RecordStand, watching task: String) async throws -> SocketCrowd {
    let port = stand.gateway.port(.people)
    let token = try TestTokens.token(for: "oscar")
    return try await onThread {
      var options = TLSClient.Options()
      options.deadline = .seconds(120)
      var handshake = WebSocketHandshake(
        "/ws", subprotocols: ["signalbox.v1"], fields: [(name: "Authorization", value: "Bearer \(token)")])
      handshake.host = "localhost:\(port)"
      let peers = try (0..<count).map { _ in
        let peer = try WebSocketPeer(port: port, handshake, options)
        try peer.send(#"{"type":"subscribe","id":"1","task":"\#(task)"}"#)
        return peer
      }
      return SocketCrowd(peers)
    }
  }

  /// How many of them have not heard exactly these records, in their order.
  func faults(afterRecords count: Int) async -> Int {
    await onThread { [self] in
      peers.count { peer in
        var checker = SocketChecker()
        do {
          while checker.recordCount < count {
            guard case .text(let text) = try peer.receiveMessage() else { return true }
            let value = try JSONValue(parsing: text)
            for message in value.kind == .array ? Array(value.elements) : [value] { checker.take(message) }
          }
        } catch {
          return true
        }
        return !checker.faults.isEmpty || checker.recordCount != count
      }
    }
  }
}

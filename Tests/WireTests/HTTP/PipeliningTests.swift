import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Requests sent ahead are answered one at a time, in their order.
@Suite struct PipeliningTests {
  @Test func `answers come in the order of the requests however long each takes`() async throws {
    let release = Signal()
    let running = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    let order = Mutex<[String]>([])
    var router = Router()
    router.on(.get, "/{name}") { request in
      let name = request.parameters["name"] ?? ""
      most.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
      order.withLock { $0.append(name) }
      // The slow ones leave the loop and come back; the fast ones never do.
      if name.hasPrefix("slow") { _ = await release.wait() }
      running.subtract(1, ordering: .relaxed)
      return .text(name)
    }
    let names = ["slow-1", "fast-2", "slow-3", "fast-4", "fast-5", "slow-6", "fast-7"]
    try await TestServer.run(loops: 1, router: router) { server in
      let answers = try await server.client { client in
        try client.send(names.map { "GET /\($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }.joined())
        release.send()
        return names.map { _ in client.answer()?.text }
      }
      #expect(answers == names)
    }
    #expect(order.withLock { $0 } == names)
    #expect(most.load(ordering: .relaxed) == 1)
  }

  @Test func `a request waits for the answer to the one before`() async throws {
    let slowBegun = Signal()
    let fastBegun = Signal()
    let release = Signal()
    var router = Router()
    router.on(.get, "/slow") { _ in
      slowBegun.send()
      _ = await release.wait()
      return .text("slow")
    }
    router.on(.get, "/fast") { _ in
      fastBegun.send()
      return .text("fast")
    }
    try await TestServer.run(loops: 1, router: router) { server in
      let (early, answers) = try await server.client { client in
        try client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\nGET /fast HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(slowBegun.block())
        let early = fastBegun.block(seconds: 0, milliseconds: 100)
        release.send()
        return (early, [client.answer(), client.answer()].map { $0?.text })
      }
      #expect(!early)
      #expect(answers == ["slow", "fast"])
    }
  }

  @Test func `requests cut anywhere are the same requests`() async throws {
    let request = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
    let bytes = Array((request + request + request).utf8)
    try await TestServer.run { server in
      for seed in 0..<8 as Range<UInt64> {
        let texts = try await server.client { client in
          var random = SeededRandom(seed: seed)
          var rest = bytes[...]
          while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...40, using: &random))
            try client.send(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
          }
          return (0..<3).map { _ in client.answer()?.text }
        }
        #expect(texts == ["hello", "hello", "hello"])
      }
    }
  }

  @Test func `a hundred requests in one go get a hundred answers`() async throws {
    try await TestServer.run { server in
      let texts = try await server.client { client in
        try client.send((0..<100).map { "GET /numbers/\($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }.joined())
        return (0..<100).map { _ in client.answer()?.text.split(separator: "\n").count }
      }
      #expect(texts == (0..<100).map { $0 })
    }
  }

  /// A client that sends for ever and takes no answer is stopped by its own full buffers, not by our memory.
  @Test func `a client that reads no answers cannot go on asking`() async throws {
    let asked = Atomic<Int>(0)
    var router = Router()
    let page = [UInt8](repeating: 97, count: 8_000)
    router.on(.get, "/") { _ in
      asked.add(1, ordering: .relaxed)
      return Response(body: .bytes(page))
    }
    try await TestServer.run(loops: 1, router: router) { server in
      var options = TLSClient.Options()
      options.deadline = .milliseconds(500)
      options.receiveBuffer = 16_384
      let sent = try await server.client(options) { client in
        let request = Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        let batch = Array(repeatElement(request, count: 400).joined())
        var sent = 0
        while sent < 2_000_000, (try? client.send(batch)) != nil { sent += 400 }
        return sent
      }
      #expect(sent < 2_000_000)
      // 64 KiB of ours, twice 128 KiB of the kernel's, and what the client's own kernel holds.
      #expect(asked.load(ordering: .relaxed) * page.count < 4 << 20)
    }
  }
}

import Glibc
import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Much at once, and many at once.
@Suite struct LargeAnswerTests {
  /// Fifty megabytes in which no two records are alike.
  private static let bytes: [UInt8] = {
    var random = SeededRandom(seed: 1)
    let block = random.bytes(65_521)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(50 << 20)
    while bytes.count < 50 << 20 { bytes += block }
    return bytes
  }()

  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    unsafe left.count == right.count && memcmp(left, right, left.count) == 0
  }

  @Test func `fifty megabytes arrive whole`() async throws {
    let router = Router.only(.get, "/") { _ in Response(body: .bytes(Self.bytes)) }
    try await TestServer.run(router: router) { server in
      let (first, second) = try await server.client { (try $0.get("/")?.body ?? [], try $0.get("/")?.status) }
      #expect(Self.isSame(first, Self.bytes))
      #expect(second == 200)
    }
  }

  @Test func `ten megabytes streamed in pieces of all sizes arrive whole`() async throws {
    let router = Router.only(.get, "/") { _ in
      Response(
        body: .stream { writer in
          var random = SeededRandom(seed: 2)
          var rest = Self.bytes[..<(10 << 20)]
          while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...40_000, using: &random))
            try await writer.write(Array(piece))
            rest = rest.dropFirst(piece.count)
          }
        })
    }
    try await TestServer.run(router: router) { server in
      let body = try await server.client { try $0.get("/")?.body ?? [] }
      #expect(Self.isSame(body, Array(Self.bytes[..<(10 << 20)])))
    }
  }

  /// Writes beyond what the reader takes have to wait: else a slow reader would cost us memory.
  @Test func `a writer waits for a reader that does not read`() async throws {
    let written = Atomic<Int>(0)
    let router = Router.only(.get, "/") { _ in
      Response(
        body: .stream { writer in
          let piece = [UInt8](repeating: 120, count: 32_768)
          for _ in 0..<2_000 {
            try await writer.write(piece)
            written.add(piece.count, ordering: .relaxed)
          }
        })
    }
    try await TestServer.run(router: router) { server in
      var options = TLSClient.Options()
      options.receiveBuffer = 65_536
      let (early, whole) = try await server.client(options) { client in
        try client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        // It has stopped when nothing was added over a while.
        var early = -1
        while early != written.load(ordering: .relaxed) {
          early = written.load(ordering: .relaxed)
          _ = Signal().block(seconds: 0, milliseconds: 100)
        }
        return (early, client.answer()?.body.count)
      }
      #expect(early < 4 << 20)
      #expect(whole == 2_000 * 32_768)
    }
  }

  /// The reader of the endless stream takes all that comes, so that its writer never has to wait for room.
  @Test func `a stream without end leaves room for others`() async throws {
    let flowing = Signal()
    var router = Router.standard
    router.on(.get, "/endless") { _ in
      Response(
        body: .stream { writer in
          var random = SeededRandom(seed: 3)
          while true {
            // Slower to make than to take: there is always room.
            try await writer.write(random.bytes(5_000))
            flowing.send()
          }
        })
    }
    try await TestServer.run(loops: 1, router: router) { server async throws in
      let served = Signal()
      async let reading: Void = server.client { client in
        try client.send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while case .success = client.receive(), !served.block(seconds: 0) {}
        client.disconnect()
      }
      #expect(await flowing.wait())
      let status = try? await server.client { try $0.get("/")?.status }
      served.send()
      try await reading
      #expect(status == 200)
    }
  }

  @Test func `three hundred clients at once are all served`() async throws {
    let clients = 300
    let here = Atomic<Int>(0)
    let allHere = Signal()
    let router = Router.only(.get, "/{name}") { request in
      if here.add(1, ordering: .relaxed).newValue == clients { allHere.send() }
      // None is answered before all are here, so that all are open at the same time.
      _ = await allHere.wait(seconds: 20)
      return .text(request.parameters["name"] ?? "")
    }
    try await TestServer.run(loops: 2, router: router) { server in
      var options = TLSClient.Options()
      options.deadline = .seconds(25)
      let box = Unchecked(options)
      let right = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<clients {
          group.addTask {
            try await server.client(box.value) { try $0.get("/client-\(number)")?.text == "client-\(number)" }
          }
        }
        return try await group.reduce(into: 0) { count, isRight in count += isRight ? 1 : 0 }
      }
      #expect(right == clients)
      #expect(server.counter("signalbox_connections_total") == clients)
    }
  }
}

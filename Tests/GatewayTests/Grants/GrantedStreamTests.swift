import HTTP
import Identity
import JSON
import Synchronization
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Any stream of events under a grant: its own events go on by themselves, whatever is said of the right between them.
@Suite struct GrantedStreamTests {
  /// A server with one route, whose stream is what the test gives it to be.
  private static func run(
    _ scene: GrantScene, _ asker: Asker,
    _ produce: @escaping @Sendable (EventStream) async throws -> Void,
    _ body: (StreamReader) async throws -> Void
  ) async throws {
    ProcessSetup.prepare()
    var router = Router()
    router.on(.get, "/") { request in
      try scene.grants.events(for: asker, request, mayGoOn: { _ in true }) { stream, _ in try await produce(stream) }
    }
    let log = Log(sink: KeptLines(), minimumLevel: .error, clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: log, metrics: MetricsRegistry()))
    var listener = ListenerConfiguration(
      name: "streams", address: try SocketAddress(host: "127.0.0.1", port: 0), security: .plainOnLoopback,
      router: router)
    // Nobody is let go of here for being slow.
    listener.deadlines.minimumRate.window = .seconds(600)
    let addresses = try await server.start([listener])
    do {
      let stream = try await onThread {
        var options = TLSClient.Options()
        options.isPlain = true
        options.receiveBuffer = 4096
        let reader = EventReader(try TLSClient(port: addresses[0].port, options))
        try reader.ask("/")
        return StreamReader(reader)
      }
      try await body(stream)
      await server.stop(grace: .seconds(20))
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  @Test func `events and their ids go on through warning and refresh, and end with the right`() async throws {
    let scene = try GrantScene()
    let asker = try scene.token(seconds: 100)
    let (ticks, tick) = AsyncStream.makeStream(of: Int.self)
    try await Self.run(scene, asker) { stream in
      for await number in ticks {
        try await stream.send(ServerSentEvent(id: "7.\(number)", event: "tick", text: "\(number)"))
      }
    } _: { stream in
      tick.yield(1)
      let id = try #require(try await stream.next("grant")["id"]?.string)
      #expect(try await stream.next("tick").int == 1)
      scene.time.turn(seconds: 50)
      _ = try await stream.next("expiring")
      tick.yield(2)
      #expect(try await stream.next("tick").int == 2)
      _ = try scene.grants.refresh(id, by: scene.token(seconds: 500))
      _ = try await stream.next("refreshed")
      tick.yield(3)
      #expect(try await stream.next("tick").int == 3)
      scene.time.turn(seconds: 440)
      _ = try await stream.next("expiring")
      scene.time.turn(seconds: 60)
      #expect(try await stream.farewell() == "expired")
      // What a client would come back with is where it was, whatever was said in between.
      #expect(stream.types == ["grant", "tick", "expiring", "tick", "refreshed", "tick", "expiring", "bye"])
      #expect(stream.ids == ["7.1", "7.1", "7.2", "7.2", "7.3", "7.3", "7.3"])
    }
  }

  @Test func `a client that does not read cannot outstay its right, nor does a warning cost it the stream`()
    async throws
  {
    let scene = try GrantScene()
    let asker = try scene.token(seconds: 100)
    let ends = Kept<EventStreamEnd?>(nil)
    let sent = Atomic(0)
    let piece = String(repeating: "x", count: 16_000)
    try await Self.run(scene, asker) { stream in
      // Until there is no room: then the writer waits, as long as the client likes or the stream lasts.
      do {
        while true {
          try await stream.send(ServerSentEvent(event: "tick", text: piece))
          sent.add(1, ordering: .relaxed)
        }
      } catch is WireError {} catch is CancellationError {}
      ends.set(await stream.untilEnded())
    } _: { stream in
      var last = 0
      var looks = 0
      let isStuck = await eventually {
        let now = sent.load(ordering: .relaxed)
        looks = now > 0 && now == last ? looks + 1 : 0
        last = now
        return looks == 100
      }
      #expect(isStuck)
      await scene.turn(seconds: 40)
      #expect(ends.value == nil)
      await scene.turn(seconds: 60)
      #expect(await eventually { ends.value == .ended(reason: "expired") })
      await stream.finish()
      // It hears of it behind what was there before.
      #expect(stream.types.suffix(2) == ["expiring", "bye"])
      #expect(stream.types.count(where: { $0 == "tick" }) >= sent.load(ordering: .relaxed))
    }
  }

  @Test func `a stream that is done gives its grant back and says nothing of it`() async throws {
    let scene = try GrantScene { $0.rates.streamsPerPrincipal = 1 }
    let asker = try scene.token()
    try await Self.run(scene, asker) { stream in
      try await stream.send(ServerSentEvent(event: "tick", text: "1"))
    } _: { stream in
      await stream.finish()
      #expect(stream.types == ["grant", "tick"])
      #expect(await eventually { (try? scene.open(asker)) != nil })
    }
  }
}

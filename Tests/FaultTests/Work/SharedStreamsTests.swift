import HTTP
import TestSupport
import Testing
import Wire

extension Faults {
  /// Two gateways on one Redis that count open streams together, and one of them is killed.
  @Suite(.timeLimit(.minutes(5)))
  struct SharedStreamsTests {
    private static let limit = 6

    /// Opens a stream of everything there. It is open as long as the answer is kept.
    private static func open(at gateway: ServedProcess, _ clients: Clients) async throws -> ClientResponse {
      var deadlines = ClientDeadlines()
      (deadlines.connect, deadlines.answer, deadlines.idle) = (.seconds(60), .seconds(60), .seconds(300))
      return try await clients.watcher.send(
        ClientRequest(
          .get, try Clients.url(gateway.ports.people, "/api/stream?all"),
          fields: HTTPFields([("accept", "text/event-stream")]), deadlines: deadlines))
    }

    private static func status(at gateway: ServedProcess, _ clients: Clients) async throws -> Int {
      let response = try await open(at: gateway, clients)
      await response.body.close()
      return response.status.code
    }

    @Test func `whoever has as many streams as may be gets back those of a killed gateway after a few seconds`()
      async throws
    {
      let station = try Station()
      let redis = try RedisProcess(RedisProcess.forgetful)
      try await redis.start()
      let settings = [
        "journal.engine=redis", "journal.redis.url=redis://127.0.0.1:\(redis.port)",
        "rates.streamsPerPrincipal=\(Self.limit)",
      ]
      try await Clients.with(station) { clients in
        try await station.serve(state: "one", settings: settings) { first in
          try await station.serve(state: "two", settings: settings) { second in
            var streams: [ClientResponse] = []
            for gateway in [first, first, first, first, second, second] {
              streams.append(try await Self.open(at: gateway, clients))
            }
            #expect(streams.allSatisfy { $0.status.code == 200 })
            for gateway in [first, second] {
              #expect(try await eventually { try await Self.status(at: gateway, clients) == 429 })
            }
            try await first.kill()
            let start = ContinuousClock.now
            let refused = try await Self.open(at: second, clients)
            #expect(refused.status.code == 429 && refused.fields["retry-after"] == "5")
            var isBack = false
            #expect(
              try await eventually {
                let stream = try await Self.open(at: second, clients)
                isBack = stream.status.code == 200
                if isBack { streams.append(stream) }
                return isBack
              })
            let time = ContinuousClock.now - start
            print("Streams of a killed gateway: room for others after \(time)")
            #expect(time < .seconds(8))
            for _ in 0..<3 { streams.append(try await Self.open(at: second, clients)) }
            #expect(streams.suffix(4).allSatisfy { $0.status.code == 200 })
            #expect(try await Self.status(at: second, clients) == 429)
            for stream in streams { await stream.body.close() }
          }
        }
      }
      await redis.kill()
    }
  }
}

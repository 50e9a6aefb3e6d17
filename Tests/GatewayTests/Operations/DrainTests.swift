import HTTP
import JSON
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Gateway

/// The time between the wish for the end and the end.
@Suite struct DrainTests {
  private func isReady(_ gateway: TestGateway) async throws -> Int? { try await gateway.get("/readyz")?.status }

  @Test func `first the probe says no while work is still taken, then streams are told, then nothing listens`()
    async throws
  {
    try await TestGateway.run {
      $0.drain = .seconds(600)
    } _: { gateway async throws in
      let old = try await gateway.stream(showing: try TestPeople.oscar.certificate())
      _ = try await old.next("grant")
      async let drained: Void = gateway.gateway.stop(drainingFirst: true)
      #expect(try await eventually { try await isReady(gateway) == 503 })
      let status = try await gateway.status()
      #expect(status["phase"]?.string == "draining")
      #expect(status["ready"]?.bool == false)
      #expect(try await gateway.metrics()["signalbox_ready"] == 0)
      #expect(try await gateway.get("/healthz")?.status == 200)
      // On a connection that is new, and as a stream that begins.
      let late = try await gateway.stream(showing: try TestPeople.olaf.certificate())
      _ = try await late.next("grant")
      #expect(old.types == ["grant"])
      await gateway.gateway.stop()
      await drained
      for stream in [old, late] { #expect(try await stream.farewell() == "draining") }
      let port = gateway.addresses.publicAddress.port
      #expect(await onThread { (try? TLSClient(port: port)) == nil })
      #expect(gateway.log.all.contains { $0.contains(#""message":"draining""#) })
    }
  }

  @Test func `the time that was given ends by itself`() async throws {
    try await TestGateway.run {
      $0.drain = .milliseconds(200)
    } _: { gateway async throws in
      let stream = try await gateway.stream(showing: try TestPeople.oscar.certificate())
      _ = try await stream.next("grant")
      await gateway.gateway.stop(drainingFirst: true)
      #expect(try await stream.farewell() == "draining")
    }
  }

  @Test func `a stop without it does not wait`() async throws {
    try await TestGateway.run {
      $0.drain = .seconds(3600)
    } _: { gateway in
      await gateway.gateway.stop()
      #expect(!gateway.log.all.contains { $0.contains(#""message":"draining""#) })
    }
  }

  @Test func `an operator begins it, and it is in the audit trail`() async throws {
    try await TestGateway.run {
      $0.drain = .seconds(600)
    } _: { gateway async throws in
      let answer = try #require(try await gateway.operatorAsks("POST", "/drain"))
      #expect(answer.status == 202)
      #expect(try JSONValue(parsing: answer.body)["phase"]?.string == "draining")
      #expect(try await isReady(gateway) == 503)
      // Whoever asks twice gets the same.
      #expect(try await gateway.operatorAsks("POST", "/drain?at=4", body: "{}")?.status == 202)
      let records = try await gateway.audited("command")
      let details = records.map(\.detail).sorted { ($0 ?? "").count < ($1 ?? "").count }
      #expect(
        details == [
          "The gateway drains, and ends.", "The gateway drains, and ends. It sends 4 streams away in a second.",
        ])
      #expect(records.map(\.result) == ["ok", "ok"])
    }
  }

  @Test func `an operator hears beforehand what it will be like, for other numbers, too`() async throws {
    try await TestGateway.run {
      $0.drain = .seconds(5)
      $0.streams.leavePerSecond = 2
      $0.streams.leaveWithin = .seconds(1)
    } _: { gateway async throws in
      let stream = try await gateway.stream(showing: try TestPeople.oscar.certificate())
      _ = try await stream.next("grant")
      let now = try JSONValue(parsing: try #require(try await gateway.operatorAsks("GET", "/drain")).body)
      #expect(now["phase"]?.string == "ready" && now["streams"]?.int == 1 && now["perSecond"]?.int == 2)
      #expect(now["drainSeconds"]?.int == 5 && now["leaveWithinSeconds"]?.int == 1)
      let other = try JSONValue(
        parsing: try #require(try await gateway.operatorAsks("GET", "/drain?at=100&streams=301")).body)
      #expect(other["toldAfterMilliseconds"]?.int == 1000 && other["backAfterMilliseconds"]?.int == 3000)
      let curve = other["curve"]?.elements.map { point in
        ["milliseconds", "told", "back"].compactMap { point[$0]?.int }
      }
      #expect(curve == [[0, 1, 1], [1000, 301, 101], [2000, 301, 201], [3000, 301, 301]])
      let taken = try JSONValue(
        parsing: try #require(try await gateway.operatorAsks("GET", "/drain?at=0&streams=300&admit=100")).body)
      #expect(taken["admitPerSecond"]?.int == 100 && taken["admittedAfterMilliseconds"]?.int == 2000)
      #expect(taken["curve"]?.elements.map { $0["admitted"]?.int } == [100, 200, 300])
      for query in ["at=-1", "admit=-1", "at=x", "streams=99999999", "rate=5"] {
        #expect(try await gateway.operatorAsks("GET", "/drain?\(query)")?.status == 400)
        #expect(try await isReady(gateway) == 200)
      }
      #expect(try await gateway.operatorAsks("POST", "/drain?streams=5")?.status == 400)
    }
  }

  @Test func `whoever has no turn in time hears when to come, each at another moment`() async throws {
    try await TestGateway.run {
      $0.streams.leaveWithin = .zero
    } _: { gateway async throws in
      var streams: [StreamReader] = []
      for _ in 0..<5 {
        let stream = try await gateway.stream(showing: try TestPeople.oscar.certificate())
        _ = try await stream.next("grant")
        streams.append(stream)
      }
      #expect(try await gateway.operatorAsks("POST", "/drain?at=4")?.status == 202)
      var waits: [Int] = []
      for stream in streams {
        #expect(try await stream.farewell() == "draining")
        waits.append(try #require(stream.retries.last))
      }
      #expect(waits.sorted() == [1, 250, 500, 750, 1000])
    }
  }

  @Test func `where there is a process around the gateway, that one begins the end`() async throws {
    let calls = Mutex(0)
    let host = GatewayHost(
      readConfiguration: { throw ConfigurationRefused(problems: []) }, beginEnd: { calls.withLock { $0 += 1 } })
    try await TestGateway.run(host: host) { gateway async throws in
      #expect(try await gateway.operatorAsks("POST", "/drain")?.status == 202)
      #expect(calls.withLock { $0 } == 1)
      // At once, whatever the process does.
      #expect(try await isReady(gateway) == 503)
      #expect(try await gateway.get("/healthz")?.status == 200)
    }
  }
}

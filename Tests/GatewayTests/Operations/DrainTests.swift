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
      #expect(answer.text == #"{"phase":"draining"}"#)
      #expect(try await isReady(gateway) == 503)
      // Whoever asks twice gets the same.
      #expect(try await gateway.operatorAsks("POST", "/drain", body: "{}")?.status == 202)
      let records = try await gateway.audited("command")
      #expect(records.map(\.detail) == Array(repeating: "The gateway drains, and ends.", count: 2))
      #expect(records.map(\.result) == ["ok", "ok"])
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

import Foundation
import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

/// What becomes of the right to a socket, and how it ends.
@Suite struct SocketRightTests {
  /// A second is promised; the rest is for machines that are busy with other things.
  private static let atOnce: Duration = .seconds(10)

  private static func end(
    of socket: SocketReader, after change: () async throws -> Void
  ) async throws -> (code: UInt16?, bye: String?) {
    let began = ContinuousClock.now
    try await change()
    let end = await socket.finish()
    #expect(.now - began < atOnce)
    // Nothing is said behind the goodbye.
    #expect(socket.types.last == "bye")
    return end
  }

  private static func put(_ policy: String, in gateway: TestGateway) async throws {
    try Data(policy.utf8).write(to: URL(filePath: gateway.policyFile))
    try await gateway.gateway.reload()
  }

  @Test func `it warns a minute before the end, takes a newer token, and ends with the last one`() async throws {
    let time = TurnedClock()
    try await TestGateway.run(clock: time.clock) { gateway async throws in
      let socket = try await gateway.socket(token: try TestTokens.token(for: "anna", now: time.now, life: 600))
      #expect(await socket.first("welcome")?["expires"]?.string == "\(time.now.adding(seconds: 600))")
      time.turn(seconds: 550)
      #expect(await socket.first("expiring")?["inSeconds"]?.int == 50)
      let later = time.now.adding(seconds: 1200)
      let newer = try TestTokens.token(for: "anna", now: time.now, life: 1200)
      let ack = try await socket.ask(#"{"type":"refresh","id":"r1","token":"\#(newer)"}"#)
      #expect(ack?["expires"]?.string == "\(later)", "\(String(describing: ack))")
      #expect(await socket.first("refreshed")?["expires"]?.string == "\(later)")
      let others = try TestTokens.token(for: "otto", now: time.now, life: 9000)
      let foreign = try await socket.ask(#"{"type":"refresh","id":"r2","token":"\#(others)"}"#)
      #expect(foreign?["code"]?.string == "not-found")
      let old = try TestTokens.token(for: "anna", now: time.now, life: -600)
      #expect(try await socket.ask(#"{"type":"refresh","id":"r3","token":"\#(old)"}"#)?["code"]?.string == "bad-token")
      time.turn(seconds: 1140)
      #expect(await socket.read { $0.count("expiring") == 2 })
      let end = try await Self.end(of: socket) { time.turn(seconds: 60) }
      #expect(end.code == 4001 && end.bye == "expired")
    }
  }

  @Test func `signing out closes it`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.anna)
      let cookie = ["Cookie": String(session.cookie.dropFirst("Cookie: ".count))]
      let socket = try await gateway.socket(cookie, subprotocols: ["signalbox.v1", "csrf.\(session.csrf)"])
      #expect(await socket.first("welcome") != nil)
      let token = try TestTokens.token(for: "anna")
      let refused = try await socket.ask(#"{"type":"refresh","id":"1","token":"\#(token)"}"#)
      #expect(refused?["code"]?.string == "not-refreshed-here")
      let end = try await Self.end(of: socket) {
        let answer = try await gateway.ask("DELETE", "/api/session", [session.cookie, session.csrfLine])
        #expect(answer?.status == 204)
      }
      #expect(end.code == 4001 && end.bye == "revoked")
    }
  }

  @Test func `another policy closes it, or ends what may not be seen any more`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("own", owner: .vera)
      try await stand.open("other")
      let socket = try await stand.gateway.socket(.vera)
      for task in ["own", "other"] {
        let ack = try await socket.ask(#"{"type":"subscribe","id":"\#(task)","task":"\#(task)"}"#)
        #expect(ack?["type"]?.string == "ack")
      }
      #expect(await socket.read(records: 2))
      let narrow = TestPeople.policy.replacing(
        #""roles": ["viewer"]"#, with: #""grants": [{"actions": ["watch"], "tasks": "own"}]"#)
      try await Self.put(narrow, in: stand.gateway)
      let end = try #require(await socket.first("end"))
      #expect(end.description == #"{"type":"end","subscription":"other","reason":"forbidden"}"#)
      try await stand.say("other")
      try await stand.say("own")
      #expect(await socket.read(records: 3))
      #expect(socket.checker.seqs == ["own": 2, "other": 1])
      let refused = try await socket.ask(#"{"type":"subscribe","id":"again","task":"other"}"#)
      #expect(refused?["code"]?.string == "not-found")
      let none = TestPeople.policy.replacing(
        #""roles": ["viewer"]"#, with: #""grants": [{"actions": ["submit"], "tasks": "own"}]"#)
      var closed = try await Self.end(of: socket) { try await Self.put(none, in: stand.gateway) }
      #expect(closed.code == 4003 && closed.bye == "forbidden")
      let oscar = try await stand.gateway.socket(.oscar)
      #expect(await oscar.first("welcome") != nil)
      closed = try await Self.end(of: oscar) {
        let policy = TestPeople.policy.replacing(#""name": "oscar""#, with: #""name": "nobody""#)
        try await Self.put(policy, in: stand.gateway)
      }
      #expect(closed.code == 4001 && closed.bye == "revoked")
    }
  }

  @Test func `a gateway that goes away says so`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      let socket = try await stand.gateway.socket()
      #expect(try await socket.ask(#"{"type":"subscribe","id":"1","task":"t1"}"#) != nil)
      #expect(await socket.read(records: 1))
      async let stopped: Void = stand.gateway.gateway.stop()
      let end = await socket.finish()
      #expect(end.code == 4009 && end.bye == "draining")
      #expect(socket.heard("end").isEmpty)
      await stopped
    }
  }

  @Test func `a certificate may open it, and no token is taken for it`() async throws {
    try await TestGateway.run { gateway async throws in
      let socket = try await gateway.socket([:], showing: try TestPeople.olaf.certificate())
      #expect(await socket.first("welcome")?["credential"]?.string == "certificate")
      let token = try TestTokens.token(for: "olaf")
      let answer = try await socket.ask(#"{"type":"refresh","id":"1","token":"\#(token)"}"#)
      #expect(answer?["code"]?.string == "not-refreshed-here")
    }
  }
}

import Foundation
import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SignInAuditTests {
  @Test func `whatever somebody does at the door is written down, and no secret is`() async throws {
    try await TestGateway.run { gateway async throws in
      let link = try await gateway.link(for: .oscar)
      let visitor = Visitor(gateway)
      try await visitor.signIn(link)
      try await Visitor(gateway).signIn(link)
      let first = (visitor.id, try #require(visitor.cookie), visitor.csrf)
      let again = try await gateway.link(for: .oscar)
      try await visitor.signIn(again)
      try await visitor.ask("POST /api/session/refresh")
      let second = (visitor.id, try #require(visitor.cookie))
      try await visitor.ask("DELETE /api/session")
      let records = try await gateway.records().map { record in
        ["event", "result", "who", "session", "route"].map { record[$0]?.string ?? "-" }.joined(separator: " ")
      }
      #expect(
        records == [
          "link ok ada - POST /sign-in-links",
          "sign-in ok oscar \(first.0) POST /api/session",
          "sign-in refused - - POST /api/session",
          "link ok ada - POST /sign-in-links",
          "sign-out ok oscar \(first.0) POST /api/session",
          "sign-in ok oscar \(second.0) POST /api/session",
          "sign-out ok oscar \(second.0) DELETE /api/session",
        ])
      await gateway.gateway.stop()
      var kept = gateway.log.all.joined()
      for name in try FileManager.default.contentsOfDirectory(atPath: gateway.stateFolder) {
        // The journal is no text; whatever were in it in the clear would be found all the same.
        let bytes = try Data(contentsOf: URL(filePath: "\(gateway.stateFolder)/\(name)"))
        kept += String(decoding: bytes, as: UTF8.self)
      }
      #expect(kept.contains(first.0))
      for secret in [link, again, first.1, first.2, second.1] { #expect(!kept.contains(secret)) }
    }
  }

  @Test func `one session too many ends the one unused for the longest, and that is written down`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock, configure: { $0.identity.sessions.perPrincipal = 2 }) {
      gateway async throws in
      let first = try await gateway.visitor(.oscar)
      clock.turn(seconds: 1)
      let (second, otto) = (try await gateway.visitor(.oscar), try await gateway.visitor(.otto))
      let third = try await gateway.visitor(.oscar)
      for visitor in [second, third, otto] { #expect(try await visitor.isSignedIn()) }
      #expect(try await first.isSignedIn() == false)
      let records = try await gateway.records().filter { $0["event"]?.string == "revoke" }
      #expect(records.map { $0["session"]?.string } == [first.id])
      #expect(records.first?["who"]?.string == "oscar")
    }
  }
}

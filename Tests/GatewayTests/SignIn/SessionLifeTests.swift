import Foundation
import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SessionLifeTests {
  private let clock = TurnedClock()

  // MARK: Ends

  @Test func `a session ends when it is not used`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      clock.turn(seconds: 1799)
      #expect(try await visitor.isSignedIn())
      clock.turn(seconds: 1799)
      #expect(try await visitor.isSignedIn())
      clock.turn(seconds: 1800)
      #expect(try await visitor.isSignedIn() == false)
      clock.turn(seconds: -1700)
      #expect(try await visitor.isSignedIn() == false)
    }
  }

  @Test func `a session ends in any case after its time`() async throws {
    try await TestGateway.run(clock: clock.clock, configure: { $0.identity.sessions.absolute = 3000 }) {
      gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let ends = try await visitor.ask("GET /api/session").json()["ends"]?.string
      #expect(ends == clock.now.adding(seconds: 3000).description)
      clock.turn(seconds: 1500)
      #expect(try await visitor.ask("POST /api/session/refresh").status == 200)
      clock.turn(seconds: 1499)
      #expect(try await visitor.isSignedIn())
      clock.turn(seconds: 1)
      #expect(try await visitor.isSignedIn() == false)
    }
  }

  // MARK: Rotation

  @Test func `a new cookie takes the place of the old one, which is good for 30 s more`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let (old, csrf, id) = (try #require(visitor.cookie), visitor.csrf, visitor.id)
      let answer = try await visitor.ask("POST /api/session/refresh")
      #expect(answer.status == 200)
      let isExact =
        answer.fields["set-cookie"]?.wholeMatch(
          of: /__Host-signalbox=[A-Za-z0-9_-]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200/) != nil
      #expect(isExact)
      #expect(visitor.cookie != old)
      // Open pages go on with what they have.
      #expect(visitor.csrf == csrf)
      #expect(visitor.id == id)
      #expect(try await visitor.isSignedIn())
      let other = Visitor(gateway)
      other.cookie = old
      clock.turn(seconds: 30)
      #expect(try await other.isSignedIn())
      #expect(try await visitor.isSignedIn())
      clock.turn(seconds: 1)
      #expect(try await visitor.isSignedIn())
      #expect(try await other.isSignedIn() == false)
      // Two have it, so it is over for both.
      #expect(try await visitor.isSignedIn() == false)
      let records = try await gateway.records().filter { $0["event"]?.string == "revoke" }
      #expect(records.count == 1)
      #expect(records.first?["session"]?.string == id)
      #expect(records.first?["who"]?.string == "oscar")
    }
  }

  @Test func `a cookie that is due is changed by whatever answer comes next, once`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let old = visitor.cookie
      clock.turn(seconds: 899)
      #expect(try await visitor.ask("GET /api/about").fields["set-cookie"] == nil)
      clock.turn(seconds: 1)
      // Pages and probes look at no cookie.
      #expect(try await visitor.ask("GET /healthz").fields["set-cookie"] == nil)
      #expect(try await visitor.ask("GET /api/about").fields.values(of: "set-cookie").count == 1)
      #expect(visitor.cookie != old)
      #expect(try await visitor.ask("GET /api/about").fields["set-cookie"] == nil)
      clock.turn(seconds: 900)
      #expect(try await visitor.ask("POST /api/session/refresh").fields.values(of: "set-cookie").count == 1)
      clock.turn(seconds: 900)
      let goodbye = try await visitor.ask("DELETE /api/session").fields.values(of: "set-cookie")
      #expect(goodbye == ["__Host-signalbox=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"])
    }
  }

  @Test func `of two pages that refresh at once, one gets the cookie and both go on`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let first = try await gateway.visitor(.oscar)
      let second = Visitor(gateway)
      second.cookie = first.cookie
      try await second.ask("GET /api/session")
      #expect(try await first.ask("POST /api/session/refresh").fields["set-cookie"] != nil)
      let answer = try await second.ask("POST /api/session/refresh")
      #expect(answer.status == 200)
      #expect(answer.fields["set-cookie"] == nil)
      #expect(try answer.json()["csrf"]?.string == first.csrf)
      #expect(try await first.isSignedIn())
    }
  }

  @Test func `a browser that never got the new cookie is not thrown out`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let old = visitor.cookie
      try await visitor.ask("POST /api/session/refresh")
      visitor.cookie = old
      clock.turn(seconds: 600)
      #expect(try await visitor.isSignedIn())
      #expect(try await visitor.ask("POST /api/session/refresh").fields["set-cookie"] != nil)
      #expect(visitor.cookie != old)
      #expect(try await visitor.isSignedIn())
    }
  }

  @Test func `a page that asks who it is gets another cookie when it is time for one`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let (old, csrf) = (visitor.cookie, visitor.csrf)
      clock.turn(seconds: 899)
      #expect(try await visitor.ask("GET /api/session").fields["set-cookie"] == nil)
      clock.turn(seconds: 1)
      #expect(try await visitor.ask("GET /api/session").fields["set-cookie"] != nil)
      #expect(visitor.cookie != old)
      #expect(visitor.csrf == csrf)
      clock.turn(seconds: 100)
      #expect(try await visitor.ask("GET /api/session").fields["set-cookie"] == nil)
      #expect(try await visitor.isSignedIn())
    }
  }

  @Test func `a refresh needs the page's token, and a session`() async throws {
    try await TestGateway.run { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let cookie = "Cookie: __Host-signalbox=\(try #require(visitor.cookie))"
      let path = "POST /api/session/refresh"
      #expect(try await gateway.ask(.people, path, fields: [cookie]).status == 403)
      #expect(try await gateway.ask(.people, path).status == 401)
      let certificate = try TestPeople.oscar.certificate()
      #expect(try await gateway.ask(.people, path, as: certificate).status == 400)
      #expect(try await visitor.ask(path, body: #"{"x": "y"}"#).status == 400)
    }
  }

  // MARK: Signing out

  @Test func `signing out ends the session and clears the cookie`() async throws {
    try await TestGateway.run { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let copy = Visitor(gateway)
      copy.cookie = visitor.cookie
      let cookie = "Cookie: __Host-signalbox=\(try #require(visitor.cookie))"
      #expect(try await gateway.ask(.people, "DELETE /api/session", fields: [cookie]).status == 403)
      #expect(try await visitor.isSignedIn())
      let answer = try await visitor.ask("DELETE /api/session")
      #expect(answer.status == 204)
      #expect(
        answer.fields.values(of: "set-cookie") == [
          "__Host-signalbox=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
        ])
      #expect(try await copy.isSignedIn() == false)
      #expect(try await copy.ask("DELETE /api/session").status == 401)
    }
  }

  @Test func `who has no session cannot sign out of it`() async throws {
    try await TestGateway.run { gateway async throws in
      let certificate = try TestPeople.oscar.certificate()
      #expect(try await gateway.ask(.people, "DELETE /api/session", as: certificate).status == 400)
      #expect(try await gateway.ask(.people, "DELETE /api/session").status == 401)
    }
  }

  // MARK: Restarts

  @Test func `a gateway that starts again knows who is signed in, and who has signed out`() async throws {
    let folder = try TemporaryFolder()
    let kept = Kept<(stays: String?, csrf: String, leaves: String?)>((nil, "", nil))
    func run(_ body: (TestGateway) async throws -> Void) async throws {
      try await TestGateway.run(
        clock: clock.clock, configure: { $0.identity.stateFolder = folder.path("state") }, body)
    }
    try await run { gateway async throws in
      let (stays, leaves) = (try await gateway.visitor(.oscar), try await gateway.visitor(.otto))
      try await stays.ask("POST /api/session/refresh")
      kept.set((stays.cookie, stays.csrf, leaves.cookie))
      #expect(try await leaves.ask("DELETE /api/session").status == 204)
    }
    clock.turn(seconds: 100)
    try await run { gateway async throws in
      let (stays, leaves) = (Visitor(gateway), Visitor(gateway))
      stays.cookie = kept.value.stays
      leaves.cookie = kept.value.leaves
      #expect(try await stays.isSignedIn())
      #expect(stays.csrf == kept.value.csrf)
      #expect(try await leaves.isSignedIn() == false)
      #expect(try await stays.ask("DELETE /api/session").status == 204)
    }
    try await run { gateway async throws in
      let stays = Visitor(gateway)
      stays.cookie = kept.value.stays
      #expect(try await stays.isSignedIn() == false)
    }
    let file = try String(contentsOfFile: folder.path("state/sessions.jsonl"), encoding: .utf8)
    #expect(file == "{\"signalbox\":\"sessions\",\"version\":1}\n")
  }

  @Test func `a second gateway for the same state folder does not start`() async throws {
    try await TestGateway.run { gateway async throws in
      await #expect(throws: SessionFileError.taken(folder: gateway.stateFolder)) {
        try await TestGateway.run(configure: { $0.identity.stateFolder = gateway.stateFolder }) { _ in }
      }
      #expect(try await gateway.get("/healthz")?.status == 200)
    }
  }

  @Test func `a session of somebody whom the policy has no longer opens nothing`() async throws {
    try await TestGateway.run { gateway async throws in
      let visitor = try await gateway.visitor(.vera)
      try TestPeople.policy.replacing(#""name": "vera""#, with: #""name": "nadia""#)
        .write(toFile: gateway.policyFile, atomically: true, encoding: .utf8)
      try await gateway.gateway.reload()
      #expect(try await visitor.ask("GET /api/session").status == 403)
    }
  }
}

import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Opening `/ws`, and what it says first.
@Suite struct SocketBasicsTests {
  @Test func `it begins with a welcome that says who one is and what may be asked for`() async throws {
    try await RecordStand.run { stand async throws in
      let socket = try await stand.gateway.socket(.olaf)
      let welcome = try #require(await socket.first("welcome"))
      #expect(welcome["protocol"]?.string == "signalbox.v1")
      #expect(welcome["principal"]?.string == "olaf")
      #expect(welcome["tenant"]?.string == "acme")
      #expect(welcome["roles"]?.description == #"["operator"]"#)
      #expect(welcome["credential"]?.string == "token")
      #expect(welcome["epoch"]?.string == stand.journal.epoch)
      #expect(welcome["grant"]?.string?.isEmpty == false)
      #expect(welcome["limits"]?["tasks"]?.int == 1000)
      #expect(socket.types == ["welcome"])
      #expect(try await socket.ask(#"{"type":"ping","id":"p1"}"#)?.description == #"{"type":"ack","id":"p1"}"#)
    }
  }

  @Test func `an upgrade that is none, or offers another protocol, is refused with what to do`() async throws {
    try await TestGateway.run { gateway async throws in
      let token = try TestTokens.token(for: "oscar")
      let plain = try #require(try await gateway.ask("GET", "/ws", ["Authorization: Bearer \(token)"]))
      #expect(plain.status == 426)
      #expect(try plain.member("code")?.string == "websocket-required")
      for offered in [[], ["signalbox.v2"], ["chat", "csrf.abc"]] {
        let answer = try #require(
          try await gateway.upgrade(["Authorization": "Bearer \(token)"], subprotocols: offered))
        #expect(answer.status == 400, "\(offered)")
        #expect(try answer.member("code")?.string == "unknown-subprotocol")
        #expect(try answer.member("detail")?.string?.contains("signalbox.v1") == true)
      }
      let nobody = try #require(try await gateway.upgrade([:]))
      #expect(nobody.status == 401)
      let evil = try #require(
        try await gateway.upgrade(["Authorization": "Bearer \(token)"], origin: "https://evil.example"))
      #expect(evil.status == 403)
      #expect(try evil.member("code")?.string == "foreign-origin")
      let own = try #require(
        try await gateway.upgrade(["Authorization": "Bearer \(token)"], origin: gateway.origin))
      #expect(own.status == 101)
    }
  }

  @Test func `a browser's session shows its token as a subprotocol, which is never chosen`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.oscar)
      let cookie = ["Cookie": String(session.cookie.dropFirst("Cookie: ".count))]
      let wrong = String(session.csrf.reversed())
      for offered in [
        ["signalbox.v1"], ["signalbox.v1", "csrf.\(wrong)"], ["signalbox.v1", "csrf."],
        ["signalbox.v1", "csrf.\(session.csrf)", "csrf.\(wrong)"], ["signalbox.v1", session.csrf],
      ] {
        let answer = try #require(try await gateway.upgrade(cookie, subprotocols: offered, origin: gateway.origin))
        #expect(answer.status == 403, "\(offered)")
        #expect(try answer.member("code")?.string == "csrf-required")
        #expect(try answer.member("detail")?.string?.contains("csrf.TOKEN") == true)
      }
      for offered in [["csrf.\(session.csrf)", "signalbox.v1"], ["signalbox.v1", "csrf.\(session.csrf)"]] {
        let answer = try #require(try await gateway.upgrade(cookie, subprotocols: offered, origin: gateway.origin))
        #expect(answer.status == 101)
        #expect(answer.fields.values(of: "sec-websocket-protocol") == ["signalbox.v1"])
      }
      // A token is shown by programs only, whatever else comes along.
      var both = cookie
      both["Authorization"] = "Bearer \(try TestTokens.token(for: "oscar"))"
      #expect(try await gateway.upgrade(both)?.status == 101)
      let socket = try await gateway.socket(cookie, subprotocols: ["signalbox.v1", "csrf.\(session.csrf)"])
      #expect(await socket.first("welcome")?["credential"]?.string == "session")
    }
  }

  @Test func `so many sockets may be open, and one more is told to wait`() async throws {
    try await TestGateway.run {
      $0.identity.rates.streamsPerPrincipal = 2
    } _: { gateway async throws in
      let first = try await gateway.socket()
      let second = try await gateway.socket()
      for socket in [first, second] { #expect(await socket.first("welcome") != nil) }
      let token = try TestTokens.token(for: "oscar")
      let answer = try #require(try await gateway.upgrade(["Authorization": "Bearer \(token)"]))
      #expect(answer.status == 429)
      #expect(answer.fields["retry-after"] != nil)
      first.disconnect()
      #expect(
        try await eventually { try await gateway.upgrade(["Authorization": "Bearer \(token)"])?.status == 101 })
    }
  }
}

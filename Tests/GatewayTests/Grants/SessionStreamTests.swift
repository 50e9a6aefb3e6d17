import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

/// `/api/session/stream` of a real gateway: what a page hears of its own right.
@Suite struct SessionStreamTests {
  /// A second is promised; the rest is for machines that are busy with other things. No timeout and no heartbeat is that short.
  private static let atOnce: Duration = .seconds(10)

  private static func bearer(_ person: TestPeople, _ time: TurnedClock, life: Int64) throws -> [String] {
    ["Authorization: Bearer \(try TestTokens.token(for: person.rawValue, now: time.now, life: life))"]
  }

  /// The reason that a stream gives for its end, which must come at once after `change`.
  private static func farewell(
    of stream: StreamReader, after change: () async throws -> Void
  ) async throws -> String? {
    let began = ContinuousClock.now
    try await change()
    let reason = try await stream.farewell()
    #expect(.now - began < atOnce)
    return reason
  }

  // MARK: Time

  @Test func `it begins with who is listening by what right, warns a minute before the end, and ends`() async throws {
    let time = TurnedClock()
    try await TestGateway.run(clock: time.clock) { gateway in
      let end = time.now.adding(seconds: 600)
      let stream = try await gateway.stream(Self.bearer(.anna, time, life: 600))
      #expect(stream.status == 200)
      let grant = try await stream.next("grant")
      #expect(grant["id"]?.string?.utf8.count == 22)
      #expect(grant["principal"]?.string == "anna")
      #expect(grant["tenant"]?.string == "acme")
      #expect(grant["roles"]?.elements.map(\.string) == ["analyst"])
      #expect(grant["credential"]?.string == "token")
      #expect(grant["expires"]?.string == "\(end)")
      time.turn(seconds: 540)
      let expiring = try await stream.next("expiring")
      #expect(expiring["at"]?.string == "\(end)")
      #expect(expiring["inSeconds"]?.int == 60)
      #expect(try await Self.farewell(of: stream) { time.turn(seconds: 60) } == "expired")
      #expect(stream.ids.isEmpty)
    }
  }

  @Test func `a newer token lets it live on`() async throws {
    let time = TurnedClock()
    try await TestGateway.run(clock: time.clock) { gateway in
      let stream = try await gateway.stream(Self.bearer(.anna, time, life: 600))
      let id = try #require(try await stream.next("grant")["id"]?.string)
      time.turn(seconds: 550)
      _ = try await stream.next("expiring")
      let later = time.now.adding(seconds: 1200)
      let answer = try #require(
        try await gateway.ask("POST", "/api/grants/\(id)", Self.bearer(.anna, time, life: 1200)))
      #expect(answer.status == 200)
      #expect(try JSONValue(parsing: answer.body)["expires"]?.string == "\(later)")
      #expect(try await stream.next("refreshed")["expires"]?.string == "\(later)")
      time.turn(seconds: 1140)
      #expect(try await stream.next("expiring")["inSeconds"]?.int == 60)
      #expect(try await Self.farewell(of: stream) { time.turn(seconds: 60) } == "expired")
    }
  }

  @Test func `somebody else's grant is answered as one that is not there`() async throws {
    let time = TurnedClock()
    try await TestGateway.run(clock: time.clock) { gateway in
      let stream = try await gateway.stream(Self.bearer(.anna, time, life: 600))
      let id = try #require(try await stream.next("grant")["id"]?.string)
      let token = try Self.bearer(.otto, time, life: 1200)
      let theirs = try #require(try await gateway.ask("POST", "/api/grants/\(id)", token))
      let nobodys = try #require(try await gateway.ask("POST", "/api/grants/\(String(id.reversed()))", token))
      #expect(theirs.status == 404)
      #expect(theirs.body == nobodys.body)
      #expect(theirs.fields.map(\.name) == nobodys.fields.map(\.name))
    }
  }

  // MARK: Sessions

  @Test func `signing out ends the session's streams, and nobody else's`() async throws {
    try await TestGateway.run { gateway in
      let anna = try await gateway.signIn(.anna)
      let again = try await gateway.signIn(.anna)
      let stream = try await gateway.stream([anna.cookie])
      let other = try await gateway.stream([again.cookie])
      #expect(try await stream.next("grant")["credential"]?.string == "session")
      _ = try await other.next("grant")
      let reason = try await Self.farewell(of: stream) {
        let answer = try await gateway.ask("DELETE", "/api/session", [anna.cookie, anna.csrfLine])
        #expect(answer?.status == 204)
      }
      #expect(reason == "revoked")
      await gateway.gateway.stop()
      #expect(try await other.farewell() == "draining")
    }
  }

  @Test func `signing out everywhere ends all of them`() async throws {
    try await TestGateway.run { gateway in
      let anna = try await gateway.signIn(.anna)
      let again = try await gateway.signIn(.anna)
      let streams = [try await gateway.stream([anna.cookie]), try await gateway.stream([again.cookie])]
      for stream in streams { _ = try await stream.next("grant") }
      let began = ContinuousClock.now
      #expect(try await gateway.ask("DELETE", "/api/sessions", [anna.cookie, anna.csrfLine])?.status == 200)
      for stream in streams { #expect(try await stream.farewell() == "revoked") }
      #expect(.now - began < Self.atOnce)
    }
  }

  @Test func `a session that gets a new cookie and a later end keeps its streams`() async throws {
    let time = TurnedClock()
    try await TestGateway.run(clock: time.clock) { gateway in
      let token = try Self.bearer(.anna, time, life: 1000)
      let answer = try #require(try await gateway.ask("POST", "/api/session", token))
      let cookie = "Cookie: \(answer.fields["set-cookie"]?.split(separator: ";").first ?? "")"
      let stream = try await gateway.stream([cookie])
      #expect(try await stream.next("grant")["expires"]?.string == "\(time.now.adding(seconds: 1000))")
      time.turn(seconds: 500)
      let later = time.now.adding(seconds: 1000)
      let refreshed = try #require(
        try await gateway.ask("POST", "/api/session/refresh", [cookie] + Self.bearer(.anna, time, life: 1000)))
      #expect(refreshed.status == 200)
      #expect(refreshed.fields["set-cookie"] != nil)
      #expect(try await stream.next("refreshed")["expires"]?.string == "\(later)")
      time.turn(seconds: 940)
      #expect(try await stream.next("expiring")["at"]?.string == "\(later)")
    }
  }

  @Test func `from the fourth stream of a session on, each new one is told of the crowd`() async throws {
    try await TestGateway.run { gateway in
      let anna = try await gateway.signIn(.anna)
      var streams: [StreamReader] = []
      for _ in 0..<4 {
        streams.append(try await gateway.stream([anna.cookie]))
        _ = try await streams.last?.next("grant")
      }
      let crowded = try await streams[3].next("crowded")
      #expect(crowded["streams"]?.int == 4)
      #expect(crowded["limit"]?.int == 6)
      #expect(crowded["advice"]?.string?.contains("share one stream") == true)
      await gateway.gateway.stop()
      for stream in streams { #expect(try await stream.farewell() == "draining") }
    }
  }

  // MARK: Policy and certificates

  @Test func `whoever a new policy does not know loses the stream, whatever it was opened with`() async throws {
    try await TestGateway.run { gateway in
      let time = TurnedClock()
      let anna = try await gateway.signIn(.anna)
      let streams = [
        try await gateway.stream([anna.cookie]),
        try await gateway.stream(Self.bearer(.anna, time, life: 600)),
        try await gateway.stream(showing: TestPeople.anna.certificate()),
      ]
      let other = try await gateway.stream(Self.bearer(.otto, time, life: 600))
      for stream in streams + [other] { _ = try await stream.next("grant") }
      try gateway.files.folder.replace(
        #"{"principals": [{"name": "otto", "tenant": "acme", "token": {"subject": "otto"}, "roles": ["viewer"]}]}"#,
        at: "policy.json")
      let began = ContinuousClock.now
      try await gateway.gateway.reload()
      for stream in streams { #expect(try await stream.farewell() == "revoked") }
      #expect(.now - began < Self.atOnce)
      // Who may do less than before, and listen all the same, is told by which right.
      let grant = try await other.next("grant")
      #expect(grant["principal"]?.string == "otto")
      #expect(grant["roles"]?.elements.map(\.string) == ["viewer"])
      await gateway.gateway.stop()
      #expect(try await other.farewell() == "draining")
    }
  }

  @Test func `a revoked certificate loses its stream, and its connection`() async throws {
    try await TestGateway.run { gateway in
      let certificates = try CertificateFiles.certificates()
      let good = try await gateway.stream(showing: certificates[.good])
      let other = try await gateway.stream(showing: certificates[.goodOperator])
      for stream in [good, other] {
        #expect(try await stream.next("grant")["credential"]?.string == "certificate")
      }
      try gateway.files.folder.replace(certificates.revocationList(revoking: [.good]), at: "client-ca.crl")
      #expect(try await Self.farewell(of: good) { try await gateway.gateway.reload() } == "revoked")
      await gateway.gateway.stop()
      #expect(try await other.farewell() == "draining")
    }
  }

  // MARK: Limits

  @Test func `streams are counted, and what is over makes room`() async throws {
    let time = TurnedClock()
    try await TestGateway.run(clock: time.clock) {
      $0.identity.rates.streamsPerPrincipal = 1
    } _: { gateway in
      let token = try Self.bearer(.anna, time, life: 600)
      // Who asks for the head alone has none.
      #expect(try await gateway.stream(token, method: .head).status == 200)
      let first = try await gateway.stream(token)
      #expect(first.status == 200)
      _ = try await first.next("grant")
      let second = try await gateway.stream(token)
      #expect(second.status == 429)
      #expect(second.retryAfter.flatMap { Int($0) } ?? 0 > 0)
      #expect(try await gateway.stream(Self.bearer(.otto, time, life: 600)).status == 200)
      first.disconnect()
      #expect(try await eventually { try await gateway.stream(token).status == 200 })
    }
  }
}

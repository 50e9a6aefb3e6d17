import HTTP
import Identity
import TestSupport
import Testing

@testable import Gateway

/// Rights of streams as time goes by and things change around them.
@Suite struct StreamGrantsTests {
  /// Refusals, to compare.
  private static func refusal(_ body: () throws -> Void) -> (code: Int, retryAfter: String?)? {
    do {
      try body()
      return nil
    } catch let refusal as Refusal {
      return (refusal.status.code, refusal.fields["retry-after"])
    } catch {
      return (0, nil)
    }
  }

  // MARK: Time

  @Test func `a stream is warned a minute before its end, and then ended`() async throws {
    let scene = try GrantScene()
    let end = scene.time.now.adding(seconds: 600)
    let stream = try scene.open(scene.token(seconds: 600))
    await scene.turn(seconds: 539)
    // Somebody else's end comes first; it is not this one's.
    let brief = try scene.open(scene.token(.otto, seconds: 10))
    #expect(await brief.hears(.expiring(at: scene.time.now.adding(seconds: 10))))
    #expect(stream.notices.isEmpty)
    await scene.turn(seconds: 1)
    #expect(await stream.hears(.expiring(at: end)))
    await scene.turn(seconds: 9)
    #expect(await brief.everything().last == .ended(.expired))
    await scene.turn(seconds: 51)
    #expect(await stream.everything() == [.expiring(at: end), .ended(.expired)])
    // An end in time is nobody's doing.
    #expect(scene.audited.value.isEmpty)
  }

  @Test func `a certificate's stream ends with the certificate`() async throws {
    let scene = try GrantScene()
    let stream = try scene.open(scene.certificate(seconds: 30))
    #expect(await stream.hears(.expiring(at: scene.time.now.adding(seconds: 30))))
    await scene.turn(seconds: 30)
    #expect(await stream.everything().last == .ended(.expired))
  }

  @Test func `a stream that is closed hears nothing of what happens later`() async throws {
    let scene = try GrantScene()
    let (asker, session) = try scene.session()
    let streams = try [scene.open(scene.token(seconds: 100)), scene.open(asker)]
    for stream in streams { stream.grant.close() }
    for stream in streams { #expect(await stream.everything().isEmpty) }
    scene.time.turn(seconds: 1000)
    try scene.store.end(ids: [session.id], now: scene.time.now)
    scene.put(.nobody)
    // Whatever was to be told has been when a stream that came later has heard of it.
    try scene.put(TestPeople.policy)
    let witness = try scene.open(scene.token(.otto))
    scene.put(.nobody)
    #expect(await witness.everything() == [.ended(.revoked)])
    for stream in streams { #expect(stream.notices.isEmpty) }
    #expect(scene.audited.value.count == 1)
  }

  @Test func `letting go of a grant gives it back`() async throws {
    let scene = try GrantScene { $0.rates.streamsPerPrincipal = 1 }
    var stream: OpenStream? = try scene.open(scene.token())
    #expect(Self.refusal { _ = try scene.open(scene.token()) }?.code == 429)
    #expect(stream != nil)
    stream = nil
    #expect(Self.refusal { _ = try scene.open(scene.token()) } == nil)
  }

  // MARK: Refresh

  @Test func `a newer token of the same principal moves the end`() async throws {
    let scene = try GrantScene()
    let stream = try scene.open(scene.token(seconds: 100))
    await scene.turn(seconds: 40)
    let first = scene.time.now.adding(seconds: 60)
    #expect(await stream.hears(.expiring(at: first)))
    let second = scene.time.now.adding(seconds: 300)
    #expect(try scene.grants.refresh(stream.grant.id, by: scene.token(seconds: 300)) == second)
    #expect(await stream.hears(.expiring(at: first), .refreshed(until: second)))
    // One that is older than what is there changes nothing and says so.
    #expect(try scene.grants.refresh(stream.grant.id, by: scene.token(seconds: 5)) == second)
    await scene.turn(seconds: 239)
    await scene.turn(seconds: 1)
    await scene.turn(seconds: 60)
    #expect(
      await stream.everything()
        == [.expiring(at: first), .refreshed(until: second), .expiring(at: second), .ended(.expired)])
  }

  @Test func `somebody else's grant is answered as one that is not there or is over`() async throws {
    let scene = try GrantScene(
      policy: #"""
        {"principals": [
          {"name": "anna", "tenant": "acme", "token": {"subject": "anna"}, "roles": ["viewer"]},
          {"name": "otto", "tenant": "acme", "token": {"subject": "otto"}, "roles": ["admin"]}
        ]}
        """#)
    let stream = try scene.open(scene.token(.anna))
    let over = try scene.open(scene.token(.anna, seconds: 60))
    await scene.turn(seconds: 60)
    #expect(await over.everything().last == .ended(.expired))
    var answers: [Refusal] = []
    let tries = try [
      (stream.grant.id, scene.token(.otto, seconds: 900)), ("nothing", scene.token(.anna, seconds: 900)),
      (over.grant.id, scene.token(.anna, seconds: 900)),
    ]
    for (id, asker) in tries {
      do throws(Refusal) { _ = try scene.grants.refresh(id, by: asker) } catch { answers.append(error) }
    }
    #expect(answers == [.noSuchGrant, .noSuchGrant, .noSuchGrant])
    #expect(stream.notices.isEmpty)
  }

  @Test func `the same name in another tenant is somebody else`() async throws {
    let text =
      #"{"principals": [{"name": "anna", "tenant": TENANT, "token": {"subject": "anna"}, "roles": ["viewer"]}]}"#
    let scene = try GrantScene(policy: text.replacing("TENANT", with: #""acme""#))
    let stream = try scene.open(scene.token(.anna))
    scene.identities.policy = try GrantScene.policy(text.replacing("TENANT", with: #""globex""#))
    let other = try scene.token(.anna, seconds: 900)
    #expect(Self.refusal { _ = try scene.grants.refresh(stream.grant.id, by: other) }?.code == 404)
    scene.grants.reconsider()
    #expect(await stream.everything() == [.ended(.revoked)])
  }

  @Test func `only a token refreshes, and only what was opened with one`() async throws {
    let scene = try GrantScene()
    let (asker, _) = try scene.session()
    let token = try scene.open(scene.token())
    #expect(Self.refusal { _ = try scene.grants.refresh(token.grant.id, by: asker) }?.code == 400)
    #expect(Self.refusal { _ = try scene.grants.refresh("nothing", by: asker) }?.code == 400)
    // Otherwise signing out would no longer end it.
    let session = try scene.open(asker)
    let certificate = try scene.open(scene.certificate())
    for stream in [session, certificate] {
      #expect(
        Self.refusal { _ = try scene.grants.refresh(stream.grant.id, by: scene.token(seconds: 900)) }?.code == 409)
    }
  }

  @Test func `a token that would not do for the stream is refused and changes nothing`() async throws {
    let scene = try GrantScene(
      policy: #"{"principals": [{"name": "anna", "token": {"subject": "anna"}, "roles": "claims"}]}"#)
    let asker = try scene.token(seconds: 100, roles: ["operator"])
    let stream = try scene.open(asker) { $0.roles.contains(.operator) }
    let weaker = try scene.token(seconds: 900, roles: ["viewer"])
    #expect(Self.refusal { _ = try scene.grants.refresh(stream.grant.id, by: weaker) }?.code == 403)
    scene.grants.reconsider()
    await scene.turn(seconds: 40)
    #expect(await stream.hears(.expiring(at: scene.time.now.adding(seconds: 60))))
  }

  @Test func `what counts is the token that lasts longest`() async throws {
    let scene = try GrantScene(
      policy: #"{"principals": [{"name": "anna", "token": {"subject": "anna"}, "roles": "claims"}]}"#)
    let needed = Kept<Role?>(nil)
    let stream = try scene.open(scene.token(seconds: 300, roles: ["analyst"])) { principal in
      needed.value.map(principal.roles.contains) ?? true
    }
    _ = try scene.grants.refresh(stream.grant.id, by: scene.token(seconds: 200, roles: ["viewer"]))
    needed.set(.analyst)
    scene.grants.reconsider()
    await scene.turn(seconds: 240)
    #expect(await stream.hears(.expiring(at: scene.time.now.adding(seconds: 60))))
    needed.set(nil)
    let end = try scene.grants.refresh(stream.grant.id, by: scene.token(seconds: 900, roles: ["operator"]))
    needed.set(.operator)
    scene.grants.reconsider()
    await scene.turn(seconds: 840)
    #expect(await eventually { stream.notices.last == .expiring(at: end) })
    needed.set(.viewer)
    scene.grants.reconsider()
    #expect(await stream.everything().last == .ended(.forbidden))
  }

  @Test func `a verdict on a token that has been replaced meanwhile does not count`() async throws {
    let scene = try GrantScene(
      policy: #"{"principals": [{"name": "anna", "token": {"subject": "anna"}, "roles": "claims"}]}"#)
    let newer = try scene.token(seconds: 900, roles: ["operator"])
    let id = Kept<String?>(nil)
    let stream = try scene.open(scene.token(seconds: 300, roles: ["viewer"])) { principal in
      guard let id = id.value, !principal.roles.contains(.operator) else { return true }
      // Whoever is asked here is asked about the former token.
      _ = try? scene.grants.refresh(id, by: newer)
      return false
    }
    id.set(stream.grant.id)
    scene.grants.reconsider()
    #expect(await stream.hears(.refreshed(until: newer.credential.end), .changed))
    await scene.turn(seconds: 840)
    #expect(
      await stream.hears(
        .refreshed(until: newer.credential.end), .changed, .expiring(at: newer.credential.end)))
  }

  // MARK: Sessions

  @Test func `a session's streams end with it, and only they`() async throws {
    let scene = try GrantScene()
    let (asker, session) = try scene.session()
    let (otherAsker, _) = try scene.session()
    let streams = try [scene.open(asker), scene.open(asker)]
    let others = try [scene.open(otherAsker), scene.open(scene.token())]
    try scene.store.end(ids: [session.id], now: scene.time.now)
    scene.grants.reconsider()
    for stream in streams { #expect(await stream.everything() == [.ended(.revoked)]) }
    for stream in others { #expect(stream.notices.isEmpty && !stream.isOver) }
    #expect(await eventually { scene.audited.value.count == 2 })
    let record = try #require(scene.audited.value.first)
    #expect(record.event == .revoke && record.who == "anna" && record.session == session.id)
    #expect(record.credential == "session" && record.from == "192.0.2.1")
  }

  @Test func `a session that is extended takes its streams along`() async throws {
    let scene = try GrantScene()
    let claims = try scene.token(seconds: 100).credential.claims
    let session = try scene.store.open(claims, owner: "anna", now: scene.time.now).session
    let streams = try [0, 1].map { _ in try scene.open(scene.asker(.session(session))) }
    let later = try scene.token(seconds: 800).credential.claims
    let extended = try #require(
      try scene.store.extend(id: session.id, claims: later, now: scene.time.now))
    scene.grants.reconsider()
    for stream in streams { #expect(await stream.hears(.refreshed(until: extended.ends))) }
    await scene.turn(seconds: 740)
    for stream in streams {
      #expect(await stream.hears(.refreshed(until: extended.ends), .expiring(at: extended.ends)))
    }
  }

  @Test func `an open stream keeps its session from being idle, up to its end`() async throws {
    let scene = try GrantScene {
      $0.sessions.idle = 100
      $0.sessions.absolute = 1000
    }
    let (asker, session) = try scene.session()
    let (_, unwatched) = try scene.session()
    let stream = try scene.open(asker)
    for _ in 0..<39 {
      await scene.turn(seconds: 25)
      #expect(await eventually { scene.time.sleeperCount == 1 })
    }
    #expect(scene.identities.sessions.current(id: session.id, now: scene.time.now) != nil)
    #expect(scene.identities.sessions.current(id: unwatched.id, now: scene.time.now) == nil)
    #expect(await stream.hears(.expiring(at: session.ends)))
    await scene.turn(seconds: 25)
    #expect(await stream.everything().last == .ended(.expired))
  }

  @Test func `a closed stream keeps no session from being idle`() async throws {
    let scene = try GrantScene { $0.sessions.idle = 100 }
    let (asker, session) = try scene.session()
    let streams = try [scene.open(asker), scene.open(asker)]
    for stream in streams { stream.grant.close() }
    for _ in 0..<5 { scene.time.turn(seconds: 25) }
    #expect(scene.identities.sessions.current(id: session.id, now: scene.time.now) == nil)
  }

  @Test func `a session that is over without anybody saying so is found out`() async throws {
    let scene = try GrantScene { $0.sessions.idle = 400 }
    let (asker, session) = try scene.session()
    let stream = try scene.open(asker)
    try scene.store.end(ids: [session.id], now: scene.time.now)
    await scene.turn(seconds: 60)
    #expect(await stream.everything() == [.ended(.revoked)])
  }

  // MARK: Policy

  @Test func `whoever the policy no longer knows loses the stream`() async throws {
    let scene = try GrantScene()
    let streams = try [scene.open(scene.token()), scene.open(scene.certificate()), scene.open(scene.session().asker)]
    let other = try scene.open(scene.token(.otto))
    try scene.put(
      #"{"principals": [{"name": "otto", "tenant": "acme", "token": {"subject": "otto"}, "roles": ["viewer"]}]}"#)
    for stream in streams { #expect(await stream.everything() == [.ended(.revoked)]) }
    // With fewer roles than before, which still suffice.
    #expect(await other.hears(.changed))
    #expect(!other.isOver)
  }

  @Test func `whoever is somebody else by the new policy loses the stream`() async throws {
    let scene = try GrantScene()
    let stream = try scene.open(scene.token())
    try scene.put(
      #"{"principals": [{"name": "hanna", "tenant": "acme", "token": {"subject": "anna"}, "roles": ["analyst"]}]}"#)
    #expect(await stream.everything() == [.ended(.revoked)])
  }

  @Test func `whoever may no longer see what is shown loses the stream, with that as the reason`() async throws {
    let scene = try GrantScene()
    let watching: @Sendable (Principal) -> Bool = { $0.roles.contains(.analyst) }
    let streams = try [scene.open(scene.token(), mayGoOn: watching), scene.open(scene.token())]
    try scene.put(
      #"{"principals": [{"name": "anna", "tenant": "acme", "token": {"subject": "anna"}, "roles": ["viewer"]}]}"#)
    #expect(await streams[0].everything() == [.ended(.forbidden)])
    #expect(await streams[1].hears(.changed))
    #expect(!streams[1].isOver)
    #expect(await eventually { scene.audited.value.map(\.detail) == ["An open stream was ended: forbidden."] })
  }

  @Test func `what changed before a stream was known here counts for it`() async throws {
    let scene = try GrantScene()
    let asker = try scene.token()
    let (sessionAsker, session) = try scene.session()
    try scene.store.end(ids: [session.id], now: scene.time.now)
    scene.put(.nobody)
    #expect(try await scene.open(asker).everything() == [.ended(.revoked)])
    #expect(try await scene.open(sessionAsker).everything() == [.ended(.revoked)])
  }

  @Test func `changes that come while streams are being judged are judged, too`() async throws {
    let scene = try GrantScene()
    let isDue = Kept(false)
    let streams = try (0..<8).map { _ in
      try scene.open(scene.token()) { _ in
        // The first to be asked; the others may be asked behind it.
        if isDue.exchange(false) { scene.put(.nobody) }
        return true
      }
    }
    isDue.set(true)
    scene.grants.reconsider()
    for stream in streams { #expect(await stream.everything() == [.ended(.revoked)]) }
  }

  // MARK: Limits

  @Test func `a principal and an address may have so many streams`() async throws {
    let scene = try GrantScene {
      $0.rates.streamsPerPrincipal = 2
      $0.rates.streamsPerAddress = 3
    }
    let anna = try [scene.open(scene.token()), scene.open(scene.certificate(), address: "192.0.2.2")]
    let refusal = Self.refusal { _ = try scene.open(scene.token(), address: "192.0.2.3") }
    #expect(refusal?.code == 429)
    #expect(refusal?.retryAfter.flatMap(Int.init) ?? 0 > 0)
    let others = try [scene.open(scene.token(.otto)), scene.open(scene.token(.oscar))]
    #expect(Self.refusal { _ = try scene.open(scene.token(.vera)) }?.code == 429)
    #expect(Self.refusal { _ = try scene.open(scene.token(.vera), address: "192.0.2.3") } == nil)
    // What is closed makes room, once.
    anna[0].grant.close()
    anna[0].grant.close()
    let again = try scene.open(scene.token())
    #expect(Self.refusal { _ = try scene.open(scene.token(.vera)) }?.code == 429)
    #expect(others.allSatisfy { !$0.isOver } && !again.isOver && !anna[1].isOver)
  }

  @Test func `from the fourth stream of a session on, each new one is told of the crowd`() async throws {
    let scene = try GrantScene()
    let (asker, _) = try scene.session()
    let (otherAsker, _) = try scene.session()
    var streams: [OpenStream] = []
    for _ in 0..<5 { streams.append(try scene.open(asker)) }
    let other = try scene.open(otherAsker)
    #expect(await streams[3].hears(.crowded(streams: 4, limit: 6)))
    #expect(await streams[4].hears(.crowded(streams: 5, limit: 6)))
    for stream in streams[..<3] + [other] { #expect(stream.notices.isEmpty) }
    // Three are left, and one more is four.
    streams[0].grant.close()
    streams[1].grant.close()
    #expect(try await scene.open(asker).hears(.crowded(streams: 4, limit: 6)))
    // Programs have no such limit.
    for _ in 0..<5 { streams.append(try scene.open(scene.token())) }
    #expect(await eventually { scene.time.sleeperCount == 1 })
    for stream in streams.suffix(5) { #expect(stream.notices.isEmpty) }
  }

  @Test func `thousands of streams are judged, each of them once`() async throws {
    let scene = try GrantScene {
      $0.rates.streamsPerPrincipal = 10_000
      $0.rates.streamsPerAddress = 10_000
    }
    let streams = try (0..<5000).map { number in
      try scene.open(scene.token(number.isMultiple(of: 2) ? .anna : .otto))
    }
    try scene.put(
      #"{"principals": [{"name": "otto", "tenant": "acme", "token": {"subject": "otto"}, "roles": ["viewer"]}]}"#)
    #expect(await eventually { streams.count(where: \.isOver) == 2500 })
    let areRight = await eventually {
      streams.enumerated().allSatisfy { number, stream in
        stream.notices == (number.isMultiple(of: 2) ? [.ended(.revoked)] : [.changed])
      }
    }
    #expect(areRight)
  }
}

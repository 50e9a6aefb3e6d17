import A2A
import Identity
import Testing

@testable import Gateway

/// How an agent is, as a value.
struct AgentHealthTests {
  private static let card = AgentCard(
    name: "A", description: "d", version: "1",
    interfaces: [AgentInterface(url: "https://a.example/", binding: .jsonRPC)], skills: [])
  private static let dialect = Dialect(.jsonRPC, .v1)

  private enum Look: CaseIterable {
    case good, away, unfit
  }

  private func health(after looks: [Look]) -> AgentHealth {
    var health = AgentHealth()
    for (index, look) in looks.enumerated() { _ = take(look, &health, at: Int64(index)) }
    return health
  }

  private func take(_ look: Look, _ health: inout AgentHealth, at seconds: Int64) -> AgentHealth.Change? {
    let now = UnixTime(seconds: seconds)
    switch look {
    case .good: return health.saw(Self.card, in: Self.dialect, certificateEnd: 9, at: now)
    case .away: return health.failed(.away("It is away."), at: now)
    case .unfit: return health.failed(.unfit("It is unfit."), at: now)
    }
  }

  @Test func `from every state every look leads where it should, and is told once`() {
    let expected: [AgentHealth.State: [Look: (AgentHealth.State, AgentHealth.Change?)]] = [
      .unseen: [
        .good: (.well, .found), .away: (.away, .lost("It is away.")),
        .unfit: (.quarantined, .quarantined("It is unfit.")),
      ],
      .well: [
        .good: (.well, nil), .away: (.away, .lost("It is away.")),
        .unfit: (.quarantined, .quarantined("It is unfit.")),
      ],
      .away: [.good: (.well, .found), .away: (.away, nil), .unfit: (.quarantined, .quarantined("It is unfit."))],
      .quarantined: [.good: (.well, .found), .away: (.away, .lost("It is away.")), .unfit: (.quarantined, nil)],
    ]
    let ways: [AgentHealth.State: [Look]] = [.unseen: [], .well: [.good], .away: [.away], .quarantined: [.unfit]]
    for (state, looks) in ways {
      #expect(health(after: looks).state == state)
      for look in Look.allCases {
        var health = health(after: looks)
        let change = take(look, &health, at: 50)
        #expect(health.state == expected[state]?[look]?.0, "\(state) \(look)")
        #expect(change == expected[state]?[look]?.1, "\(state) \(look)")
        #expect(health.since?.seconds == (health.state == state ? 0 : 50), "\(state) \(look)")
      }
    }
  }

  @Test func `what was known stays known while it is away, and so does the last trouble when it is back`() {
    var health = health(after: [.good, .away, .away])
    #expect(health.card == Self.card)
    #expect(health.dialect == Self.dialect)
    #expect(health.certificateEnd == 9)
    #expect(health.lastSeen?.seconds == 0)
    #expect(health.trouble == "It is away.")
    #expect(health.failures == 2)
    _ = take(.good, &health, at: 3)
    #expect(health.trouble == nil)
    #expect(health.failures == 0)
    #expect(health.lastTrouble == .init(text: "It is away.", time: UnixTime(seconds: 2)))
    #expect(health.lastSeen?.seconds == 3)
  }

  @Test func `another card and another fault are told`() {
    var health = health(after: [.good])
    var other = Self.card
    other.version = "2"
    #expect(health.saw(other, in: Self.dialect, certificateEnd: nil, at: UnixTime(seconds: 1)) == .newCard)
    #expect(health.saw(other, in: Self.dialect, certificateEnd: nil, at: UnixTime(seconds: 2)) == nil)
    #expect(health.failed(.unfit("One."), at: UnixTime(seconds: 3)) == .quarantined("One."))
    #expect(health.failed(.unfit("Two."), at: UnixTime(seconds: 4)) == .quarantined("Two."))
    #expect(health.failed(.away("Three."), at: UnixTime(seconds: 5)) == .lost("Three."))
    // That it is out of reach is one thing, however it shows.
    #expect(health.failed(.away("Four."), at: UnixTime(seconds: 6)) == nil)
    #expect(health.trouble == "Four.")
  }

  @Test func `looks are calm while all is well, and come sooner and then ever later after failures`() {
    let pace = AgentPace()
    for chance in [0, 0.5, 1] {
      let calm = pace.pause(after: 0, chance: chance)
      #expect(calm >= pace.calm * 0.79 && calm <= pace.calm * 1.21)
      var before = Duration.zero
      for failures in 1...40 {
        let pause = pace.pause(after: failures, chance: chance)
        #expect(pause >= before && pause >= pace.shortest && pause <= pace.longest)
        before = pause
      }
      #expect(pace.pause(after: 1, chance: chance) <= pace.first)
      #expect(before >= pace.longest * 0.5)
    }
    #expect(pace.pause(after: 5, chance: 0) != pace.pause(after: 5, chance: 1))
  }
}

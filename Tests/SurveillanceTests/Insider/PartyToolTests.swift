import Surveillance
import Testing

@Suite struct PartyToolTests {
  private static let day = InsiderTables.day

  private func made(_ change: (inout InsiderTables) -> Void) -> InsiderTables {
    var tables = InsiderTables()
    change(&tables)
    return tables
  }

  private func profile(_ change: (inout InsiderTables) -> Void) async throws -> TraderProfileFacts {
    let tables = made(change)
    return try await TraderProfileTool(alert: tables.alert, reference: tables.reference).facts()
  }
  private func news(_ change: (inout InsiderTables) -> Void) async throws -> MarketNewsFacts {
    let tables = made(change)
    return try await MarketNewsTool(alert: tables.alert, reference: tables.reference).facts()
  }
  private func peers(_ change: (inout InsiderTables) -> Void) async throws -> PeerTradesFacts {
    let tables = made(change)
    return try await PeerTradesTool(alert: tables.alert, reference: tables.reference).facts()
  }
  private func related(_ change: (inout InsiderTables) -> Void) async throws -> RelatedPartiesFacts {
    let tables = made(change)
    return try await RelatedPartiesTool(alert: tables.alert, reference: tables.reference).facts()
  }

  @Test func `lists count where they held on a day of the trades`() async throws {
    let facts = try await profile { tables in
      for (from, to) in [(-5, -1), (-5, 0), (0, 5), (1, 5)] {
        let entry = InsiderRow(
          traderID: "T-1", symbol: "ACME", from: Self.day + from, to: Self.day + to, source: .wallCross)
        tables.tables.insiders.append(entry)
        tables.tables.restrictions.append(
          RestrictionRow(symbol: "ACME", from: Self.day + from, to: Self.day + to, list: .watch))
      }
      tables.tables.insiders.append(
        InsiderRow(traderID: "T-9", symbol: "ACME", from: Self.day, to: Self.day, source: .insiderList))
      tables.tables.insiders.append(
        InsiderRow(traderID: "T-1", symbol: "BOLT", from: Self.day, to: Self.day, source: .insiderList))
    }
    #expect(facts.insiderEntries.map { $0.from - Self.day } == [-5, 0])
    #expect(facts.restrictions.map { $0.from - Self.day } == [-5, 0])
    #expect(facts.trader?.id == "T-1")
    #expect(facts.sector == "energy")
  }

  @Test func `plans are those of the trader for the instrument`() async throws {
    let facts = try await profile { tables in
      for (number, (trader, symbol)) in [("T-1", "ACME"), ("T-1", "BOLT"), ("T-9", "ACME")].enumerated() {
        tables.tables.plans.append(
          PlanRow(
            id: "P-\(number)", traderID: trader, symbol: symbol, side: .buy, adopted: Self.day - 90,
            firstTrade: Self.day, maximumQuantity: 5, status: .active))
      }
    }
    #expect(facts.plans.map(\.id) == ["P-0"])
  }

  @Test func `an unknown trader or instrument is told, not guessed`() async throws {
    let facts = try await profile {
      $0.tables.traders = []
      $0.tables.instruments = []
    }
    #expect(facts.trader == nil && facts.sector == nil && !facts.listsCoverSymbol)
    #expect(facts.traderID == "T-1")
    #expect(try await !news { $0.tables.instruments = [] }.isCovered)
    #expect(
      try await news {
        $0.tables.instruments = []
        $0.news(hours: -3)
      }.isCovered)
  }

  @Test func `news before the trade count where they fit and matter`() async throws {
    let start = 14.0 * 24 + 10
    let facts = try await news { tables in
      tables.news(hours: -start - 0.01)
      tables.news(hours: -start)
      tables.news(hours: -1, .analyst)
      tables.news(hours: -1, .rumour)
      tables.news(hours: -1, .sector)
      tables.news(hours: -1, direction: 0)
      tables.news(hours: -1, direction: -1)
      tables.news(hours: 0)
      tables.news(hours: 20, isScheduled: true)
      tables.news(hours: 60)
    }
    #expect(facts.alignedCount == 2)
    #expect(facts.opposedCount == 1)
    #expect(facts.isEventScheduled)
    #expect(facts.event?.time == InsiderTables.time + 20 * Instant.perHour)
    #expect(facts.timeline.count == 8)
  }

  @Test func `where only the trade's day is known, that day's news are not before it`() async throws {
    let facts = try await news { tables in
      tables.alert.trades[0].isTimeKnown = false
      tables.news(hours: -1, .analyst)
      tables.news(hours: -11, .analyst)
    }
    #expect(facts.alignedCount == 1)
  }

  @Test func `others are counted once each, by what they hold in the end`() async throws {
    let facts = try await peers { tables in
      tables.trade("T-2", daysBefore: 3, quantity: 500)
      tables.trade("T-2", daysBefore: 2, .sellACME, quantity: 100)
      tables.trade("T-3", daysBefore: 3, .sellACME, quantity: 900)
      tables.trade("T-4", daysBefore: 3, quantity: 70)
      tables.trade("T-4", daysBefore: 2, .sellACME, quantity: 70)
      tables.trade("T-1", daysBefore: 1, quantity: 5_000)
      tables.trade("T-5", daysBefore: 14.4, quantity: 1)
      tables.trade("T-6", daysBefore: 14.5, quantity: 1)
      tables.trade("T-7", daysBefore: -0.5, quantity: 1)
      tables.trade("T-8", daysBefore: -0.6, quantity: 1)
      tables.trade("T-9", daysBefore: 1, "BOLT")
    }
    #expect(facts.peers == 4)
    #expect(facts.sameDirection == 3)
    #expect(facts.netQuantity == -498)
    #expect(facts.trades == 7)
    #expect(facts.share == 0.75)
  }

  @Test func `the flagged trade of somebody without a name is not another's`() async throws {
    let facts = try await peers { tables in
      tables.alert.trader = nil
      tables.trade("T-1", daysBefore: 0, quantity: 1_000)
    }
    #expect(facts.isCovered && facts.trades == 0)
  }

  @Test func `silence about an instrument says something where others are heard in those days`() async throws {
    #expect(try await !peers { _ in }.isCovered)
    #expect(try await !peers { $0.trade("T-9", daysBefore: 15, "BOLT") }.isCovered)
    #expect(try await peers { $0.trade("T-9", daysBefore: 3, "BOLT") }.isCovered)
    #expect(
      try await peers {
        $0.tables.instruments = []
        $0.trade("T-9", daysBefore: 3, "BOLT")
      }.isCovered)
    #expect(try await peers { $0.trade("T-77", daysBefore: 3) }.isCovered)
  }

  @Test func `what others do behind an event of the same day does not count`() async throws {
    let facts = try await peers { tables in
      tables.setEvent(InsiderTables.time + 2 * Instant.perHour)
      tables.trade("T-2", daysBefore: -1 / 24)
      tables.trade("T-3", daysBefore: -3 / 24)
    }
    #expect(facts.peers == 1)
  }

  @Test func `others' huge quantities do not overflow`() async throws {
    let facts = try await peers { tables in
      for trader in ["T-2", "T-3", "T-2", "T-3"] { tables.trade(trader, daysBefore: 1, quantity: .max) }
      tables.trade("T-4", daysBefore: 1, .sellACME, quantity: .max)
    }
    #expect(facts.peers == 3)
    #expect(facts.sameDirection == 2)
  }

  @Test func `linked parties are found by trader, owner and account`() async throws {
    let facts = try await related { tables in
      tables.alert.trades[0].accountID = "A-1"
      tables.tables.accounts = [account("A-1", "O-1"), account("A-2", "O-2"), account("A-3", "O-3")]
      tables.tables.links = [
        LinkRow(first: "O-1", second: "O-2", relation: .spouse, degree: 1),
        LinkRow(first: "A-3", second: "T-1", relation: .trust, degree: 2),
        LinkRow(first: "T-9", second: "T-1", relation: .family, degree: 2),
        LinkRow(first: "T-1", second: "T-9", relation: .manager, degree: 1),
        LinkRow(first: "O-1", second: "T-1", relation: .corporate, degree: 1),
        LinkRow(first: "O-8", second: "O-9", relation: .spouse, degree: 1),
      ]
      tables.tables.insiders = [
        InsiderRow(traderID: "T-9", symbol: "ACME", from: Self.day, to: Self.day, source: .insiderList),
        InsiderRow(traderID: "O-3", symbol: "ACME", from: Self.day, to: Self.day, source: .wallCross),
        InsiderRow(traderID: "O-2", symbol: "ACME", from: Self.day + 1, to: Self.day + 9, source: .wallCross),
      ]
      tables.alert.relatedParties = [RelatedParty(id: "O-2"), RelatedParty(id: "O-5")]
    }
    #expect(
      facts.links.map { "\($0.id) \($0.relation.rawValue) \($0.degree) \($0.isInsider)" } == [
        "A-3 trust 2 true", "O-2 spouse 1 false", "T-9 manager 1 true",
      ])
    #expect(facts.unconfirmed == ["O-5"])
  }

  @Test func `coordination is the same instrument and side within 48 hours`() async throws {
    let facts = try await related { tables in
      tables.tables.accounts = [account("A-2", "O-2")]
      tables.tables.links = [
        LinkRow(first: "T-1", second: "T-9", relation: .family, degree: 2),
        LinkRow(first: "T-1", second: "O-2", relation: .spouse, degree: 1),
      ]
      tables.trade("T-9", daysBefore: 2)
      tables.trade("T-9", daysBefore: -2)
      tables.trade("T-9", daysBefore: 2.001)
      tables.trade("T-9", daysBefore: -2.001)
      tables.trade("T-9", daysBefore: 1, .sellACME)
      tables.trade("T-9", daysBefore: 1, "BOLT")
      tables.trade("T-5", daysBefore: 1)
      tables.trade("T-5", daysBefore: 1, account: "A-2")
      tables.trade("T-1", daysBefore: 1, account: "A-2")
    }
    #expect(
      facts.coordinated.map { "\($0.party) \(($0.time - InsiderTables.time) / Instant.perHour)" } == [
        "T-9 -48", "O-2 -24", "T-9 48",
      ])
  }

  private func account(_ id: String, _ owner: String) -> AccountRow {
    AccountRow(
      id: id, name: id, ownerID: owner, ownerName: owner, ownerType: "person", relationship: "", controllerID: "",
      desk: "")
  }
}

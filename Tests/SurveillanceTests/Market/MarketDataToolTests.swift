import Surveillance
import Testing

@Suite struct MarketDataToolTests {
  private func facts(_ change: (inout InsiderTables) -> Void) async throws -> MarketFacts {
    var tables = InsiderTables()
    change(&tables)
    return try await MarketDataTool(alert: tables.alert, reference: tables.reference).facts()
  }

  @Test func `the market around a purchase before a bid`() async throws {
    let facts = try await facts { tables in
      tables.setEvent(Instant(InsiderTables.day + 1, hour: 7))
      for number in 1...40 { tables.setClose(InsiderTables.day + number, 147) }
      tables.setVolume(InsiderTables.day, 20_000)
    }
    #expect(facts.currency == "EUR")
    #expect(facts.eventDay == InsiderTables.day + 1)
    #expect(facts.eventPrice == Price(tenThousandths: 1_470_000))
    #expect(facts.gain == Money(minor: 47_000_00))
    #expect(abs((facts.abnormalReturn ?? 0) - 0.47) < 1e-12)
    #expect(abs((facts.abnormalReturnScore ?? 0) - 47) < 1e-9)
    #expect(facts.dayVolume == 20_000)
    #expect(facts.liquidity == "high")
    #expect(facts.phase == "continuous")
    #expect(facts.dailyVolatility == 0)
    #expect(facts.prices.first?.day == InsiderTables.day - 58)
    #expect(facts.prices.last?.day == InsiderTables.day + 8)
  }

  @Test func `a trade on a closed day has no volume, and its event's day is the next one with a close`() async throws {
    let facts = try await facts { tables in
      tables.alert.trades[0].time = Instant(InsiderTables.day + 3, hour: 10)
      tables.setEvent(Instant(InsiderTables.day + 4, hour: 10))
      tables.setClose(InsiderTables.day + 5, 90)
    }
    #expect(facts.dayVolume == nil)
    #expect(facts.volumeScore == nil)
    #expect(facts.liquidity == "")
    #expect(facts.eventDay == InsiderTables.day + 5)
    #expect(facts.gain == Money(minor: -10_000_00))
  }

  @Test func `without an event there is no return, and without prices nothing at all`() async throws {
    let quiet = try await facts { _ in }
    #expect(quiet.abnormalReturn == nil && quiet.gain == nil && quiet.eventDay == nil)
    #expect(quiet.dayVolume == 10_000)
    let empty = try await facts {
      $0.tables.prices = []
      $0.setEvent(Instant(InsiderTables.day + 1))
    }
    #expect(empty.prices.isEmpty && empty.abnormalReturn == nil && empty.dailyVolatility == nil)
  }

  @Test func `an alert about wash trades alone has no event`() async throws {
    let facts = try await facts {
      $0.alert.kinds = [.washTrade]
      $0.news(hours: 20)
    }
    #expect(facts.eventDay == nil)
    #expect(facts.prices.last?.day == InsiderTables.day + 7)
  }

  @Test func `an unknown time of day has no phase`() async throws {
    let facts = try await facts { $0.alert.trades[0].isTimeKnown = false }
    #expect(facts.phase == "")
  }

  @Test func `the news know the event's time better than the alert`() async throws {
    func event(_ change: (inout InsiderTables) -> Void) -> MarketEvent? {
      var tables = InsiderTables()
      change(&tables)
      guard let position = FlaggedPosition(tables.alert) else { return nil }
      return MarketEvent.find(tables.alert, position, tables.reference)
    }
    let hour = Instant.perHour
    // Of the alert's day the first material news, whatever came the day before.
    let known = event {
      $0.setEvent(InsiderTables.time + 26 * hour)
      $0.news(hours: 30)
      $0.news(hours: 22)
      $0.news(hours: 20, .analyst)
      $0.news(hours: 5)
    }
    #expect(known?.time == InsiderTables.time + 22 * hour)
    #expect(known?.alertTime == InsiderTables.time + 26 * hour)
    #expect(known?.isTimeKnown == true)
    // Without such news the alert's time stands.
    let alone = event {
      $0.setEvent(InsiderTables.time + 26 * hour, isTimeKnown: false)
      $0.news(hours: 5)
    }
    #expect(alone?.time == InsiderTables.time + 26 * hour)
    #expect(alone?.isTimeKnown == false)
    #expect(alone?.news == nil)
    // Without an event the first material news behind the trade, within 30 days.
    let found = event {
      $0.news(hours: -1)
      $0.news(hours: 0)
      $0.news(hours: 2, .rumour)
      $0.news(hours: 720)
    }
    #expect(found?.time == InsiderTables.time + 720 * hour)
    #expect(event { $0.news(hours: 720.01) } == nil)
    // Of two at one moment it is the same one, wherever they stand.
    let pair = [(-1, false), (1, true)]
    let events = [pair, pair.reversed()].map { order in
      event { tables in
        for (direction, isScheduled) in order { tables.news(hours: 9, direction: direction, isScheduled: isScheduled) }
      }
    }
    #expect(events[0] != nil && events[0] == events[1])
    // Where only the trade's day is known, all of that day may lie behind it.
    let sameDay = event {
      $0.alert.trades[0].isTimeKnown = false
      $0.news(hours: -2)
    }
    #expect(sameDay?.time == InsiderTables.time - 2 * hour)
  }
}

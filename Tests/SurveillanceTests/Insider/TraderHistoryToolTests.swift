import Surveillance
import Testing

@Suite struct TraderHistoryToolTests {
  private func facts(_ change: (inout InsiderTables) -> Void) async throws -> TraderHistoryFacts {
    var tables = InsiderTables()
    change(&tables)
    return try await TraderHistoryTool(alert: tables.alert, reference: tables.reference).facts()
  }

  @Test func `sizes are compared by their logarithms`() async throws {
    // ln of 100, 200, 400, 800, 1600 lie ln 2 apart: the median is ln 400, the deviation 1.4826 ln 2; ln 1000 is ln 2.5 above.
    let facts = try await facts { tables in
      for (number, quantity) in [400, 100, 1_600, 200, 800].enumerated() {
        tables.trade("T-1", daysBefore: Double(number + 1), "BOLT", quantity: quantity)
      }
    }
    #expect(facts.count == 5)
    #expect(facts.medianQuantity == 400)
    #expect(facts.multiple(of: 1_000) == 2.5)
    #expect(abs((facts.sizeScore ?? 0) - 0.916_291 / (1.4826 * 0.693_147)) < 1e-5)
  }

  @Test func `equal sizes are measured in a quarter`() async throws {
    let facts = try await facts { tables in
      for number in 1...5 { tables.trade("T-1", daysBefore: Double(number), "BOLT", quantity: 1_000 / 4) }
    }
    #expect(abs((facts.sizeScore ?? 0) - 1.386_294 / 0.25) < 1e-5)
  }

  @Test func `the year before counts, not the flagged trade, not what is older, nobody else's`() async throws {
    let facts = try await facts { tables in
      tables.trade("T-1", daysBefore: 365)
      tables.trade("T-1", daysBefore: 365.01)
      tables.trade("T-1", daysBefore: 0, quantity: 1_000)
      tables.trade("T-1", daysBefore: 0.000_1, quantity: 1_000)
      tables.trade("T-1", daysBefore: -1)
      tables.trade("T-9", daysBefore: 2)
    }
    #expect(facts.count == 1)
    #expect(facts.symbolCount == 1)
  }

  @Test func `where only the day is known, that day's trades are not before it`() async throws {
    let facts = try await facts { tables in
      tables.alert.trades[0].isTimeKnown = false
      tables.trade("T-1", daysBefore: 0.1)
      tables.trade("T-1", daysBefore: 1)
    }
    #expect(facts.count == 1)
  }

  @Test func `sectors are counted, the busiest first`() async throws {
    let facts = try await facts { tables in
      tables.tables.instruments.append(tables.instrument("COIL", "energy"))
      tables.tables.instruments.append(tables.instrument("DUNE", "health"))
      for (number, symbol) in ["COIL", "BOLT", "BOLT", "DUNE", "GONE"].enumerated() {
        tables.trade("T-1", daysBefore: Double(number + 1), symbol)
      }
    }
    #expect(facts.symbolCount == 0)
    #expect(facts.sectorCount == 1)
    #expect(facts.sectors.map { "\($0.sector) \($0.trades)" } == ["industry 2", "energy 1", "health 1"])
  }

  @Test func `a programme is regular days of one side and size`() async throws {
    let facts = try await facts { tables in
      for number in 1...12 { tables.trade("T-1", daysBefore: Double(number * 15), quantity: 800) }
      // Two fills of one day are one of its days, and sales or other instruments are none.
      tables.trade("T-1", daysBefore: 15.01, quantity: 200)
      tables.trade("T-1", daysBefore: 7, .sellACME)
      // Nor is the flagged day's own first fill one of those before.
      tables.trade("T-1", daysBefore: 0.01, quantity: 800)
      tables.trade("T-1", daysBefore: 8, "BOLT")
    }
    #expect(facts.programme.count == 12)
    #expect(facts.programme.intervalVariation == 0)
    #expect(facts.programme.sizeRatio == 1.25)
  }

  @Test func `a flagged trade out of step makes a programme irregular`() async throws {
    // Intervals of 3, 3 and 30 days: their mean is 12, their deviation 15.588.
    let facts = try await facts { tables in
      for days in [30.0, 33, 36] { tables.trade("T-1", daysBefore: days) }
    }
    #expect(abs((facts.programme.intervalVariation ?? 0) - 1.299_038) < 1e-5)
    #expect(facts.medianDaysBetween == 3)
  }

  @Test func `amounts are those of thirty days, in one currency`() async throws {
    let facts = try await facts { tables in
      tables.tables.instruments.append(tables.instrument("YENS", "energy", "JPY"))
      tables.trade("T-1", daysBefore: 1, quantity: 10)
      tables.trade("T-1", daysBefore: 1, "BOLT", quantity: 10)
      tables.trade("T-1", daysBefore: 1, "YENS", quantity: 10)
      tables.trade("T-1", daysBefore: 2, .sellACME, quantity: 40)
      tables.trade("T-1", daysBefore: 31)
    }
    #expect(facts.dailyNotional.count == 23)
    #expect(facts.dailyNotional.suffix(3).map(\.amount.minor) == [4_000_00, 2_000_00, 100_000_00])
    #expect(facts.medianNotional == Money(minor: 3_000_00))
  }

  @Test func `silence is the trader's where others are heard, and else the data's`() async throws {
    let silent = try await facts { _ in }
    #expect(silent.isAvailable && silent.count == 0 && silent.sectorCount == 0 && silent.sizeScore == nil)
    let unknown = try await facts { $0.tables.traders.removeFirst() }
    #expect(!unknown.isAvailable)
    let nobody = try await facts { $0.tables.trades = [] }
    #expect(!nobody.isAvailable)
    let old = try await facts {
      $0.tables.trades = []
      $0.trade("T-9", daysBefore: 400, "BOLT")
    }
    #expect(!old.isAvailable)
    let rows = try await facts {
      $0.tables.traders = []
      $0.trade("T-1", daysBefore: 5)
    }
    #expect(rows.isAvailable && rows.count == 1)
    let nameless = try await facts {
      $0.alert.trader = nil
      $0.trade("T-1", daysBefore: 5)
    }
    #expect(!nameless.isAvailable)
  }

  @Test func `the trader may be the trade's, or whoever decides for the account`() async throws {
    let byTrade = try await facts {
      $0.alert.trader = nil
      $0.alert.trades[0].traderID = "T-1"
      $0.trade("T-1", daysBefore: 5)
    }
    #expect(byTrade.count == 1)
    let byAccount = try await facts {
      $0.alert.trader = nil
      $0.alert.trades[0].accountID = "A-7"
      $0.tables.accounts = [
        AccountRow(
          id: "A-7", name: "", ownerID: "O-1", ownerName: "", ownerType: "person", relationship: "",
          controllerID: "T-1",
          desk: "")
      ]
      $0.trade("T-1", daysBefore: 5)
    }
    #expect(byAccount.count == 1)
  }

  @Test func `huge quantities do not overflow`() async throws {
    let facts = try await facts { tables in
      tables.alert.trades[0].quantity = .max
      for number in 1...8 {
        tables.trade("T-1", daysBefore: Double(number), quantity: .max)
        tables.trade("T-1", daysBefore: Double(number), quantity: .max)
      }
    }
    #expect(facts.sizeScore == 0)
    #expect(facts.programme.sizeRatio == 1)
    #expect(facts.medianNotional?.minor == .max)
  }
}

extension InsiderTables {
  enum SoldACME { case sellACME }

  mutating func trade(_ trader: String, daysBefore: Double, _: SoldACME, quantity: Int = 100) {
    trade(trader, daysBefore: daysBefore, "ACME", .sell, quantity: quantity)
  }
}

import Surveillance
import Testing

@Suite struct FlaggedPositionTests {
  private func alert(_ trades: [(hour: Int, symbol: String, side: Side, quantity: Int, price: Int)]) -> Alert {
    var alert = Alert(id: "AL-1", type: "x")
    alert.trades = trades.enumerated().map { number, trade in
      AlertTrade(
        sequence: number + 1, time: Instant(InsiderScene.day, hour: trade.hour), symbol: trade.symbol, side: trade.side,
        quantity: trade.quantity, price: Price(tenThousandths: trade.price * 10_000))
    }
    return alert
  }

  @Test func `several trades are one position, with a price weighted by quantity and the first time`() throws {
    let position = try #require(
      FlaggedPosition(
        alert([(12, "ACME", .buy, 300, 104), (10, "ACME", .buy, 100, 100), (11, "ACME", .sell, 399, 999)])))
    #expect(position.side == .buy)
    #expect(position.quantity == 400)
    #expect(position.price == Price(tenThousandths: 1_030_000))
    #expect(position.firstTime == Instant(InsiderScene.day, hour: 10))
    #expect(position.lastTime == Instant(InsiderScene.day, hour: 12))
  }

  @Test func `the greater side counts, and of equal sides the first`() {
    #expect(FlaggedPosition(alert([(9, "A", .buy, 100, 1), (10, "A", .sell, 101, 1)]))?.side == .sell)
    #expect(FlaggedPosition(alert([(9, "A", .buy, 100, 1), (10, "A", .sell, 100, 1)]))?.side == .buy)
    #expect(FlaggedPosition(alert([(11, "A", .buy, 100, 1), (10, "A", .sell, 100, 1)]))?.side == .sell)
  }

  @Test func `the instrument is the first trade's, and the others are counted`() {
    let position = FlaggedPosition(alert([(11, "B", .buy, 9_000, 1), (10, "A", .buy, 1, 1), (12, "C", .buy, 1, 1)]))
    #expect(position?.symbol == "A")
    #expect(position?.otherTrades == 2)
  }

  @Test func `an alert without trades has none`() { #expect(FlaggedPosition(alert([])) == nil) }

  @Test func `huge quantities stand at the largest number`() throws {
    let position = try #require(
      FlaggedPosition(alert([(9, "A", .buy, .max, 1_000_000), (10, "A", .buy, .max, 3_000_000)])))
    #expect(position.quantity == .max)
    #expect(position.price == Price(tenThousandths: 20_000_000_000))
    #expect(position.notional.minor == .max)
    #expect(TradeGain.by(Price(tenThousandths: .max), position).minor == .max)
    #expect(TradeGain.by(Price(tenThousandths: 0), position).minor == .min)
  }

  @Test func `a gain is what the close is above a purchase, or below a sale`() throws {
    let bought = try #require(FlaggedPosition(alert([(9, "A", .buy, 10, 100), (10, "A", .buy, 30, 104)])))
    #expect(TradeGain.by(Price(tenThousandths: 1_100_000), bought).minor == 280_00)
    let sold = try #require(FlaggedPosition(alert([(9, "A", .sell, 10, 100)])))
    #expect(TradeGain.by(Price(tenThousandths: 925_000), sold).minor == 75_00)
    #expect(TradeGain.by(Price(tenThousandths: 1_100_000), sold).minor == -100_00)
  }

  @Test(arguments: [
    ("00:00", "pre-market"), ("07:59", "pre-market"), ("08:00", "opening"), ("08:29", "opening"),
    ("08:30", "continuous"), ("15:59", "continuous"), ("16:00", "closing"), ("16:29", "closing"),
    ("16:30", "after-hours"), ("23:59", "after-hours"),
  ])
  func `the day has five phases`(clock: String, phase: String) throws {
    let time = try #require(Instant("2026-03-04T\(clock):00Z"))
    #expect(TradingClock.phase(time) == phase)
  }

  @Test func `the flagged trades are known among the rows`() throws {
    let flagged = try #require(FlaggedPosition(InsiderScene().alert))
    func row(_ seconds: Int, _ quantity: Int = 1_000, order: String = "") -> TradeRow {
      TradeRow(
        id: "X", time: InsiderScene.time + seconds * 1_000, accountID: "A", traderID: "T-1", symbol: "ACME",
        side: .buy, quantity: quantity, price: Price(tenThousandths: 1_000_000), orderID: order)
    }
    #expect(flagged.contains(row(59)))
    #expect(!flagged.contains(row(60)))
    #expect(!flagged.contains(row(0, 999)))
    var alert = InsiderScene().alert
    alert.trades[0].orderID = "O-1"
    #expect(FlaggedPosition(alert)?.contains(row(9_000, 1, order: "O-1")) == true)
    alert.trades[0].isTimeKnown = false
    #expect(FlaggedPosition(alert)?.contains(row(-3_600)) == true)
  }
}

/// What an alert says, before it is written in one of the dialects of monitoring systems.
struct AlertDraft {
  var id: String
  var type: String
  var rule: String
  var generated: Instant
  var tables: ReferenceTables
  var trades: [TradeRow]
  var event: Event?
  /// What the system says it found. Some of it is wrong, as in life.
  var claims: KeyValuePairs<String, String> = [:]

  struct Event {
    var type: String
    var time: Instant
    var text: String
  }

  init(
    _ id: String, _ type: String, rule: String, _ generated: Instant, _ tables: ReferenceTables,
    _ trades: [TradeRow], event: Event? = nil, claims: KeyValuePairs<String, String> = [:]
  ) {
    self.id = id
    self.type = type
    self.rule = rule
    self.generated = generated
    self.tables = tables
    self.trades = trades
    self.event = event
    self.claims = claims
  }

  func trader(of trade: TradeRow) -> TraderRow? { tables.traders.first { $0.id == trade.traderID } }
  func account(of trade: TradeRow) -> AccountRow? { tables.accounts.first { $0.id == trade.accountID } }

  /// `2026-09-15T13:00:00Z`, with milliseconds only where there are any.
  static func iso(_ time: Instant) -> String {
    let text = time.description
    return text.hasSuffix(".000Z") ? text.dropLast(5) + "Z" : text
  }

  /// `13:00:00.000`.
  static func clock(_ time: Instant) -> String { String(time.description.dropFirst(11).dropLast()) }

  static func plain(_ price: Price) -> String { "\(price.cents / 100).\(Digits.padded(price.cents % 100, 2))" }

  static func value(_ trade: TradeRow) -> Money { Money(quantity: trade.quantity, price: trade.price) }
  static func plain(_ money: Money) -> String { "\(money.minor / 100).\(Digits.padded(money.minor % 100, 2))" }
}

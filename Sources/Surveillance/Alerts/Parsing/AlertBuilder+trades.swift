extension AlertBuilder {
  /// An element with a trade, and what it stands in.
  private struct Row {
    var element: XMLElement
    /// From the innermost to the alert itself. What the row does not say of itself, these may say of all their rows.
    var context: [SharedFields]
    var sequence = 0
  }

  mutating func readTrades() {
    var rows: [Row] = []
    Self.collect(in: element, context: [SharedFields(element)], into: &rows)
    let given = rows.map { Self.sequence(of: $0.element) }
    // Numbers that are missing or doubled say nothing of the order.
    let isNumbered = !given.contains(nil) && Set(given).count == given.count
    for index in rows.indices { rows[index].sequence = (isNumbered ? given[index] : nil) ?? index + 1 }
    if isNumbered { rows.sort { $0.sequence < $1.sequence } }
    for row in rows {
      if let trade = read(row) { alert.trades.append(trade) }
    }
  }

  /// The innermost elements by the names of rows. One without anything in it is a word about trades, not a trade.
  private static func collect(in element: XMLElement, context: [SharedFields], into rows: inout [Row]) {
    for child in element.children where !isOther(child) {
      if isRow(child), child.firstBelow(isRow) == nil {
        rows.append(Row(element: child, context: context))
      } else if !child.isLeaf {
        collect(in: child, context: [SharedFields(child)] + context, into: &rows)
      }
    }
  }

  private static func isRow(_ element: XMLElement) -> Bool {
    AlertNames.rows.contains(element.key) && (!element.isLeaf || element.attributes.count > 1)
  }

  private static func isOther(_ element: XMLElement) -> Bool {
    !element.isLeaf && AlertNames.otherTrades.contains { element.key.hasPrefix($0) }
  }

  private static func sequence(of row: XMLElement) -> Int? {
    guard let text = row.attributes.first(where: { $0.key == "sequence" })?.value,
      case .value(let number) = AlertNumber.read(text, decimals: 0, isExact: true), number > 0
    else { return nil }
    return number
  }

  // MARK: One row

  private mutating func read(_ row: Row) -> AlertTrade? {
    let element = row.element
    let orderID = fields.take(AlertNames.orderID, in: element)
    let symbol = inherited(AlertNames.symbol, row)
    let sideText = inherited(AlertNames.side, row)
    let quantity = readQuantity(of: element)
    let price = readPrice(of: element)
    let date = inherited(AlertNames.tradeDate, row)
    let (time, timeFault) = AlertTime.read(date: date, time: fields.take(AlertNames.tradeTime, in: element))

    var faults: [String] = []
    if symbol == nil { faults.append("it has no symbol") }
    let side = sideText.flatMap(Self.side)
    if side == nil { faults.append(sideText.map { "its side \(Self.quoted($0)) is not known" } ?? "it has no side") }
    if let fault = quantity.fault { faults.append(fault) }
    if let fault = price.fault { faults.append(fault) }
    if time == nil {
      faults.append(timeFault.map { "its time \(Self.quoted($0)) cannot be read" } ?? "it has no date")
    }
    if faults.isEmpty, let quantity = quantity.value, let price = price.value, quantity > Self.mostWorth / price {
      faults.append("its quantity and its price together are too large to be counted")
    }
    guard faults.isEmpty, let symbol, let side, let quantity = quantity.value, let price = price.value, let time else {
      tell("\(name(of: row)) cannot be used: \(Self.list(faults)).")
      return nil
    }
    if let timeFault {
      tell("The time \(Self.quoted(timeFault)) of \(name(of: row, isStart: false)) cannot be read; noon stands for it.")
    }
    var trade = AlertTrade(
      sequence: row.sequence, time: time.instant, isTimeKnown: time.isTimeKnown, symbol: symbol, side: side,
      quantity: quantity, price: Price(tenThousandths: price))
    trade.orderID = orderID
    trade.accountID = inherited(AlertNames.accountID, row)
    trade.accountName = fields.take(AlertNames.accountName, in: element)
    trade.accountType = fields.take(AlertNames.accountType, in: element)
    trade.book = fields.take(AlertNames.book, in: element)
    trade.traderID = inherited(AlertNames.traderID, row)
    trade.value = readValue(of: row)
    trade.counterparty = fields.take(AlertNames.counterparty, in: element).flatMap(Self.counterparty)
    trade.venue = inherited(AlertNames.venue, row)
    return trade
  }

  /// What the row says, or else the innermost element around it that says it for all its rows.
  private mutating func inherited(_ keys: [String], _ row: Row) -> String? {
    if let own = fields.take(keys, in: row.element) { return own }
    for outer in row.context {
      if let shared = fields.take(keys, from: outer) { return shared }
    }
    return nil
  }

  // MARK: Its numbers

  /// No trade has more shares, and no share costs more, in ten-thousandths. Neither their product nor the sum of it over a file's
  /// rows runs over.
  static let mostShares = 1_000_000_000
  static let highestPrice = 10_000_000 * Price.perUnit
  static let mostWorth = 1_000_000_000_000 * Price.perUnit

  /// What a trade may be said to be worth, in hundredths.
  static let highestValue: UInt = 1_000_000_000_000_000

  private mutating func readQuantity(of row: XMLElement) -> (value: Int?, fault: String?) {
    guard let text = fields.take(AlertNames.quantity, in: row) else { return (nil, "it has no quantity") }
    let shown = Self.quoted(text)
    switch AlertNumber.read(text, decimals: 0, isExact: true) {
    case .none: return (nil, "its quantity \(shown) is not a number")
    case .fraction: return (nil, "its quantity \(shown) is not whole")
    case .tooLarge: return (nil, "its quantity \(shown) is too large to be counted")
    case .value(let number):
      guard number > 0 else { return (nil, "its quantity \(shown) is not above zero") }
      guard number <= Self.mostShares else { return (nil, "its quantity \(shown) is too large to be counted") }
      return (number, nil)
    }
  }

  private mutating func readPrice(of row: XMLElement) -> (value: Int?, fault: String?) {
    guard let text = fields.take(AlertNames.price, in: row) else { return (nil, "it has no price") }
    let shown = Self.quoted(text)
    switch AlertNumber.read(text, decimals: 4) {
    case .none, .fraction: return (nil, "its price \(shown) is not a number")
    case .tooLarge: return (nil, "its price \(shown) is too large to be counted")
    case .value(let number):
      guard number > 0 else { return (nil, "its price \(shown) is not above zero") }
      guard number <= Self.highestPrice else { return (nil, "its price \(shown) is too large to be counted") }
      return (number, nil)
    }
  }

  private mutating func readValue(of row: Row) -> Money? {
    guard let text = fields.take(AlertNames.value, in: row.element) else { return nil }
    if case .value(let minor) = AlertNumber.read(text, decimals: 2), minor.magnitude <= Self.highestValue {
      return Money(minor: minor)
    }
    tell("The value \(Self.quoted(text)) of \(name(of: row, isStart: false)) is not a number that can be counted.")
    return nil
  }

  // MARK: Its words

  private static func side(_ text: String) -> Side? {
    switch XMLElement.key(of: text) {
    case "buy", "b", "bought", "purchase", "buytocover", "buycover": .buy
    case "sell", "s", "sold", "sale", "short", "shortsell", "sellshort": .sell
    default: nil
    }
  }

  /// The market is no account.
  private static func counterparty(_ text: String) -> String? {
    ["market", "none", "na", "unknown", ""].contains(XMLElement.key(of: text)) ? nil : text
  }

  private func name(of row: Row, isStart: Bool = true) -> String {
    "\(isStart ? "Trade" : "trade") \(row.sequence) (line \(places.line(of: row.element.offset)))"
  }

  private static func list(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}

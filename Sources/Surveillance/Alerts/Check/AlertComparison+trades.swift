extension AlertComparison {
  mutating func check(_ trade: AlertTrade) {
    checkValue(trade)
    checkTime(trade)
    if reference.instrument(trade.symbol) == nil {
      addGap("instrument \(trade.symbol)", "Nothing is known of the instrument \(trade.symbol) of the alert's trades.")
    } else {
      checkPrice(trade)
    }
    checkAccount(trade)
    if let trader = trade.traderID { checkKnown(trader: trader) }
  }

  private mutating func checkValue(_ trade: AlertTrade) {
    guard let value = trade.value else { return }
    let product = Money(quantity: trade.quantity, price: trade.price)
    guard Self.differs(value.value, product.value, by: ClaimTolerance.value) else { return }
    add(
      """
      The alert says that trade \(trade.sequence, from: .readAlert) was worth \(value, from: .readAlert), but \
      \(trade.quantity, from: .readAlert) shares at \(trade.price, from: .readAlert) are \(product, from: .readAlert).
      """)
  }

  private mutating func checkTime(_ trade: AlertTrade) {
    let day = trade.time.day
    if day.isWeekend {
      add(
        """
        Trade \(trade.sequence, from: .readAlert) is dated \(day, from: .readAlert), which is a \
        \(day.weekday == 5 ? "Saturday" : "Sunday"), when nothing is traded.
        """)
    }
    guard let generated = alert.generatedAt else { return }
    if trade.isTimeKnown ? trade.time > generated : day > generated.day {
      let dated = trade.isTimeKnown ? trade.time.description : day.description
      add(
        """
        Trade \(trade.sequence, from: .readAlert) is dated \(dated, from: .readAlert), after the alert itself, which \
        was made at \(generated, from: .readAlert).
        """)
    }
  }

  private mutating func checkPrice(_ trade: AlertTrade) {
    let day = trade.time.day
    guard let row = reference.prices(trade.symbol, day...day).first else { return }
    guard trade.price < row.low || row.high < trade.price else { return }
    add(
      """
      Trade \(trade.sequence, from: .readAlert) is said to have been at \(trade.price, from: .readAlert), \
      but \(trade.symbol, from: .readAlert) traded between \(row.low, from: .readAlert) and \
      \(row.high, from: .readAlert) on \(day, from: .readAlert).
      """)
  }

  private mutating func checkAccount(_ trade: AlertTrade) {
    for account in [trade.accountID, trade.counterparty] {
      guard let account, reference.account(account) == nil else { continue }
      addGap("account \(account)", "Nothing is known of the account \(account) of the alert's trades.")
    }
    guard let id = trade.accountID, let name = trade.accountName, let known = reference.account(id),
      !Self.isSame(name, known.name), isFirst("name of \(id)")
    else { return }
    add(
      """
      The alert calls the account \(id, from: .readAlert) “\(XMLReader.Name.shown(name), from: .readAlert)”; it is \
      known as “\(known.name, from: .readAlert)”.
      """)
  }

  // MARK: The trader

  mutating func checkTrader() {
    guard let trader = alert.trader else { return }
    checkKnown(trader: trader.id)
    guard let known = reference.trader(trader.id) else { return }
    let pairs = [("name", trader.name, known.name), ("department", trader.department, known.department)]
    for (what, said, known) in pairs {
      guard let said, !known.isEmpty, !Self.isSame(said, known) else { continue }
      add(
        """
        The alert gives “\(XMLReader.Name.shown(said), from: .readAlert)” as the \(what) of the trader \
        \(trader.id, from: .readAlert); the register has “\(known, from: .readAlert)”.
        """)
    }
  }

  private mutating func checkKnown(trader: String) {
    guard reference.trader(trader) == nil else { return }
    addGap("trader \(trader)", "Nothing is known of the trader \(trader) that the alert names.")
  }

  /// Capitals and marks aside.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    XMLElement.key(of: one.lowercased()) == XMLElement.key(of: other.lowercased())
  }
}

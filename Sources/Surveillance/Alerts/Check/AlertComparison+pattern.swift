extension AlertComparison {
  /// What it says of how its trades are alike and how far apart they are.
  mutating func checkPattern() {
    guard alert.trades.count > 1 else { return }
    let trades = alert.trades.sorted(by: Self.isEarlier)
    checkSame("sameprice", "the same price", Set(trades.map(\.price)).count == 1)
    checkSame("samequantity", "the same quantity", Set(trades.map(\.quantity)).count == 1)
    checkSame("samesymbol", "the same instrument", Set(trades.map(\.symbol)).count == 1)
    guard trades.allSatisfy(\.isTimeKnown), let first = trades.first, let last = trades.last else { return }
    let gaps = zip(trades, trades.dropFirst()).map { Double($1.time - $0.time) }
    checkSpan("timedelta", "between its trades", gaps)
    checkSpan("totalcycletime", "between its first and its last trade", [Double(last.time - first.time)])
  }

  private mutating func checkSame(_ key: String, _ what: String, _ isSame: Bool) {
    let found = alert.claims.filter { XMLElement.key(of: $0.name) == key }
    guard found.count == 1, let claim = found.first else { return }
    let claimed: Bool
    switch XMLElement.key(of: claim.text) {
    case "true", "yes": claimed = true
    case "false", "no": claimed = false
    default: return
    }
    guard claimed != isSame else { return }
    let said: CitedText = claimed ? "have \(what)" : "do not have \(what)"
    let known: CitedText = isSame ? "they have" : "they have not"
    add("The alert says that its trades \(said), but \(known).")
  }

  private mutating func checkSpan(_ key: String, _ where: String, _ spans: [Double]) {
    guard let (claim, amount) = claim([key]), let claimed = amount.milliseconds, let shortest = spans.min() else {
      return
    }
    guard spans.allSatisfy({ Self.differs(claimed, $0, by: ClaimTolerance.span) }) else { return }
    add(
      """
      The alert says of the time \(`where`): “\(Self.quoted(claim))”; by its own times it was \
      \(shortest / Double(Instant.perSecond), digits: 3, from: .readAlert) \
      \(spans.count > 1 ? "seconds at the least" : "seconds").
      """)
  }

  /// The one owner whom it names has to be the owner of one of its accounts.
  mutating func checkOwner() {
    let named = alert.claims.filter { ["ownerid", "beneficialownerid"].contains(XMLElement.key(of: $0.name)) }
    guard named.count == 1, let claim = named.first else { return }
    var owners: [String] = []
    for case let account? in alert.trades.map(\.accountID) {
      guard let owner = reference.account(account)?.ownerID, !owner.isEmpty, !owners.contains(owner) else { continue }
      owners.append(owner)
    }
    guard !owners.isEmpty, !owners.contains(claim.text) else { return }
    let known = owners.prefix(4).joined(separator: ", ")
    add(
      """
      The alert names \(Self.quoted(claim)) as the owner behind its accounts; the register has \
      \(known, from: .readAlert).
      """)
  }
}

extension AlertComparison {
  /// The close on the event's day, or on the next one with prices, is what a profit is counted to.
  private static let daysToLook = 7

  mutating func checkProfit() {
    guard let event = alert.event, !alert.trades.isEmpty, let (claim, amount) = profitClaim() else { return }
    var gain = 0
    for trade in alert.trades {
      let day = event.time.day
      guard let close = reference.prices(trade.symbol, day...(day + Self.daysToLook)).first?.close else { return }
      let (move, isMoveTooLarge) = close.tenThousandths.subtractingReportingOverflow(trade.price.tenThousandths)
      guard !isMoveTooLarge else { return }
      let part = Money(quantity: trade.quantity * trade.side.sign, price: Price(tenThousandths: move))
      let (sum, isTooLarge) = gain.addingReportingOverflow(part.minor)
      guard !isTooLarge else { return }
      gain = sum
    }
    let found = Money(minor: gain)
    guard Self.differs(amount.value, found.value, by: ClaimTolerance.profit) else { return }
    add(
      """
      The alert speaks of a profit, or a loss avoided, of \(Self.quoted(claim)), but its trades come to \
      \(found, from: .readAlert) at the close behind the event of \(event.time.day, from: .readAlert).
      """)
  }

  private func profitClaim() -> (claim: Claim, amount: ClaimedAmount)? {
    let names = alert.claims.map { XMLElement.key(of: $0.name) }.filter { name in
      (name.contains("profit") && !name.contains("percent")) || (name.contains("loss") && name.contains("avoid"))
    }
    guard let found = claim(Set(names)), found.amount.unit != "%" else { return nil }
    return found
  }

  /// Each trade lies somewhere in its day if its time is not known, and the event was over when the alert was made.
  mutating func checkHoursToEvent() {
    let keys: Set = ["temporalproximity", "timedifferencehours", "hourstoevent", "hoursbeforeevent", "timetoevent"]
    guard let event = alert.event, let first = alert.trades.min(by: Self.isEarlier),
      let last = alert.trades.max(by: Self.isEarlier), let (claim, amount) = claim(keys)
    else { return }
    let isInHours = XMLElement.key(of: claim.name).contains("hours")
    guard let claimed = amount.milliseconds ?? (isInHours ? amount.value * Double(Instant.perHour) : nil) else {
      return
    }
    var latestEvent = event.isTimeKnown ? event.time : Self.end(of: event.time.day)
    if let generated = alert.generatedAt, !event.isTimeKnown { latestEvent = min(latestEvent, generated) }
    let earliestEvent = event.isTimeKnown ? event.time : Instant(event.time.day)
    let most = latestEvent - (first.isTimeKnown ? first.time : Instant(first.time.day))
    let least = earliestEvent - (last.isTimeKnown ? last.time : Self.end(of: last.time.day))
    let slack = ClaimTolerance.hours * Double(Instant.perHour)
    guard claimed < Double(least) - slack || claimed > Double(most) + slack else { return }
    let span: CitedText =
      least == most
      ? "\(Self.hours(most), digits: 1, from: .readAlert) hours"
      : """
      between \(max(0, Self.hours(least)), digits: 1, from: .readAlert) and \
      \(Self.hours(most), digits: 1, from: .readAlert) hours
      """
    add(
      """
      The alert says of the time between trade and event: “\(Self.quoted(claim))”; by its own dates it was \(span).
      """)
  }

  private static func end(of day: Day) -> Instant { Instant(day + 1) - 1 }
  private static func hours(_ milliseconds: Int) -> Double { Double(milliseconds) / Double(Instant.perHour) }
  static func isEarlier(_ one: AlertTrade, _ other: AlertTrade) -> Bool {
    (one.time, one.sequence) < (other.time, other.sequence)
  }
}

extension AlertComparison {
  mutating func checkVolumes() {
    let quantity = alert.trades.reduce(0) { $0 + $1.quantity }
    checkMultiple()
    guard quantity > 0 else { return }
    if let (claim, amount) = claim(["totalvolume", "totalquantity"]),
      Self.differs(amount.value, Double(quantity), by: ClaimTolerance.volume)
    {
      add(
        """
        The alert gives \(Self.quoted(claim)) as the quantity of all its trades; they sum up to \
        \(quantity, from: .readAlert).
        """)
    }
    let worth = alert.trades.reduce(0) { $0 + Money(quantity: $1.quantity, price: $1.price).minor }
    if let (claim, amount) = claim(["totalvalue"]),
      Self.differs(amount.value, Money(minor: worth).value, by: ClaimTolerance.value)
    {
      add(
        """
        The alert gives \(Self.quoted(claim)) as the value of all its trades; they sum up to \
        \(Money(minor: worth), from: .readAlert).
        """)
    }
    checkDay(quantity)
  }

  /// What it says of the day's volume, which can be looked up if its trades are of one day and one instrument.
  private mutating func checkDay(_ quantity: Int) {
    guard let first = alert.trades.first, case let day = first.time.day,
      alert.trades.allSatisfy({ $0.symbol == first.symbol && $0.time.day == day }),
      let volume = reference.prices(first.symbol, day...day).first?.volume, volume > 0
    else { return }
    if let (claim, amount) = claim(["dailyvolume", "dayvolume"]),
      Self.differs(amount.value, Double(volume), by: ClaimTolerance.volume)
    {
      add(
        """
        The alert gives \(Self.quoted(claim)) as the volume of \(first.symbol, from: .readAlert) on \
        \(day, from: .readAlert); the market's was \(volume, from: .readAlert).
        """)
    }
    guard let (claim, amount) = claim(["volumeimpact", "volumeimpactpercentage", "volumeimpactpercent"]) else { return }
    // Some systems count every leg, some count each pair once, and some the largest leg.
    let largest = alert.trades.reduce(0) { max($0, $1.quantity) }
    let shares = [Double(quantity), Double(quantity) / 2, Double(largest)].map { $0 / Double(volume) * 100 }
    guard shares.allSatisfy({ Self.differs(amount.value, $0, by: ClaimTolerance.percent) }) else { return }
    add(
      """
      The alert puts its trades at \(Self.quoted(claim)) of the day's volume; their \(quantity, from: .readAlert) shares \
      are \(shares[0], digits: 1, from: .readAlert) % of the \(volume, from: .readAlert) that were traded on \
      \(day, from: .readAlert).
      """)
  }

  /// Its own figures against each other: how many times the average its volume was.
  private mutating func checkMultiple() {
    guard let (_, total) = claim(["totalvolume"]), let (_, average) = claim(["historicalaveragedailyvolume"]),
      average.value > 0
    else { return }
    let multiple = total.value / average.value
    for (key, scale) in [("anomalymultiplier", 1.0), ("anomalypercentage", 100)] {
      guard let (claim, amount) = claim([key]),
        Self.differs(amount.value, multiple * scale, by: ClaimTolerance.multiple)
      else { continue }
      add(
        """
        The alert says that its volume was \(Self.quoted(claim)) of the average; by its own figures it was \
        \(multiple, digits: 2, from: .readAlert) times as much.
        """)
    }
  }
}

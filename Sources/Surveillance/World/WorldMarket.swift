/// What is traded, at which prices, and what is told of it.
struct WorldMarket: Sendable {
  let instruments: [InstrumentRow]
  /// Each symbol's, by day.
  let prices: [[PriceRow]]
  let news: [NewsRow]

  init(seed: UInt64, names: inout WorldNames) {
    var instruments: [InstrumentRow] = []
    var prices: [[PriceRow]] = []
    var news: [NewsRow] = []
    for number in 0..<World.symbolCount {
      let symbol = names.symbol()
      var random = SplitMix64(seed: seed, for: "symbol", number)
      let teller = WorldNews(symbol: symbol, company: names.company())
      let told = teller.news(&random)
      let path = PricePath(
        symbol: symbol, anchor: WorldCalendar.last, price: random.within(800...24_000), beta: random.within(60...150),
        noise: random.within(1_800...6_000), jumps: told.jumps, volume: random.within(8...80) * 50_000,
        volumeSpread: 35)
      let rows = path.rows(SplitMix64(seed: seed, for: "prices", number))
      let latest = rows.suffix(20).reduce(0) { $0 + $1.volume }
      instruments.append(
        InstrumentRow(
          symbol: symbol, sector: WorldNames.sectors[number % WorldNames.sectors.count], currency: "USD",
          averageVolume: latest / 20, tick: .cents(1), name: teller.company))
      prices.append(rows)
      news += told.rows
    }
    self.instruments = instruments
    self.prices = prices
    self.news = news.sorted { ($0.time, $0.symbol) < ($1.time, $1.symbol) }
  }
}

/// A year of news of one company.
struct WorldNews {
  var symbol: String
  var company: String

  /// The rows, and what the scheduled results did to the price.
  func news(_ random: inout SplitMix64) -> (rows: [NewsRow], jumps: [Day: Int]) {
    var rows: [NewsRow] = []
    var jumps: [Day: Int] = [:]
    var place = random.within(5...40)
    while place < WorldCalendar.days.count {
      let day = WorldCalendar.days[place]
      let surprise = random.around(9_000)
      jumps[day] = surprise
      rows.append(
        row(
          Instant(day, hour: 7), "Exchange filing",
          surprise > 0 ? "\(company) reports more than was expected" : "\(company) reports less than was expected",
          .material, surprise > 0 ? 1 : -1, isScheduled: true))
      place += 62 + random.within(0...6)
    }
    var taken: Set<Instant> = []
    for _ in 0..<random.within(8...24) {
      let time =
        Instant(random.pick(WorldCalendar.days), hour: random.within(6...17), minute: random.within(0...59))
      let row = small(time, random.pick([-1, 0, 1]), &random)
      if taken.insert(time).inserted { rows.append(row) }
    }
    return (rows, jumps)
  }

  private func small(_ time: Instant, _ direction: Int, _ random: inout SplitMix64) -> NewsRow {
    let word = ["lowers", "keeps", "raises"][direction + 1]
    switch random.below(4) {
    case 0: return row(time, "Desk Notes", "Analyst \(word) the view of \(company)", .analyst, direction)
    case 1: return row(time, "Market Talk", "Talk of a sale of parts of \(company)", .rumour, direction)
    case 2: return row(time, "Sector Weekly", "The sector of \(company) in the past week", .sector, direction)
    default: return row(time, "Newswire", "\(company) names a new head of logistics", .none, 0)
    }
  }

  private func row(
    _ time: Instant, _ source: String, _ headline: String, _ category: NewsRow.Category, _ direction: Int,
    isScheduled: Bool = false
  ) -> NewsRow {
    NewsRow(
      time: time, symbol: symbol, source: source, headline: headline, category: category, direction: direction,
      isScheduled: isScheduled)
  }
}

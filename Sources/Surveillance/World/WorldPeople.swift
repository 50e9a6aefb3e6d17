/// Traders, accounts, and what binds and permits them.
struct WorldPeople: Sendable {
  private(set) var tables = ReferenceTables()

  init(seed: UInt64, symbols: [String], names: inout WorldNames) {
    var random = SplitMix64(seed: seed, for: "people")
    for number in 1...World.traderCount { tables.traders.append(Self.trader(number, &names, &random)) }
    for number in 1...World.accountCount { tables.accounts.append(account(number, &names, &random)) }
    addLinks(&random)
    addLists(symbols, &random)
    addPapers(symbols, &random)
  }

  private static func trader(_ number: Int, _ names: inout WorldNames, _ random: inout SplitMix64) -> TraderRow {
    let job = random.pick(jobs)
    var sectors: [String] = []
    if job.hasMandate {
      let first = random.below(WorldNames.sectors.count)
      sectors = [WorldNames.sectors[first], WorldNames.sectors[(first + 3) % WorldNames.sectors.count]]
    }
    return TraderRow(
      id: "T-\(Digits.padded(number, 4))", name: names.person(), role: job.role, department: job.department,
      access: job.access, permission: job.permission, mandateSectors: sectors)
  }

  private struct Job {
    var role: String
    var department: String
    var access: TraderRow.Access
    var permission: TraderRow.Permission
    var hasMandate = false
  }

  private static let jobs = [
    Job(role: "portfolio manager", department: "Funds", access: .medium, permission: .full, hasMandate: true),
    Job(role: "portfolio manager", department: "Mandates", access: .medium, permission: .full, hasMandate: true),
    Job(role: "analyst", department: "Research", access: .medium, permission: .full, hasMandate: true),
    Job(role: "dealer", department: "Execution", access: .low, permission: .executionOnly),
    Job(role: "dealer", department: "Execution", access: .low, permission: .executionOnly),
    Job(role: "market maker", department: "Liquidity", access: .low, permission: .full),
    Job(role: "private client", department: "Clients", access: .none, permission: .full),
    Job(role: "private client", department: "Clients", access: .none, permission: .full),
  ]

  /// Each trader has an account; a hundred traders have one more, for somebody else's money.
  private mutating func account(
    _ number: Int, _ names: inout WorldNames, _ random: inout SplitMix64
  ) -> AccountRow {
    let trader = tables.traders[(number - 1) % tables.traders.count]
    let isOwn = number <= tables.traders.count
    let owner = "O-\(Digits.padded(number, 4))"
    let company = isOwn ? "" : names.company()
    return AccountRow(
      id: "A-\(Digits.padded(number, 4))", name: isOwn ? "\(trader.name), \(trader.department)" : company,
      ownerID: owner, ownerName: isOwn ? trader.name : company,
      ownerType: isOwn ? "person" : random.pick(["fund", "company", "trust"]),
      relationship: isOwn ? "own" : "client", controllerID: trader.id, desk: trader.department)
  }

  private mutating func addLinks(_ random: inout SplitMix64) {
    var known: Set<[String]> = []
    while tables.links.count < 80 {
      let first = random.pick(tables.accounts).ownerID
      let second = random.pick(tables.accounts).ownerID
      let relation = random.pick(LinkRow.Relation.allCases)
      let isNear = relation == .spouse || relation == .employer
      let link = LinkRow(first: first, second: second, relation: relation, degree: isNear ? 1 : random.within(1...3))
      if first != second, known.insert([first, second].sorted()).inserted { tables.links.append(link) }
    }
  }

  private mutating func addLists(_ symbols: [String], _ random: inout SplitMix64) {
    var known: Set<[String]> = []
    while tables.insiders.count < 60 {
      let from = random.pick(WorldCalendar.days)
      let row = InsiderRow(
        traderID: random.pick(tables.traders).id, symbol: random.pick(symbols), from: from,
        to: from + random.within(10...60), source: random.pick(InsiderRow.Source.allCases))
      if known.insert([row.traderID, row.symbol]).inserted { tables.insiders.append(row) }
    }
    while tables.restrictions.count < 25 {
      let from = random.pick(WorldCalendar.days)
      let row = RestrictionRow(
        symbol: random.pick(symbols), from: from, to: from + random.within(5...30),
        list: random.pick(RestrictionRow.List.allCases))
      if known.insert([row.symbol, from.description]).inserted { tables.restrictions.append(row) }
    }
  }

  /// Plans, exemptions and instructions.
  private mutating func addPapers(_ symbols: [String], _ random: inout SplitMix64) {
    for number in 1...30 {
      let adopted = WorldCalendar.first + random.within(0...200)
      tables.plans.append(
        PlanRow(
          id: "PL-\(Digits.padded(number, 3))", traderID: random.pick(tables.traders).id, symbol: random.pick(symbols),
          side: random.pick(Side.allCases), adopted: adopted, firstTrade: adopted + random.within(90...150),
          maximumQuantity: random.within(5...80) * 1_000, status: random.pick(PlanRow.Status.allCases)))
    }
    for number in 1...8 {
      tables.exemptions.append(
        ExemptionRow(
          ownerID: random.pick(tables.accounts).ownerID, licence: "MM-\(Digits.padded(number, 4))",
          status: random.pick([.current, .current, .lapsed]), validTo: WorldCalendar.last + random.within(-200...300),
          symbols: Set((0..<random.within(1...4)).map { _ in random.pick(symbols) }).sorted(),
          isSeparated: random.chance(70)))
    }
    for number in 1...200 {
      let time = Instant(random.pick(WorldCalendar.days), hour: random.within(7...15), minute: random.within(0...59))
      tables.instructions.append(
        InstructionRow(
          id: "IN-\(Digits.padded(number, 4))", accountID: random.pick(tables.accounts).id,
          symbol: random.pick(symbols), time: time, purpose: random.pick(InstructionRow.Purpose.allCases),
          priceBasis: random.pick(InstructionRow.PriceBasis.allCases)))
    }
  }
}

extension AlertBuilder {
  /// From `Trader`, from the group's first, or else from the first row that names one. Other people's sections have traders, too.
  mutating func readTrader() {
    let others = AlertNames.otherPeople
    if let group = element.firstBelow({ $0.key == AlertNames.traderGroup }) {
      readGroup(group)
    } else if let own = element.firstBelow(outside: others, { $0.key == AlertNames.trader && !$0.isLeaf }) {
      alert.trader = readTrader(in: own)
    }
    guard alert.trader == nil else { return }
    // The one whose child it is may be a row, or what stands around the rows.
    let naming = element.children.contains(where: Self.namesTrader) ? element : nil
    if let place = naming ?? element.firstBelow(outside: others, { $0.children.contains(where: Self.namesTrader) }) {
      alert.trader = readTrader(in: place, names: ["tradername"])
    } else if let id = alert.trades.lazy.compactMap(\.traderID).first {
      alert.trader = AlertTrader(id: id)
    }
  }

  private static func namesTrader(_ element: XMLElement) -> Bool {
    AlertNames.traderID.contains(element.key) && element.isLeaf && !element.text.isEmpty
  }

  private mutating func readTrader(in element: XMLElement, names: [String] = AlertNames.traderName) -> AlertTrader? {
    let ids = element.key == AlertNames.trader ? AlertNames.traderID + ["id"] : AlertNames.traderID
    guard let id = fields.take(ids, in: element) else { return nil }
    return AlertTrader(
      id: id, name: fields.take(names, in: element), department: fields.take(AlertNames.department, in: element),
      title: fields.take(AlertNames.title, in: element))
  }

  /// The alert is about the primary one, or else the first; the others belong to that one.
  private mutating func readGroup(_ group: XMLElement) {
    var members: [(trader: AlertTrader, relationship: String?)] = []
    for member in group.outermostBelow({ $0.key == AlertNames.trader && !$0.isLeaf }) {
      let relationship = fields.take(AlertNames.relationship, in: member)
      if let trader = readTrader(in: member) { members.append((trader, relationship)) }
    }
    guard !members.isEmpty else { return }
    let primary = members.firstIndex { XMLElement.key(of: $0.relationship ?? "").hasPrefix("primary") }
    alert.trader = members.remove(at: primary ?? 0).trader
    for member in members {
      add(RelatedParty(id: member.trader.id, name: member.trader.name, relationship: member.relationship))
    }
  }

  // MARK: Who else

  mutating func readRelatedParties() {
    let sections = element.outermostBelow {
      ($0.key == AlertNames.parties || $0.key == AlertNames.relationshipDetails) && !$0.isLeaf
    }
    for section in sections {
      for party in section.children where !party.isLeaf { readParty(party) }
      if section.key == AlertNames.relationshipDetails { readHolders(section) }
    }
  }

  private mutating func readParty(_ party: XMLElement) {
    let id = fields.take(AlertNames.partyID, in: party)
    let name = fields.take(AlertNames.partyName, in: party)
    guard let known = id ?? name else { return }
    add(RelatedParty(id: known, name: name, relationship: fields.take(AlertNames.relationship, in: party)))
  }

  /// `Account1Holder` and `Account2Holder`: of the first and the second account among the trades.
  private mutating func readHolders(_ details: XMLElement) {
    var accounts: [String] = []
    for case let account? in alert.trades.map(\.accountID) where !accounts.contains(account) {
      accounts.append(account)
    }
    let holders = (1...2).map { fields.takeChild(["account\($0)holder"], of: details) }
    guard holders.contains(where: { $0 != nil }) else { return }
    let relationship = fields.takeChild(AlertNames.relationship, of: details)
    for (index, holder) in holders.enumerated() {
      guard let holder else { continue }
      add(RelatedParty(id: index < accounts.count ? accounts[index] : holder, name: holder, relationship: relationship))
    }
  }

  private mutating func add(_ party: RelatedParty) {
    if parties.insert(party.id).inserted { alert.relatedParties.append(party) }
  }

  // MARK: What a market maker says

  mutating func readExemption() {
    guard let section = element.firstBelow({ $0.key == AlertNames.exemption && !$0.isLeaf }) else { return }
    var exemption = ClaimedExemption()
    exemption.licence = fields.take(AlertNames.licence, in: section)
    exemption.regulator = fields.take(AlertNames.regulator, in: section)
    exemption.status = fields.take(AlertNames.status, in: section)
    if let list = section.firstBelow({ $0.key == AlertNames.designated }) {
      let leaves = list.isLeaf ? [list] : list.children.filter(\.isLeaf)
      exemption.symbols = leaves.compactMap { fields.take($0) }.flatMap { text in
        text.split { $0 == "," || $0 == ";" || $0 == " " }.map(String.init)
      }
    }
    switch fields.take(AlertNames.separated, in: section).map(XMLElement.key) {
    case "yes", "true", "y", "separated", "separate": exemption.separated = true
    case "no", "false", "n": exemption.separated = false
    default: exemption.separated = nil
    }
    alert.exemption = exemption
  }
}

/// What two accounts have to do with each other through those who own and run them.
package enum OwnerRelation: Int, Sendable, Comparable {
  case unknown
  case unrelated
  case manager
  case related
  case same

  package static func < (left: OwnerRelation, right: OwnerRelation) -> Bool { left.rawValue < right.rawValue }
}

/// The owners behind accounts. An owner is who stands at the end of trusts, companies and nominees; a link of the first degree
/// makes two of them one, one of the second makes them related.
package struct AccountOwners: Sendable {
  /// The entity that stands for all that are one with it.
  private let ultimate: [String: String]
  private let owners: [String: String]
  private let names: [String: String]
  /// From a standing-for entity to those near it, each with the degree and the word for it.
  private let kin: [String: [Kin]]
  private let managers: [String: Set<String>]
  private let degree: Int

  private struct Kin: Sendable {
    var entity: String
    var degree: Int
    var relation: LinkRow.Relation
  }

  /// - Parameter named: account → owner, as a person has named them. They go before the register.
  package init(_ facts: RelationshipFacts, named: [String: String], _ policy: Policy) {
    degree = policy.count(WashSearchKey.degree)
    var owners: [String: String] = [:]
    var names: [String: String] = [:]
    for row in facts.accounts where !row.ownerID.isEmpty {
      owners[row.id] = row.ownerID
      names[row.ownerID] = row.ownerName
    }
    for (account, owner) in named where !owner.isEmpty && owner != HumanAnswer.unknown { owners[account] = owner }
    self.owners = owners
    self.names = names

    // Accounts and entities may share names, so that accounts have a mark of their own.
    let accountIDs = Set(facts.accounts.map(\.id)).union(facts.flagged)
    func node(_ id: String) -> String { accountIDs.contains(id) ? Self.accountNode(id) : id }
    var sets = EntitySets()
    for (account, owner) in owners.sorted(by: { $0.key < $1.key }) { sets.join(Self.accountNode(account), owner) }
    for link in facts.links where Self.isOne(link) { sets.join(node(link.first), node(link.second)) }

    var kin: [String: [Kin]] = [:]
    for link in facts.links where !Self.isOne(link) && link.relation != .manager && link.relation != .employer {
      let first = sets.representative(node(link.first))
      let second = sets.representative(node(link.second))
      let degree = max(link.degree, 1)
      kin[first, default: []].append(Kin(entity: second, degree: degree, relation: link.relation))
      kin[second, default: []].append(Kin(entity: first, degree: degree, relation: link.relation))
    }
    self.kin = kin

    var managers: [String: Set<String>] = [:]
    for account in accountIDs.sorted() {
      let own = sets.representative(Self.accountNode(account))
      var deciders = Set(
        facts.links.filter { $0.relation == .manager }.flatMap { link -> [String] in
          let ends = [link.first, link.second]
          return ends.contains { sets.representative(node($0)) == own } ? ends : []
        }.filter { sets.representative(node($0)) != own })
      if let row = facts.accounts.first(where: { $0.id == account }), !row.controllerID.isEmpty {
        deciders.insert(row.controllerID)
      } else if let owner = owners[account] {
        deciders.insert(owner)
      }
      managers[account] = deciders
    }
    self.managers = managers
    ultimate = sets.representatives
  }

  /// Nil: nobody knows.
  package func owner(of account: String) -> String? {
    if let owner = owners[account] { return owner }
    guard let ultimate = ultimate[Self.accountNode(account)], !ultimate.hasPrefix(Self.accountMark) else { return nil }
    return ultimate
  }

  package func ownerName(of account: String) -> String {
    guard let owner = owner(of: account) else { return "" }
    return names[owner] ?? ""
  }

  /// The one at the end of all chains.
  package func ultimateOwner(of account: String) -> String? {
    guard let owner = owner(of: account) else { return nil }
    return ultimate[Self.accountNode(account)] ?? owner
  }

  package func relation(_ left: String, _ right: String) -> OwnerRelation {
    if left == right { return .same }
    guard let first = ultimateOwner(of: left), let second = ultimateOwner(of: right) else { return .unknown }
    if first == second { return .same }
    if kinship(first, second) != nil { return .related }
    return (managers[left] ?? []).isDisjoint(with: managers[right] ?? []) ? .unrelated : .manager
  }

  /// What makes the owners of two accounts related, such as `spouse`.
  package func kinship(of left: String, and right: String) -> String? {
    guard let first = ultimateOwner(of: left), let second = ultimateOwner(of: right) else { return nil }
    return kinship(first, second)?.rawValue
  }

  package func commonManagers(_ left: String, _ right: String) -> [String] {
    (managers[left] ?? []).intersection(managers[right] ?? []).sorted()
  }

  /// The first link of the shortest way, where the degrees on it sum up to the policy's at most.
  private func kinship(_ first: String, _ second: String) -> LinkRow.Relation? {
    var reached: [(entity: String, degree: Int, relation: LinkRow.Relation?)] = [(first, 0, nil)]
    var nearest = [first: 0]
    var index = 0
    while index < reached.count {
      let (entity, covered, relation) = reached[index]
      index += 1
      if entity == second { return relation }
      for next in (kin[entity] ?? []).sorted(by: { ($0.degree, $0.entity) < ($1.degree, $1.entity) }) {
        let sum = covered + next.degree
        guard sum <= degree, sum < nearest[next.entity] ?? .max else { continue }
        nearest[next.entity] = sum
        reached.append((next.entity, sum, relation ?? next.relation))
      }
    }
    return nil
  }

  private static let accountMark = "account "
  private static func accountNode(_ account: String) -> String { accountMark + account }

  private static func isOne(_ link: LinkRow) -> Bool {
    switch link.relation {
    case .trust, .corporate, .nominee: link.degree <= 1
    case .spouse, .family, .employer, .manager: false
    }
  }
}

/// Entities that are one.
private struct EntitySets {
  private var parents: [String: String] = [:]

  func representative(_ entity: String) -> String {
    var entity = entity
    while let parent = parents[entity] { entity = parent }
    return entity
  }

  /// Accounts never stand for owners; of two owners the one that comes first in order does.
  mutating func join(_ first: String, _ second: String) {
    let first = representative(first)
    let second = representative(second)
    guard first != second else { return }
    let isFirst = (first.hasPrefix("account ") ? 1 : 0, first) < (second.hasPrefix("account ") ? 1 : 0, second)
    parents[isFirst ? second : first] = isFirst ? first : second
  }

  var representatives: [String: String] {
    Dictionary(uniqueKeysWithValues: parents.keys.map { ($0, representative($0)) })
  }
}

/// Follows the links from accounts to those who own and run them.
struct RelationshipLoader {
  private let reference: ReferenceData
  private let policy: Policy
  private var facts = RelationshipFacts()
  private var seen: Set<String> = []

  /// A chain of owners is followed so far. Nobody hides behind more than that in any register.
  private static let mostHops = 8

  private init(_ reference: ReferenceData, _ policy: Policy) {
    self.reference = reference
    self.policy = policy
  }

  /// - Parameter looking: called for each entity that is looked at.
  static func load(
    _ flagged: [String], _ reference: ReferenceData, _ policy: Policy, looking reporter: ToolReporter
  ) async throws -> RelationshipFacts {
    var loader = RelationshipLoader(reference, policy)
    loader.facts.flagged = Array(Set(flagged)).sorted()
    var accounts: [String: AccountRow] = [:]
    for id in loader.facts.flagged { if let row = reference.account(id) { accounts[id] = row } }
    let owners = Set(accounts.values.map(\.ownerID)).subtracting([""])
    let entities = try await loader.follow(Array(owners.union(flagged).union(accounts.keys)).sorted(), reporter)
    let others = entities.sorted().flatMap { reference.accounts(ofOwner: $0) }.filter { accounts[$0.id] == nil }
      .sorted { $0.id < $1.id }
    let most = max(policy.count(WashSearchKey.accounts) - accounts.count, 0)
    for row in others.prefix(most) { accounts[row.id] = row }
    loader.facts.isComplete = others.count <= most
    loader.facts.accounts = accounts.values.sorted { $0.id < $1.id }
    loader.facts.exemptions = entities.sorted().flatMap { reference.exemptions(ofOwner: $0) }
    return loader.facts
  }

  /// All entities that own, or are near to those who own.
  private mutating func follow(_ start: [String], _ reporter: ToolReporter) async throws -> Set<String> {
    seen = Set(start)
    var frontier = start
    var row = 0
    for _ in 0..<Self.mostHops where !frontier.isEmpty {
      var next: Set<String> = []
      for entity in frontier {
        for link in reference.links(of: entity) {
          try await reporter.look(at: row)
          row += 1
          if !facts.links.contains(link) { facts.links.append(link) }
          // A manager or an employer has many that have nothing to do with one another.
          guard link.relation != .manager, link.relation != .employer,
            link.degree <= policy.count(WashSearchKey.degree)
          else { continue }
          next.insert(link.first == entity ? link.second : link.first)
        }
      }
      frontier = next.subtracting(seen).sorted()
      seen.formUnion(frontier)
    }
    facts.links.sort {
      ($0.first, $0.second, $0.relation.rawValue, $0.degree) < ($1.first, $1.second, $1.relation.rawValue, $1.degree)
    }
    return seen
  }
}

/// Whose the accounts of the flagged trades are, and what ties their owners.
package struct AccountRelationshipsTool: Tool {
  package static let name = ToolName.accountRelationships
  package static let steps = 3

  private let alert: Alert
  private let reference: ReferenceData
  private let policy: Policy

  package init(alert: Alert, reference: ReferenceData, policy: Policy = .standard) {
    self.alert = alert
    self.reference = reference
    self.policy = policy
  }

  package func run(_ reporter: ToolReporter) async throws -> RelationshipFacts {
    let accounts = try await TradeGroup.accounts(alert, reference, policy, reporter)
    try await reporter.step(1, records: accounts.count, "Accounts of the flagged trades")
    let facts = try await RelationshipLoader.load(accounts, reference, policy, looking: reporter)
    try await reporter.step(2, records: facts.links.count, "Links between the owners")
    let owners = AccountOwners(facts, named: [:], policy)
    let known = Set(facts.flagged.compactMap { owners.ultimateOwner(of: $0) }).count
    try await reporter.step(
      3, records: facts.exemptions.count, "Owners behind the accounts: \(known); exemptions: \(facts.exemptions.count)")
    return facts
  }
}

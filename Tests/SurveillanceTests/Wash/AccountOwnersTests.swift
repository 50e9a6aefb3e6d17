import Surveillance
import Testing

@Suite struct AccountOwnersTests {
  /// Accounts A and B with owners P-1 and P-2, and what ties them.
  @Test(
    arguments: [
      ("nothing", [], "", "", OwnerRelation.unrelated), ("spouses", [("P-1", "P-2", .spouse, 1)], "", "", .related),
      ("a cousin", [("P-1", "P-2", .family, 2)], "", "", .related),
      ("a far cousin", [("P-1", "P-2", .family, 3)], "", "", .unrelated),
      ("two steps of family", [("P-1", "P-3", .family, 1), ("P-3", "P-2", .spouse, 1)], "", "", .related),
      (
        "three steps", [("P-1", "P-3", .family, 1), ("P-3", "P-4", .family, 1), ("P-4", "P-2", .family, 1)], "", "",
        .unrelated
      ),
      ("a trust", [("P-1", "P-2", .trust, 1)], "", "", .same),
      (
        "a chain of companies",
        [("P-1", "C-1", .corporate, 1), ("C-2", "C-1", .corporate, 1), ("C-2", "P-2", .nominee, 1)], "", "", .same
      ),
      ("a trust, then a spouse", [("P-1", "T-1", .trust, 1), ("T-1", "P-2", .spouse, 1)], "", "", .related),
      ("a company of the second degree", [("P-1", "P-2", .corporate, 2)], "", "", .related),
      ("a company of the third", [("P-1", "P-2", .corporate, 3)], "", "", .unrelated),
      ("one employer", [("P-1", "E-1", .employer, 1), ("P-2", "E-1", .employer, 1)], "", "", .unrelated),
      ("one manager", [("M-1", "P-1", .manager, 1), ("P-2", "M-1", .manager, 1)], "", "", .manager),
      ("a manager of the accounts", [("M-1", "A", .manager, 1), ("B", "M-1", .manager, 1)], "", "", .manager),
      ("one controller", [], "M-1", "M-1", .manager), ("two controllers", [], "M-1", "M-2", .unrelated),
      ("one owner controls the other's account", [], "", "P-1", .manager),
      ("a nominee of the account", [("A", "P-2", .nominee, 1)], "", "", .same),
    ] as [(String, [(String, String, LinkRow.Relation, Int)], String, String, OwnerRelation)])
  func `owners are what the links make them`(
    name: String, links: [(String, String, LinkRow.Relation, Int)], first: String, second: String,
    expected: OwnerRelation
  ) async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1", controller: first)
    scenario.account("B", owner: "P-2", controller: second)
    for (first, second, relation, degree) in links { scenario.link(first, second, relation, degree) }
    scenario.flag("A", .sell, 100, with: "B")
    let facts = try await scenario.facts().relationships
    let owners = AccountOwners(facts, named: [:], .standard)
    #expect(owners.relation("A", "B") == expected, "\(name)")
    #expect(owners.relation("B", "A") == expected, "\(name), from the other side")
  }

  @Test func `an account without an owner is related to nobody but itself`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.flag("A", .sell, 100, with: "B")
    let owners = AccountOwners(try await scenario.facts().relationships, named: [:], .standard)
    #expect(owners.relation("A", "B") == .unknown)
    #expect(owners.relation("B", "B") == .same)
    #expect(owners.owner(of: "B") == nil)
  }

  @Test func `a register that names an account like an owner does not mix them up`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "B")
    scenario.account("B", owner: "P-2")
    scenario.flag("A", .sell, 100, with: "B")
    let owners = AccountOwners(try await scenario.facts().relationships, named: [:], .standard)
    #expect(owners.relation("A", "B") == .unrelated)
  }

  @Test func `an owner with more accounts than are looked at is noted`() async throws {
    var scenario = WashCase()
    for index in 0..<80 { scenario.account("A\(index)", owner: "P-1") }
    scenario.flag("A5", .sell, 100)
    let facts = try await scenario.facts().relationships
    #expect(facts.accounts.count == 50)
    #expect(facts.accounts.contains { $0.id == "A5" })
    #expect(!facts.isComplete)
  }
}

import Identity
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// What is asked of the journal and what the policy decides are two ways to say the same, for whatever grants somebody has.
@Suite struct VisibilityTests {
  private static let names = ["alex", "kim", ""]
  private static let tenants = [nil, "acme", "evil", ""]
  private static let agents = ["one", "two", "three"]

  private static let openings = names.flatMap { owner in
    tenants.flatMap { tenant in
      agents.map { TaskOpening(owner: owner, tenant: tenant, agent: $0) }
    }
  }

  private static func grant(_ random: inout SeededRandom) -> Grant {
    let actions = Action.allCases.filter { _ in Bool.random(using: &random) }
    let agents = Self.agents.filter { _ in Bool.random(using: &random) }
    return Grant(
      actions: Set(actions), tasks: TaskScope.allCases.randomElement(using: &random) ?? .own,
      agents: Bool.random(using: &random) ? .all : .named(Set(agents)), source: "grant")
  }

  @Test(arguments: [1, 7, 4711] as [UInt64])
  func `the journal finds what the policy allows, and nothing else`(seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    let log = Log(sink: KeptLines(), minimumLevel: .error, clock: { 0 })
    let journal = try await SQLiteJournal.open(
      SQLiteJournalOptions(path: folder.path("journal.sqlite"), clock: { 0 }, newEpoch: { "test" }), log: log,
      metrics: MetricsRegistry())
    for (number, opening) in Self.openings.enumerated() {
      _ = try await journal.append(
        Batch(
          task: "t\(number)", entries: [Entry(.event, origin: "test", payload: Array("{}".utf8))], opening: opening,
          change: TaskChange(state: "submitted")))
    }
    var random = SeededRandom(seed: seed)
    for number in 0..<60 {
      let grants = (0..<Int.random(in: 0...3, using: &random)).map { _ in Self.grant(&random) }
      for tenant in Self.tenants {
        let principal = Principal(name: "alex", tenant: tenant, roles: [], grants: grants)
        let allowed = Self.openings.indices.filter {
          principal.decide(.watch, on: .task(TaskFacts(Self.openings[$0]))).isAllowed
        }
        let expected = Set(allowed.map { "t\($0)" })
        let listed = try await journal.tasks(TaskQuery(visible: principal.visibleTasks, limit: 1000))
        #expect(Set(listed.map(\.id)) == expected, "seed \(seed), principal \(number) of \(tenant ?? "no tenant")")
        let page = try await journal.records(
          .visible(principal.visibleTasks), after: 0, limit: ReadLimit(records: 1000))
        #expect(
          Set(page.records.map(\.task)) == expected, "seed \(seed), principal \(number) of \(tenant ?? "no tenant")")
      }
    }
    await journal.close()
  }
}

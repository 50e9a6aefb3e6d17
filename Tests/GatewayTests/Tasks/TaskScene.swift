import HTTP
import Identity
import JSON
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A gateway with tasks in its journal, put there directly.
struct TaskScene {
  let gateway: TestGateway
  let journal: any Journal

  static func run<Value>(
    configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (TaskScene) async throws -> Value
  ) async throws -> Value {
    try await TestGateway.run {
      $0.identity.rates.requestsPerAddress = 0
      $0.identity.rates.requestsPerPrincipal = 0
      try configure(&$0)
    } _: { gateway async throws in
      let records = try #require(await gateway.gateway.records)
      return try await body(TaskScene(gateway: gateway, journal: records.journal))
    }
  }

  /// Begins a task with one event.
  @discardableResult
  func open(
    _ id: String, owner: String = "oscar", tenant: String? = "acme", agent: String = "checker", title: String = ""
  ) async throws -> [Record] {
    try await store(
      Batch(
        task: id, entries: [Self.entry(0)],
        opening: TaskOpening(owner: owner, tenant: tenant, agent: agent, title: title),
        change: TaskChange(state: "submitted")))
  }

  /// More of it, in one batch.
  @discardableResult
  func add(
    _ numbers: ClosedRange<Int>, to task: String, kind: RecordKind = .event, change: TaskChange? = nil
  ) async throws -> [Record] {
    try await store(Batch(task: task, entries: numbers.map { Self.entry($0, kind) }, change: change))
  }

  private static func entry(_ number: Int, _ kind: RecordKind = .event) -> Entry {
    Entry(kind, origin: "test", payload: Array(#"{"n":\#(number)}"#.utf8))
  }

  private func store(_ batch: Batch) async throws -> [Record] {
    guard case .stored(let records) = try await journal.append(batch) else {
      Issue.record("Nothing was stored of \(batch.task).")
      return []
    }
    return records
  }

  func cursor(_ offset: Int64) -> String { Cursor(epoch: journal.epoch, offset: offset).description }

  func get(_ path: String, as column: AccessColumn = .owner) async throws -> Answer {
    try #require(
      try await gateway.ask("GET", path, try column.lines(), showing: try column.certificate()), "GET \(path)")
  }

  /// The answer's JSON, where it is 200.
  func json(_ path: String, as column: AccessColumn = .owner) async throws -> JSONValue {
    let answer = try await get(path, as: column)
    #expect(answer.status == 200, "GET \(path) as \(column): \(answer.text)")
    return try JSONValue(parsing: answer.body)
  }

  /// The refusal's status and code.
  func refusal(_ path: String, as column: AccessColumn = .owner) async throws -> String {
    let answer = try await get(path, as: column)
    #expect(answer.fields["content-type"] == "application/problem+json")
    let code = try JSONValue(parsing: answer.body)["code"]?.string
    return "\(answer.status) \(code ?? "without a code")"
  }
}

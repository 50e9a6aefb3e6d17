import HTTP
import Identity
import TestSupport
import Testing

@testable import Gateway

/// What each kind of visitor may do to a task. The task is the owner's; `other` is of the same tenant, `tenant` of another.
@Suite struct TaskVerbTests {
  private static let table = """
    verb       | none expired audience viewer analyst owner other tenant operator admin agent revoked
    watch      | 401 401 401 200 200 200 200 404 200 200 404 -
    submit     | 401 401 401 403 403 200 403 404 200 200 404 -
    cancel     | 401 401 401 403 403 200 403 404 200 200 404 -
    answer     | 401 401 401 403 200 200 200 404 200 200 404 -
    observe    | 401 401 401 403 403 403 403 404 403 403 404 -
    administer | 401 401 401 403 403 403 403 404 403 403 404 -
    """

  /// Whether there is anything at all that one may do this to.
  private static let something = """
    verb       | none expired audience viewer analyst owner other tenant operator admin agent revoked
    watch      | 401 401 401 200 200 200 200 200 200 200 200 -
    submit     | 401 401 401 403 200 200 200 200 200 200 200 -
    cancel     | 401 401 401 403 200 200 200 200 200 200 403 -
    answer     | 401 401 401 403 200 200 200 200 200 200 403 -
    observe    | 401 401 401 403 403 403 403 403 200 200 403 -
    administer | 401 401 401 403 403 403 403 403 403 200 403 -
    """

  private static func rows(_ table: String) -> [(verb: String, expected: [AccessColumn: String])] {
    table.split(separator: "\n").dropFirst().map { line in
      let parts = line.split(separator: "|")
      return (String(parts[0].prefix { $0 != " " }), AccessColumn.cells(parts[1]))
    }
  }

  private func check(_ table: String, path: (String) -> String) async throws {
    let rows = Self.rows(table)
    #expect(rows.map(\.verb) == TaskStand.verbs.map { "\($0)" })
    #expect(TaskStand.verbs.count == Action.allCases.count)
    try await TaskStand.run { stand async throws in
      for (verb, expected) in rows {
        for column in AccessColumn.allCases {
          let answer = try await stand.get(path(verb), as: column)
          #expect(answer.map { "\($0.status)" } ?? "-" == expected[column], "\(verb) as \(column)")
        }
      }
    }
  }

  @Test func `each may do to a task what the table says`() async throws {
    try await check(Self.table) { "/tasks/known/\($0)" }
  }

  @Test func `each gets as far as the handler where there is something that they may`() async throws {
    try await check(Self.something) { "/any/\($0)" }
  }

  @Test func `a task of others answers as one that does not exist, byte for byte`() async throws {
    try await TaskStand.run { stand async throws in
      for verb in TaskStand.verbs {
        for column in [AccessColumn.tenant, .agent] {
          let theirs = try #require(try await stand.get("/tasks/known/\(verb)", as: column))
          let nobodys = try #require(try await stand.get("/tasks/absent/\(verb)", as: column))
          #expect(theirs.status == 404)
          #expect(theirs.status == nobodys.status)
          #expect(theirs.body == nobodys.body)
          #expect(Self.constant(theirs.fields) == Self.constant(nobodys.fields))
        }
      }
      // And so does one that does not exist to those who may see all.
      let admins = try #require(try await stand.get("/tasks/absent/watch", as: .admin))
      let tinas = try #require(try await stand.get("/tasks/known/watch", as: .tenant))
      #expect(admins.body == tinas.body)
      #expect(Self.constant(admins.fields) == Self.constant(tinas.fields))
    }
  }

  /// All fields in their order, but for what names the moment and the request.
  private static func constant(_ fields: HTTPFields) -> [String] {
    fields.map { ["date", "x-request-id"].contains($0.name) ? $0.name : "\($0.name): \($0.value)" }
  }
}

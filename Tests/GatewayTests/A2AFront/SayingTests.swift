import A2A
import TestSupport
import Testing

@testable import Gateway

/// Who may say something to a task: the same at both doors.
@Suite struct SayingTests {
  /// Whoever gets as far as a producer's task is told that nobody runs it: 409, or 400 by A2A. The tasks of `s` belong to the agent, which
  /// may submit and not answer.
  private static let table = """
    task             | none expired audience viewer analyst owner other tenant operator admin agent revoked
    working          | 401 401 401 403 403 yes 403 404 yes yes 404 -
    input-required   | 401 401 401 403 yes yes yes 404 yes yes 404 -
    auth-required    | 401 401 401 403 yes yes yes 404 yes yes 404 -
    s-working        | 401 401 401 404 404 404 404 404 yes yes yes -
    s-input-required | 401 401 401 404 404 404 404 404 yes yes yes -
    absent           | 401 401 401 404 404 404 404 404 404 404 404 -
    """

  private static let rows = table.split(separator: "\n").dropFirst().map { line in
    let cells = line.split(separator: "|")
    return (task: String(cells[0].split(separator: " ")[0]), cells: AccessColumn.cells(cells[1]))
  }

  @Test func `whoever may give work may go on about it, and whoever may answer may answer, at both doors`() async throws
  {
    try await FrontScene.run { front async throws in
      for (id, state) in [
        ("working", TaskState.working), ("input-required", .inputRequired), ("auth-required", .authRequired),
      ] {
        try await front.scene.open(id)
        try await front.status(id, state, "Which?")
      }
      for (id, state) in [("s-working", TaskState.working), ("s-input-required", .inputRequired)] {
        try await front.scene.open(id, owner: "good-agent", tenant: nil)
        try await front.status(id, state, "Which?")
      }
      for row in Self.rows {
        for column in AccessColumn.allCases {
          let cell = row.cells[column] ?? ""
          let native = try? await front.gateway.ask(
            "POST", "/api/tasks/\(row.task)/messages", try column.lines(), body: #"{"text":"That."}"#,
            showing: try column.certificate())
          #expect(
            native.map { "\($0.status)" } ?? "-" == cell.replacing("yes", with: "409"),
            "\(row.task) as \(column): \(native?.text ?? "")")
          let body =
            #"{"message":{"messageId":"m","role":"ROLE_USER","taskId":"\#(row.task)","parts":[{"text":"That."}]}}"#
          let called = try? await front.rest("POST", "/agents/checker/message:send", body: body, as: column)
          #expect(
            called.map { "\($0.status)" } ?? "-" == cell.replacing("yes", with: "400"),
            "\(row.task) as \(column) by A2A: \(called?.text ?? "")")
        }
      }
    }
  }
}

import JSON
import Testing

@testable import signalbox

struct TaskTableTests {
  private func task(_ members: String) throws -> TaskSummary {
    try #require(TaskSummary(try JSONValue(parsing: "{\(members)}")))
  }

  @Test func `tasks are lines in columns, under a head`() throws {
    let tasks = [
      try task(
        #""id":"t-1","title":"Look into it","agent":"trades","owner":"kim","state":"working","final":false,"#
          + #""updated":"2026-11-21T07:49:27.000Z""#),
      try task(#""id":"task-22","state":"completed","final":true,"updated":"soon""#),
    ]
    #expect(
      TaskTable.text(tasks) == """
        ID       STATE      AGENT   OWNER  UPDATED           TITLE
        t-1      working    trades  kim    2026-11-21 07:49  Look into it
        task-22  completed                 soon
        """)
  }

  @Test func `no task can write on the terminal, or make lines as long as it likes`() throws {
    let long = String(repeating: "x", count: 500)
    let title = #"a\u001b[31m\nb\u202ec"#
    let text = TaskTable.text([
      try task(#""id":"t","title":"\#(title)","agent":"\#(long)","state":"s\u0007","final":false"#)
    ])
    let line = try #require(text.split(separator: "\n").last)
    #expect(text.split(separator: "\n").count == 2)
    #expect(line.hasSuffix(#"a\u001b[31m b\u202ec"#))
    #expect(line.contains(#"s\u0007 "#) && line.contains("xxx...") && line.count < 140)
  }

  @Test(arguments: [#"{}"#, #"{"id":"t","state":"working"}"#, #"{"id":1,"state":"working","final":true}"#, "[]"])
  func `what is no task document is none`(text: String) throws {
    #expect(TaskSummary(try JSONValue(parsing: text)) == nil)
  }

  @Test func `a page says whether there is another`() throws {
    let first = try TaskListPage(try JSONValue(parsing: #"{"tasks":[{},{}],"next":"e.7","cursor":"e.9"}"#))
    #expect(first.documents.count == 2 && first.next == "e.7")
    #expect(try TaskListPage(try JSONValue(parsing: #"{"tasks":[],"next":null}"#)).next == nil)
    #expect(throws: CommandFailure.self) { _ = try TaskListPage(try JSONValue(parsing: #"{"items":[]}"#)) }
  }
}

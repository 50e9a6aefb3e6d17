import A2A
import JSON
import Testing

@testable import signalbox

struct WatchAppTests {
  private let asked = SocketText.event(
    3, task: "b", kind: "question",
    #"{"question":"q1","state":"open","kind":"input","text":"Cleared?","form":{"prompt":"Cleared?","fields":[{"name":"cleared","type":"boolean"}]}}"#
  )

  @Test func `it asks for everything from now on, and how things stand brings the questions`() throws {
    var stage = WatchStage()
    #expect(stage.app.start() == [.ask(ControlRequest(id: "c1", act: .subscribe(after: "latest")))])
    stage = try WatchStage(SocketText.task("a"))
    #expect(stage.effects == [.fetch(.questions, "/api/questions?limit=200")])
    let page = #"{"questions":[{"task":"a","question":"q1","text":"Which?"}],"next":"n/1"}"#
    #expect(
      stage.app.take(.questions, try JSONValue(parsing: page), at: stage.start)
        == [.fetch(.questions, "/api/questions?limit=200&before=n%2F1")])
    #expect(stage.app.board.questionCount == 1)
    let empty = try JSONValue(parsing: #"{"questions":[],"next":"n/1"}"#)
    #expect(stage.app.take(.questions, empty, at: stage.start).isEmpty, "It would be asked for ever.")
  }

  @Test func `cancel asks first, and then tells how far it is`() throws {
    var stage = try WatchStage(SocketText.task("a"), SocketText.task("b"))
    _ = stage.takeRequests()
    stage.press("jc")
    #expect(stage.takeRequests().isEmpty)
    #expect(stage.screen().contains("Cancel b? y/n"))
    stage.press("y")
    let request = try #require(stage.takeRequests().first)
    #expect(request.act == .cancel(task: "b", why: nil))
    #expect(stage.screen()[22] == "cancel b: asking")
    try stage.answer(request, SocketText.ack(request.id), after: .milliseconds(120))
    // Of a command that somebody else has given.
    try stage.hear(
      SocketText.event(4, task: "b", kind: "note", #"{"note":"delivered","command":"cancel","id":"theirs"}"#),
      after: .milliseconds(130))
    try stage.hear(
      SocketText.event(5, task: "b", kind: "note", #"{"note":"delivered","command":"cancel","id":"\#(request.id)"}"#),
      after: .milliseconds(250))
    try stage.hear(SocketText.verdict(request.id, "stopped", task: "b"), after: .milliseconds(1430))
    #expect(stage.screen()[22] == "cancel b: requested 0.1 s → delivered 0.2 s → stopped 1.4 s")
  }

  @Test func `every other key leaves it`() throws {
    var stage = try WatchStage(SocketText.task("a"))
    _ = stage.takeRequests()
    stage.press("cx")
    #expect(stage.takeRequests().isEmpty && stage.app.dialog == nil && stage.app.notice == "Not cancelled.")
  }

  @Test func `a refusal by the gateway says why`() throws {
    var stage = try WatchStage(SocketText.task("a"))
    _ = stage.takeRequests()
    stage.press("p")
    let request = try #require(stage.takeRequests().first)
    #expect(request.act == .pause(task: "a", why: nil))
    try stage.answer(request, SocketText.nack(request.id, "forbidden", "That is not yours."))
    #expect(stage.screen()[22] == "pause a: not taken. That is not yours.")
    stage.press("r")
    #expect(stage.takeRequests().map(\.act) == [.resume(task: "a")])
  }

  @Test func `a question is claimed, asked field by field, and answered`() throws {
    var stage = try WatchStage(SocketText.task("a"), SocketText.task("b"))
    try stage.hear(asked)
    _ = stage.takeRequests()
    // It is the first row, because it waits for somebody.
    stage.press("a")
    let claim = try #require(stage.takeRequests().first)
    #expect(claim.act == .claim(task: "b", question: "q1"))
    try stage.answer(claim, SocketText.nack(claim.id, "claimed", "Claimed.", more: #","by":"alex""#))
    #expect(stage.screen().contains("alex is answering this, too."))
    stage.press("maybe\r")
    #expect(stage.takeRequests().isEmpty && stage.screen().contains("It must be yes or no."))
    stage.press("yes")
    #expect(stage.screen().contains("> yes_"))
    stage.press("\r")
    #expect(
      stage.takeRequests().map(\.act) == [
        .answer(task: "b", question: "q1", .values([.init(name: "cleared", value: .boolean(true))]))
      ])
    #expect(stage.app.dialog == nil)
  }

  @Test func `who leaves the form gives the question back, also with Ctrl-C`() throws {
    for (key, quits) in [("\u{1B}", false), ("\u{3}", true)] {
      var stage = try WatchStage(SocketText.task("b"))
      try stage.hear(asked)
      stage.press("a")
      _ = stage.takeRequests()
      stage.press(key)
      #expect(stage.effects.last == .quit || !quits)
      #expect(stage.takeRequests().map(\.act) == [.release(task: "b", question: "q1")])
    }
  }

  @Test func `a question that somebody else answers closes the form`() throws {
    var stage = try WatchStage(SocketText.task("b"))
    try stage.hear(asked)
    stage.press("a")
    try stage.hear(
      SocketText.event(4, task: "b", kind: "question", #"{"question":"q0","state":"closed","how":"withdrawn"}"#))
    #expect(stage.app.dialog != nil, "That was another one.")
    try stage.hear(
      SocketText.event(
        5, task: "b", kind: "question", #"{"question":"q1","state":"closed","how":"answered","by":"alex"}"#))
    #expect(stage.app.dialog == nil && stage.app.notice == "The question is closed: answered by alex.")
  }

  @Test func `a task's lines are opened, and q leads back before it leads out`() throws {
    var stage = try WatchStage(SocketText.task("a/1"))
    stage.effects = []
    stage.press("\r")
    #expect(stage.effects == [.fetch(.events(task: "a/1"), "/api/tasks/a%2F1/events?limit=1000")])
    let page = #"{"events":[\#(SocketText.record(1, task: "a/1"))],"complete":true}"#
    #expect(stage.app.take(.events(task: "a/1"), try JSONValue(parsing: page), at: stage.start).isEmpty)
    try stage.hear(SocketText.event(2, task: "a/1", seq: 2))
    #expect(stage.screen()[1] == "a/1  working" && stage.screen()[4].hasSuffix("     2  event            {}"))
    stage.effects = []
    stage.press("q")
    #expect(stage.app.lines == nil && stage.effects.isEmpty)
    stage.press("q")
    #expect(stage.effects == [.quit])
  }

  @Test func `the filter shows what has its words, and Esc all`() throws {
    var stage = try WatchStage(SocketText.task("alpha"), SocketText.task("beta"))
    stage.press("/bet")
    #expect(stage.screen().contains("/bet_") && stage.app.rows.map(\.id) == ["beta"])
    stage.press("\r")
    #expect(stage.app.dialog == nil && stage.app.rows.count == 1)
    stage.press("/\u{1B}")
    #expect(stage.app.rows.count == 2)
  }

  @Test func `the selection stays with its task, whatever comes before it`() throws {
    var stage = try WatchStage(SocketText.task("a"), SocketText.task("b"), SocketText.task("c"))
    stage.press("j")
    #expect(stage.app.current?.id == "b")
    try stage.hear(
      SocketText.event(3, task: "c", kind: "question", #"{"question":"q1","state":"open","text":"?"}"#))
    #expect(stage.app.current?.id == "b")
    stage.press("kk")
    #expect(stage.app.current?.id == "c")
    stage.press("G")
    #expect(stage.app.current?.id == "b")
  }

  @Test func `a new task is asked about, and what cannot be done is said`() throws {
    var stage = WatchStage()
    stage.press("c")
    #expect(stage.app.notice == "There is no task here.")
    try stage.hear(SocketText.event(1, task: "n"))
    #expect(stage.effects == [.fetch(.task("n"), "/api/tasks/n")])
    stage.press("a")
    #expect(stage.app.notice == "n has no open question.")
    try stage.hear(SocketText.event(2, task: "n", #"{"statusUpdate":{"status":{"state":"TASK_STATE_FAILED"}}}"#))
    stage.press("c")
    #expect(stage.app.notice == "n is over." && stage.app.dialog == nil)
  }

  @Test func `mine are those of whom the gateway greets`() throws {
    let stage = try WatchStage(SocketText.task("a"), SocketText.task("b", owner: "alex"), mine: true)
    #expect(stage.app.rows.map(\.id) == ["a"])
  }
}

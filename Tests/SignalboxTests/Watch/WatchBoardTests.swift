import A2A
import JSON
import Testing

@testable import signalbox

struct WatchBoardTests {
  private let start = ContinuousClock.now

  private func record(_ text: String) throws -> StreamRecord {
    try #require(StreamRecord(Array(text.utf8)))
  }

  private func board(_ ids: String...) throws -> WatchBoard {
    var board = WatchBoard()
    board.replace(by: try ids.map { try #require(TaskSummary(try JSONValue(parsing: SocketText.task($0)))) })
    return board
  }

  private func status(_ state: String) -> String { #"{"statusUpdate":{"status":{"state":"TASK_STATE_\#(state)"}}}"# }

  @Test func `questions come first, those with the nearest deadline before the others`() throws {
    var board = try board("a", "b", "c", "d")
    func ask(_ task: String, _ deadline: String) throws {
      let data = #"{"question":"q1","state":"open","text":"?"\#(deadline)}"#
      let isNew = board.take(try record(SocketText.record(1, task: task, kind: "question", data)), at: start)
      #expect(!isNew)
    }
    try ask("d", #","deadline":"2026-11-21T09:00:00Z""#)
    try ask("c", #","deadline":"2026-11-21T08:00:00Z""#)
    try ask("b", "")
    #expect(board.rows(.init()).map(\.id) == ["c", "d", "b", "a"])
    #expect(board.questionCount == 3 && board.count == 4)
    let closed = #"{"question":"q1","state":"closed","how":"answered","by":"kim"}"#
    _ = board.take(try record(SocketText.record(2, task: "c", kind: "question", closed)), at: start)
    #expect(board.rows(.init()).map(\.id) == ["d", "b", "a", "c"])
  }

  @Test func `who is answering is known, and that nobody is any more`() throws {
    var board = try board("a")
    for (data, by) in [
      (#"{"question":"q1","state":"open","text":"?"}"#, nil),
      (#"{"question":"q1","state":"claimed","by":"kim","until":"2026-11-21T08:00:00Z"}"#, "kim"),
      (#"{"question":"q0","state":"released"}"#, "kim"), (#"{"question":"q1","state":"released"}"#, nil),
    ] as [(String, String?)] {
      _ = board.take(try record(SocketText.record(1, task: "a", kind: "question", data)), at: start)
      #expect(board.tasks["a"]?.question?.claimedBy == by)
    }
  }

  @Test func `a list that was asked for earlier brings back no earlier question`() throws {
    var board = try board("a")
    let asked = #"{"question":"q2","state":"open","text":"And now?"}"#
    _ = board.take(try record(SocketText.record(1, task: "a", kind: "question", asked)), at: start)
    let listed = try JSONValue(parsing: #"{"task":"a","question":"q1","text":"First?"}"#)
    board.take([try #require(OpenQuestion(listed))])
    #expect(board.tasks["a"]?.question?.id == "q2")
  }

  @Test func `a task that ends stays in sight for a moment`() throws {
    var board = try board("a", "b")
    _ = board.take(try record(SocketText.record(1, task: "a", status("COMPLETED"))), at: start)
    #expect(board.count == 1 && board.rows(.init()).map(\.id) == ["b", "a"])
    board.tidy(at: start + .seconds(7))
    #expect(board.tasks.count == 2)
    board.tidy(at: start + .seconds(8))
    #expect(board.tasks.count == 1)
    // What comes behind the end brings nothing back.
    for kind in ["late", "note", "verdict"] {
      let isNew = board.take(try record(SocketText.record(2, task: "a", kind: kind)), at: start)
      #expect(!isNew)
    }
    #expect(board.tasks.count == 1)
  }

  @Test func `whose a new task is has to be asked, and the answer does not undo what was heard meanwhile`() throws {
    var board = WatchBoard()
    let news = ["WORKING", "INPUT_REQUIRED"].map { SocketText.record(1, task: "n", status($0)) }
    let isNew = try news.map { board.take(try record($0), at: start) }
    #expect(isNew == [true, false])
    board.take(try #require(TaskSummary(try JSONValue(parsing: SocketText.task("n")))), at: start)
    #expect(board.tasks["n"]?.agent == "checker" && board.tasks["n"]?.state == "input-required")
  }

  @Test func `only what was chosen is shown`() throws {
    var board = try board("a", "b")
    board.replace(
      by: [SocketText.task("a", agent: "x"), SocketText.task("b", owner: "alex")].compactMap { text in
        (try? JSONValue(parsing: text)).flatMap(TaskSummary.init)
      })
    #expect(board.rows(.init(agent: "x")).map(\.id) == ["a"])
    #expect(board.rows(.init(owner: "alex")).map(\.id) == ["b"])
    #expect(board.rows(.init(words: "ALE")).map(\.id) == ["b"])
  }

  @Test func `lines of a task are its history and then what comes, each once`() throws {
    var lines = TaskLines(task: "t")
    lines.take(try record(SocketText.record(9, seq: 3)))
    lines.take(try record(SocketText.record(9, task: "u", seq: 1)))
    func page(_ seqs: Int..., complete: Bool) throws -> JSONValue {
      let events = seqs.map { SocketText.record($0, seq: $0) }.joined(separator: ",")
      return try JSONValue(parsing: #"{"events":[\#(events)],"next":"e.5","complete":\#(complete)}"#)
    }
    #expect(lines.take(page: try page(1, complete: false)) == "e.5")
    #expect(lines.isLoading)
    #expect(lines.take(page: try page(2, 3, complete: true)) == nil)
    lines.take(try record(SocketText.record(10, seq: 4)))
    #expect(lines.lines.count == 5 && lines.lines[0] == "-- 2026-11-21 (UTC)" && !lines.isLoading)
    #expect(lines.lines[4].hasSuffix("     4  event            {}"))
  }
}

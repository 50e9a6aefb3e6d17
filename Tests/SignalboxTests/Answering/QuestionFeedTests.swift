import A2A
import JSON
import Testing

@testable import signalbox

struct QuestionFeedTests {
  private let now = Timestamp(millisecondsSince1970: 0)

  private func feed(_ line: String = "questions --follow") throws -> QuestionFeed {
    let (arguments, command) = try TypedCommand.parse(line)
    return QuestionFeed(try QuestionsOptions(arguments, command))
  }

  private func listed(_ task: String) throws -> OpenQuestion {
    let text =
      #"{"task":"\#(task)","agent":"checker","question":"q1","text":"Which?","deadline":"1970-01-01T00:04:07Z"}"#
    return try #require(OpenQuestion(try JSONValue(parsing: text)))
  }

  private func record(_ task: String, _ state: String, _ more: String = "") throws -> StreamRecord {
    let data = #"{"question":"q1","state":"\#(state)"\#(more)}"#
    return try #require(StreamRecord(Array(SocketText.record(1, task: task, kind: "question", data).utf8)))
  }

  private func asked(_ task: String) throws -> StreamRecord {
    try record(task, "open", #","kind":"input","text":"Which?","deadline":"1970-01-01T00:04:07Z""#)
  }

  @Test func `what is asked, taken up, given back and answered is a line each, and nothing is told twice`() throws {
    var feed = try feed()
    var lines = feed.take([try listed("t")], now: now)
    let news = [
      try asked("t"), try record("t", "claimed", #","by":"kim""#), try record("t", "claimed", #","by":"kim""#),
      try record("t", "released"), try record("t", "closed", #","how":"answered","by":"kim""#),
      try record("t", "closed"),
    ]
    lines += news.flatMap { feed.take($0, now: now) }
    #expect(
      lines == [
        "t  q1  (checker, 4:07 left) Which?", "t  q1  kim is answering", "t  q1  nobody is answering any more",
        "t  q1  answered by kim",
      ])
  }

  @Test func `whose a new question is has to be asked first`() throws {
    var feed = try feed("questions --follow --agent checker")
    #expect(feed.take(try asked("t"), now: now).isEmpty)
    #expect(feed.unknown(try asked("t")) == "t")
    let task = try #require(TaskSummary(try JSONValue(parsing: SocketText.task("t"))))
    #expect(feed.learn(task, now: now) == ["t  q1  (checker, 4:07 left) Which?"])
    #expect(feed.unknown(try asked("t")) == nil)
    let other = try #require(TaskSummary(try JSONValue(parsing: SocketText.task("u", agent: "x"))))
    #expect(feed.take(try asked("u"), now: now).isEmpty)
    #expect(feed.learn(other, now: now).isEmpty)
  }

  @Test func `what is no longer listed after a lost place is over`() throws {
    var feed = try feed()
    _ = feed.take([try listed("t"), try listed("u")], now: now)
    #expect(feed.take([try listed("u")], now: now) == ["t  q1  is over"])
  }

  @Test func `others are left out, and scripts get objects`() throws {
    var feed = try feed("questions --follow --task u --json")
    let lines = feed.take([try listed("t"), try listed("u")], now: now)
    #expect(try lines.map { try JSONValue(parsing: $0)["task"]?.string } == ["u"])
    let claimed = feed.take(try record("u", "claimed", #","by":"kim""#), now: now)
    #expect(try claimed.map { try JSONValue(parsing: $0)["claimedBy"]?.string } == ["kim"])
    let closed = feed.take(try record("u", "closed", #","how":"expired""#), now: now)
    #expect(closed == [#"{"task":"u","question":"q1","state":"closed","how":"expired"}"#])
  }

  @Test func `the list shows the time that is left`() throws {
    var open = try listed("t")
    open.claimedBy = "kim"
    #expect(
      QuestionTable.text([open], now: now) == """
        TASK  QUESTION  AGENT    OWNER  LEFT  ANSWERING  ASKED
        t     q1        checker         4:07  kim        Which?
        """)
    #expect(QuestionTable.left(open.deadline, now: Timestamp(millisecondsSince1970: 247_000)) == "over")
  }
}

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

  private func question(_ task: String, agent: String = "checker", by claimer: String? = nil) throws -> OpenQuestion {
    let claim = claimer.map { #","claimedBy":"\#($0)""# } ?? ""
    let text =
      #"{"task":"\#(task)","agent":"\#(agent)","question":"q1","text":"Which?","deadline":"1970-01-01T00:04:07Z"\#(claim)}"#
    return try #require(OpenQuestion(try JSONValue(parsing: text)))
  }

  private func closed(_ task: String, _ more: String) throws -> ClosedQuestion {
    try #require(ClosedQuestion(try JSONValue(parsing: #"{"task":"\#(task)","question":"q1",\#(more)}"#)))
  }

  @Test func `what is asked, taken up, given back and answered is a line each, and nothing is told twice`() throws {
    var feed = try feed()
    var lines = feed.take([try question("t")], hasMore: false, now: now)
    let news = [
      try question("t"), try question("t", by: "kim"), try question("t", by: "kim"), try question("t"),
    ]
    lines += news.flatMap { feed.take($0, now: now) }
    let over = try closed("t", #""how":"answered","by":"kim""#)
    lines += feed.take(over) + feed.take(over)
    #expect(
      lines == [
        "t  q1  (checker, 4:07 left) Which?", "t  q1  kim is answering", "t  q1  nobody is answering any more",
        "t  q1  answered by kim",
      ])
  }

  @Test func `what is no longer listed after a lost connection is over, unless the list is not the whole`() throws {
    var feed = try feed()
    let all = [try question("t"), try question("u"), try question("v")]
    #expect(feed.take(all, hasMore: false, now: now).count == 3)
    #expect(feed.take([try question("u")], hasMore: true, now: now).isEmpty)
    #expect(feed.take([try question("u")], hasMore: false, now: now) == ["t  q1  is over", "v  q1  is over"])
  }

  @Test func `others are left out, and scripts get objects`() throws {
    var feed = try feed("questions --follow --task u --agent checker --json")
    let all = [try question("t"), try question("u"), try question("u", agent: "x")]
    let lines = feed.take(all, hasMore: false, now: now)
    #expect(try lines.map { try JSONValue(parsing: $0)["task"]?.string } == ["u"])
    let claimed = feed.take(try question("u", by: "kim"), now: now)
    #expect(try claimed.map { try JSONValue(parsing: $0)["claimedBy"]?.string } == ["kim"])
    #expect(feed.take(try closed("t", #""how":"expired""#)).isEmpty)
    let over = feed.take(try closed("u", #""how":"expired""#))
    #expect(over == [#"{"task":"u","question":"q1","state":"closed","how":"expired"}"#])
  }

  @Test func `the list shows the time that is left`() throws {
    var open = try question("t")
    open.claimedBy = "kim"
    #expect(
      QuestionTable.text([open], now: now) == """
        TASK  QUESTION  AGENT    OWNER  LEFT  ANSWERING  ASKED
        t     q1        checker         4:07  kim        Which?
        """)
    #expect(QuestionTable.left(open.deadline, now: Timestamp(millisecondsSince1970: 247_000)) == "over")
  }
}

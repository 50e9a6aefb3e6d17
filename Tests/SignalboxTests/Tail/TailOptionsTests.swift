import Testing

@testable import signalbox

struct TailOptionsTests {
  private func options(_ words: [String]) throws -> TailOptions {
    let (arguments, command) = try TypedCommand.parse(["tail"] + words)
    return try TailOptions(arguments, command)
  }

  @Test func `tasks are followed from their beginning, all of them from now on, as the gateway has it`() throws {
    let one = try options(["t-1"])
    #expect(one.target == .tasks(["t-1"]) && one.after == nil && one.printing == .text && one.patience == .seconds(600))
    #expect(one.target.path(after: one.after) == "/api/stream/t-1")
    #expect(try options(["--all"]).target.path(after: nil) == "/api/stream?all")
    #expect(try options(["a", "b"]).target.path(after: nil) == "/api/stream?tasks=a,b")
  }

  @Test func `a place to begin at goes with any of them`() throws {
    let one = try options(["t/1?", "--after", "e.7", "--json", "--patience", "0"])
    #expect(one.target.path(after: one.after) == "/api/stream/t%2F1%3F?after=e.7")
    #expect(one.printing == .records && one.patience == .zero)
    #expect(TailTarget.all.path(after: "earliest") == "/api/stream?all&after=earliest")
    #expect(TailTarget.tasks(["a", "b,c"]).path(after: "latest") == "/api/stream?tasks=a,b%2Cc&after=latest")
  }

  @Test(arguments: [
    ([], "What is to be followed is missing. Give the id of a task, or --all."),
    (["t", "--all"], "The option --all follows all tasks already. Give it, or ids of tasks."),
    (["t", "t"], "A task is named twice."), ([""], "The id of a task is empty."),
    (["t", "--after="], "The option --after needs a cursor, earliest or latest."),
    (["t", "--patience", "x"], "The option --patience must be a whole number of seconds, 0 to 31536000, not \"x\"."),
    ((0...100).map { "t\($0)" }, "A gateway shows at most 100 tasks on one stream, and here are 101."),
  ])
  func `what cannot be followed is refused`(words: [String], message: String) throws {
    #expect(try #require(throws: UsageError.self) { _ = try options(words) }.message == message)
  }
}

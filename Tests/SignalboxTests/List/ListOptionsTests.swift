import HTTP
import Testing

@testable import signalbox

struct ListOptionsTests {
  private func options(_ line: String) throws -> ListOptions {
    let (arguments, command) = try TypedCommand.parse("list \(line)")
    return try ListOptions(arguments, command)
  }

  private func path(_ line: String) throws -> String {
    let options = try options(line)
    return ListQuery(filters: options.filters).path(count: options.limit, before: nil)
  }

  @Test func `without filters the newest 50 are asked for`() throws {
    #expect(try path("") == "/api/tasks?limit=50")
    #expect(try !options("").printsJSON)
  }

  @Test func `filters go into the query`() throws {
    #expect(
      try path("--state failed --state input-required --ended --agent a/b --owner kim&x --text 50% --limit 7 --json")
        == "/api/tasks?state=failed%2Cinput-required&final=true&agent=a%2Fb&owner=kim%26x&text=50%25&limit=7")
    #expect(try path("--running") == "/api/tasks?final=false&limit=50")
  }

  @Test func `more than a page holds is had page by page`() throws {
    let query = ListQuery(filters: [])
    #expect(query.path(count: 1000, before: nil) == "/api/tasks?limit=200")
    #expect(query.path(count: 3, before: "e.7") == "/api/tasks?limit=3&before=e.7")
  }

  @Test(arguments: [
    ("--state done", "There is no state \"done\". There are: submitted, working"),
    ("--state faild", "There is no state \"faild\". Did you mean failed?"),
    ("--running --ended", "The options --running and --ended leave nothing together."),
    ("--limit 0", "The option --limit must be a whole number from 1 to 100000, not \"0\"."),
    ("--limit x", "The option --limit must be a whole number from 1 to 100000, not \"x\"."),
    ("--agent=", "The option --agent needs a value."),
  ])
  func `what cannot be asked is refused`(line: String, message: String) throws {
    let error = try #require(throws: UsageError.self) { _ = try options(line) }
    #expect(error.message.hasPrefix(message), "\(error.message)")
  }
}

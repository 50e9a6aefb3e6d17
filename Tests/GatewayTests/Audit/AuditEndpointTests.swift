import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

struct AuditEndpointTests {
  private func ask(_ test: TestTrail, _ query: String) throws -> JSONValue {
    let target = try RequestTarget(parsing: "/audit" + query)
    return try JSONValue(parsing: try AuditEndpoint(audit: test.trail).describe(target))
  }

  private func details(_ answer: JSONValue) -> [String?] {
    answer["records"]?.elements.map { $0["detail"]?.string } ?? []
  }

  @Test func `the last hundred come, or as many as are wanted`() async throws {
    let test = try TestTrail()
    for number in 1...150 { test.write("\(number)") }
    #expect(details(try ask(test, "")) == (51...150).map { "\($0)" })
    #expect(details(try ask(test, "?limit=2")) == ["149", "150"])
    #expect(details(try ask(test, "?limit=1000")).count == 150)
    await test.trail.flush()
  }

  @Test func `from one answer to the next nothing is missed`() async throws {
    let test = try TestTrail()
    test.write("one", "two", "three")
    var answer = try ask(test, "?limit=2&after=0")
    #expect(details(answer) == ["one", "two"])
    #expect(answer["records"]?[0]?["who"]?.string == "alex")
    answer = try ask(test, "?limit=2&after=\(try #require(answer["last"]?.int))")
    #expect(details(answer) == ["three"])
    let last = try #require(answer["last"]?.int)
    answer = try ask(test, "?after=\(last)")
    #expect(details(answer) == [] && answer["last"]?.int == last)
    await test.trail.flush()
  }

  @Test func `with nothing written there is nothing`() throws {
    let answer = try ask(try TestTrail(), "")
    #expect(answer.description == #"{"records":[]}"#)
  }

  @Test(arguments: [
    ("?limit=0", "limit must be a whole number from 1 to 1000, not \"0\"."),
    ("?limit=1001", "limit must be a whole number from 1 to 1000, not \"1001\"."),
    ("?limit=", "limit must be a whole number from 1 to 1000, not \"\"."),
    ("?after=-1", "after must be a whole number from 0 to 9223372036854775807, not \"-1\"."),
    ("?after=%0Ax", "after must be a whole number from 0 to 9223372036854775807, not \"\\x0ax\"."),
    ("?who=alex", "The query has \"who\", which says nothing here. It may have limit and after."),
  ])
  func `a wrong question says what would be right`(query: String, detail: String) throws {
    let test = try TestTrail()
    let refusal = try #require(throws: Refusal.self) { _ = try ask(test, query) }
    #expect(refusal.status == .badRequest && refusal.detail == detail)
  }
}

import Testing

@testable import Identity

/// Files that nobody would write by hand.
struct HostilePolicyTests {
  private func onlyProblem(_ bytes: [UInt8]) throws -> String {
    let problems = PolicyTexts.problems(bytes)
    #expect(problems.count == 1)
    return try #require(problems.first)
  }

  @Test func `what is nested without end is refused`() throws {
    let deep = String(repeating: "[", count: 200_000)
    #expect(
      try onlyProblem(Array("\n\(deep)".utf8))
        == "line 2: A policy must be JSON, but arrays and objects are nested deeper than the limit, found: \"at most 16 levels\"."
    )
  }

  @Test func `what is too long is refused`() throws {
    let long = [UInt8](repeating: UInt8(ascii: " "), count: (1 << 20) + 1)
    #expect(try onlyProblem(long).contains("the text is longer than the limit"))
    let many = "[" + String(repeating: "1,", count: 1 << 17) + "1]"
    #expect(try onlyProblem(Array(many.utf8)).contains("there are more values than the limit"))
  }

  @Test(arguments: [
    [0xFF], [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], [0x22, 0xC3, 0x28, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0],
  ])
  func `bytes that are no text are refused in a printable sentence`(bytes: [UInt8]) throws {
    let problem = try onlyProblem(bytes)
    #expect(problem.hasPrefix("line 1: A policy must be JSON, but "))
    #expect(problem.utf8.allSatisfy { (0x20...0x7E).contains($0) })
  }

  @Test func `a key that stands twice is refused, however it is spelled`() throws {
    let text = "{\"principals\": [{\"name\": \"a\", \"link\": true,\n\"disabled\": true,\n\"d\\u0069sabled\": false}]}"
    #expect(
      try onlyProblem(Array(text.utf8)).hasPrefix("line 3: A policy must be JSON, but the object has this key already"))
  }

  @Test func `foreign text comes back escaped and cut`() throws {
    let name = "\\u001b[2J\\n" + String(repeating: "é", count: 500)
    let problems = PolicyTexts.problems(entries: "{\"name\": \"\(name)\", \"\(name)\": 1, \"roles\": [\"\(name)\"]}")
    #expect(problems.count == 3)
    for problem in problems {
      #expect(problem.utf8.count < 600)
      #expect(problem.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test func `of very many problems, the first hundred are told`() {
    let text = "{\"principals\": [\n" + (0..<5000).map { _ in "1" }.joined(separator: ",\n") + "]}"
    let problems = PolicyTexts.problems(text)
    #expect(problems.count == 101)
    #expect(problems[99] == "line 101: A principal must be an object: { ... }.")
    #expect(problems.last == "line 102: From here on there are 4900 more problems.")
  }

  @Test func `thousands of entries are read and found`() throws {
    let entries = (0..<5000).map {
      "{\"name\": \"n\($0)\", \"token\": {\"subject\": \"s\($0)\"}, \"roles\": [\"viewer\"]}"
    }
    let policy = try PolicyTexts.policy("{\"principals\": [\n\(entries.joined(separator: ",\n"))]}")
    #expect(try policy.principal(PolicyTexts.token("s4999")).name == "n4999")
    #expect(policy.line(deciding: PolicyTexts.token("s4999")) == 5001)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines end as editors have them`(end: String) {
    #expect(
      PolicyTexts.problems("{\(end)\"principals\":\(end)\(end)[1]}") == [
        "line 4: A principal must be an object: { ... }."
      ])
  }
}

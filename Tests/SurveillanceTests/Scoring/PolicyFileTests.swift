import JSON
import Surveillance
import Testing

@Suite struct PolicyFileTests {
  static let keys = [
    PolicyKey("insider.I4.points", 15, "Points of an unusual size."),
    PolicyKey("insider.I4.from", 2, in: 0...10, "Where it begins."),
    PolicyKey("wash.X1.factor", 0.15, in: 0...1, "What an exemption leaves."),
  ]

  private func read(_ text: String) throws(PolicyFileError) -> Policy {
    try PolicyFile.read(Array(text.utf8), keys: Self.keys)
  }

  @Test func `figures are numbers, or objects with a value and words`() throws {
    let policy = try read(
      """
      {"version": "2026-11", "insider": {"I4.points": 20, "I4.from": {"value": 2.5, "meaning": "Later."}}}
      """)
    #expect(policy.version == "2026-11")
    #expect(policy[Self.keys[0]] == 20)
    #expect(policy[Self.keys[1]] == 2.5)
    #expect(policy[Self.keys[2]] == 0.15)
  }

  @Test func `the written file has every figure with its meaning and reads as the same policy`() throws {
    let policy = Policy(version: "7", values: ["wash.X1.factor": 0.25])
    let keys = PolicyKey.decision + Self.keys
    let text = PolicyFile.text(policy, keys: keys)
    let again = try PolicyFile.read(text, keys: keys)
    #expect(again.version == "7")
    for key in keys { #expect(again[key] == policy[key], "\(key.name)") }
    let file = try JSONValue(parsing: text)
    #expect(file["wash"]?["X1.factor"]?["meaning"]?.string == "What an exemption leaves.")
    #expect(file["wash"]?["X1.factor"]?["rule"]?.double == 0.15)
    #expect(file["decision"]?.count == 6)
    #expect(file["questions"]?.count == 12)
  }

  @Test(arguments: [
    ("{", "", "unexpected"), ("[]", "", "An object is expected"), (#"{"insider": {}}"#, "version", "is missing"),
    (#"{"version": 1}"#, "version", "in quotes"), (#"{"version": ""}"#, "version", "1 to 64"),
    (#"{"version": "1", "spoofing": {}}"#, "spoofing", "The groups are insider, wash"),
    (#"{"version": "1", "insider": 3}"#, "insider", "An object of named figures"),
    (#"{"version": "1", "insider": {"I5.points": 3}}"#, "insider.I5.points", "insider has I4.from, I4.points"),
    (#"{"version": "1", "insider": {"I4.points": "3"}}"#, "insider.I4.points", "a number from 0 to 100"),
    (#"{"version": "1", "insider": {"I4.points": null}}"#, "insider.I4.points", "a number from 0 to 100"),
    (#"{"version": "1", "insider": {"I4.points": 101}}"#, "insider.I4.points", "101 is out of range"),
    (#"{"version": "1", "insider": {"I4.points": -1}}"#, "insider.I4.points", "-1 is out of range"),
    (#"{"version": "1", "insider": {"I4.points": 1e400}}"#, "insider.I4.points", "a number from 0 to 100"),
    (#"{"version": "1", "wash": {"X1.factor": {"value": 1.01}}}"#, "wash.X1.factor.value", "a number from 0 to 1"),
    (#"{"version": "1", "wash": {"X1.factor": {"meaning": "x"}}}"#, "wash.X1.factor", "The value is missing"),
    (#"{"version": "1", "wash": {"X1.factor": {"value": 1, "weight": 2}}}"#, "wash.X1.factor.weight", "may have"),
  ])
  func `what is wrong is refused with its path and what is expected`(text: String, path: String, words: String) {
    let error = #expect(throws: PolicyFileError.self) { try read(text) }
    #expect(error?.problems.map(\.path) == [path])
    if words != "unexpected" { #expect(error?.description.contains(words) == true, "\(error?.description ?? "")") }
  }

  @Test func `the example of the documentation is good`() throws {
    let text = """
      {
        "version": "2026-11",
        "decision": {
          "escalate.at": {"value": 75, "meaning": "The confidence in a genuine alert from which the advice is to escalate."},
          "close.at": 72
        },
        "questions": {"preclearance.points": 60}
      }
      """
    let policy = try PolicyFile.read(Array(text.utf8), keys: PolicyKey.decision)
    #expect([policy[.escalateAt], policy[.closeAt], policy[.preclearancePoints]] == [75, 72, 60])
  }

  @Test func `all problems are told at once, with their lines`() {
    let error = #expect(throws: PolicyFileError.self) {
      try read(
        """
        {"version": "1",
         "insider": {"I4.points": 500,
                     "I9": 1}}
        """)
    }
    #expect(error?.problems.map(\.line) == [2, 3])
    #expect(error?.problems.map(\.column) == [27, 20])
  }

  @Test func `every figure of the decision lies in its own range and says what it is`() {
    let keys = PolicyKey.decision
    #expect(Set(keys.map(\.name)).count == keys.count)
    for key in keys {
      #expect(key.range.contains(key.standard), "\(key.name)")
      #expect(key.meaning.hasSuffix("."), "\(key.name)")
    }
  }
}

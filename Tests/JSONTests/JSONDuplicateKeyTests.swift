import JSON
import Testing

struct JSONDuplicateKeyTests {
  @Test(arguments: [
    (#"{"a":1,"a":2}"#, 7),
    (#"{"a":1,"a":1}"#, 7),
    (#"{"":1,"":1}"#, 6),
    (#"{"a":1,"b":2,"c":3,"a":4}"#, 19),
    (#"{"a":1,"\u0061":2}"#, 7),
    (#"{"\u0061":1,"a":2}"#, 12),
    (#"{"\u0061":1,"\u0061":2}"#, 12),
    (#"{"/":1,"\/":2}"#, 7),
    (#"{"x\n":1,"x\u000a":2}"#, 9),
    ("{\"\u{1F6A6}\":1,\"\\ud83d\\udea6\":2}", 10),
    (#"{"o":{"a":1,"b":{},"a":[]}}"#, 19),
    (#"[{"a":1},{"b":1,"b":1}]"#, 16),
    (#"{"a":{"a":{"a":1}},"a":0}"#, 19),
  ])
  func `a key that occurs twice is refused where it occurs again`(_ text: String, _ offset: Int) {
    #expect(throws: JSONError(.duplicateKey, at: offset)) { try JSONValue(parsing: text) }
  }

  @Test func `the same key in two objects is no duplicate`() throws {
    let value = try JSONValue(parsing: #"{"a":{"a":1,"b":2},"b":[{"a":1},{"a":2}]}"#)
    #expect(value.count == 2)
  }

  @Test(arguments: [2, 3, 23, 24, 25, 26, 100, 1000])
  func `a duplicate is found among any number of members, and none where there is none`(_ members: Int) throws {
    let keys = (0..<members).map { "\"key\($0)\"" }
    let distinct = "{" + keys.map { $0 + ":[{}]" }.joined(separator: ",")
    #expect(try JSONValue(parsing: distinct + "}").count == members)

    for repeated in [0, members / 2, members - 1] {
      let error = JSONError(.duplicateKey, at: distinct.utf8.count + 1)
      #expect(throws: error) { try JSONValue(parsing: distinct + ",\(keys[repeated]):0}") }
    }
  }

  @Test(arguments: ["plain", "escaped"])
  func `a hundred thousand members take a moment, not minutes`(_ spelling: String) throws {
    let prefix = String(repeating: "x", count: 24) + (spelling == "escaped" ? #"\u0061"# : "a")
    let text = "{" + (0..<100_000).map { "\"\(prefix)\($0)\":0" }.joined(separator: ",") + "}"
    let bytes = Array(text.utf8)
    let start = ContinuousClock.now
    let value = try JSONValue(parsing: bytes)
    let duration = ContinuousClock.now - start
    #expect(value.count == 100_000)
    // Comparing all pairs would be five thousand million comparisons. The bound leaves room for a debug build under a
    // sanitizer on a busy machine.
    #expect(duration < .seconds(60))
  }

  @Test func `the message quotes the key, shortened`() {
    let key = String(repeating: "k", count: 100)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\"\(key)\":1,\"\(key)\":2}") }
    #expect(error?.description.contains("(\"" + String(repeating: "k", count: 40) + "…\")") == true)
  }
}

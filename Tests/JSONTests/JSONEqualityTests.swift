import JSON
import Testing

struct JSONEqualityTests {
  @Test(arguments: [
    ("null", " null "), ("true", "true"), (#""a""#, #""\u0061""#), ("[1, 2]", "[1,2]"), ("[]", "[ ]"), ("{}", "{ }"),
    (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), (#"{"a":1,"b":2,"c":3}"#, #"{"a":1,"c":3,"b":2}"#),
    (#"{"a":{"x":[1,{"y":null}]}}"#, #"{"\u0061": {"x": [1, {"\u0079": null}]}}"#),
    (#"{"\n":1,"b":2}"#, #"{"b":2,"\u000a":1}"#),
  ])
  func `values that mean the same are equal`(_ one: String, _ other: String) throws {
    #expect(try JSONValue(parsing: one) == JSONValue(parsing: other))
    #expect(try JSONValue(parsing: other) == JSONValue(parsing: one))
  }

  @Test(arguments: [
    ("null", "false"), ("true", "false"), ("1", "2"), ("1", "1.0"), ("1", "1e0"), ("1", #""1""#), (#""a""#, #""b""#),
    (#""a""#, #""ab""#), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"), ("[]", "{}"), ("[[]]", "[]"), ("[[],1]", "[[1]]"),
    (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"b":1}"#), (#"{"a":1}"#, #"{"a":1,"b":2}"#),
    (#"{"a":1,"b":2}"#, #"{"b":1,"a":2}"#), (#"{"a":1,"b":2}"#, #"{"b":2,"c":1}"#), ("\"\u{E9}\"", "\"e\u{301}\""),
    (#"{"a":[{"b":1}]}"#, #"{"a":[{"b":2}]}"#),
  ])
  func `values that differ are not`(_ one: String, _ other: String) throws {
    #expect(try JSONValue(parsing: one) != JSONValue(parsing: other))
    #expect(try JSONValue(parsing: other) != JSONValue(parsing: one))
  }

  @Test func `inner values are compared without what is around them`() throws {
    let value = try JSONValue(parsing: #"[{"a":[1,2]}, [1, 2], [1,2], [1]]"#)
    #expect(value[1] == value[2])
    #expect(value[0]?["a"] == value[1])
    #expect(value[2] != value[3])
  }

  @Test func `large objects in another order are compared in one walk each`() throws {
    let keys = (0..<50_000).map { "\"\($0)\":\($0)" }
    let one = try JSONValue(parsing: "{" + keys.joined(separator: ",") + "}")
    let other = try JSONValue(parsing: "{" + keys.reversed().joined(separator: ",") + "}")
    let duration = ContinuousClock().measure { #expect(one == other) }
    #expect(duration < .seconds(60))
  }
}

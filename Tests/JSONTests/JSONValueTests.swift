import JSON
import Testing

struct JSONValueTests {
  private let event = #"""
    {"kind": "event", "seq": 42, "live": true, "late": false, "origin": null,
     "steps": [1, "two", [3], {"four": 4}], "nested": {"a": {"b": [0, {"c": "deep"}]}}}
    """#

  @Test func `each kind is told apart, and only its own accessor answers`() throws {
    let array = try JSONValue(parsing: #"[null, true, 1, "1", [], {}]"#)
    #expect(array.elements.map(\.kind) == [.null, .bool, .number, .string, .array, .object])
    #expect(array.elements.map(\.isNull) == [true, false, false, false, false, false])
    #expect(array.elements.map(\.bool) == [nil, true, nil, nil, nil, nil])
    #expect(array.elements.map(\.int) == [nil, nil, 1, nil, nil, nil])
    #expect(array.elements.map(\.uint) == [nil, nil, 1, nil, nil, nil])
    #expect(array.elements.map(\.double) == [nil, nil, 1, nil, nil, nil])
    #expect(array.elements.map(\.numberText) == [nil, nil, "1", nil, nil, nil])
    #expect(array.elements.map(\.string) == [nil, nil, nil, "1", nil, nil])
  }

  @Test func `members are found by key at any depth`() throws {
    let value = try JSONValue(parsing: event)
    #expect(value["kind"]?.string == "event")
    #expect(value["seq"]?.int == 42)
    #expect(value["live"]?.bool == true)
    #expect(value["late"]?.bool == false)
    #expect(value["origin"]?.isNull == true)
    #expect(value["nested"]?["a"]?["b"]?[1]?["c"]?.string == "deep")
    #expect(value["missing"] == nil)
    #expect(value["kin"] == nil)
    #expect(value["kinds"] == nil)
    #expect(value[""] == nil)
    // A key of an inner object is not a key of the outer one, and a string value is not a key.
    #expect(value["four"] == nil)
    #expect(value["event"] == nil)
  }

  @Test func `a key is found however it is spelled, and byte for byte`() throws {
    let value = try JSONValue(parsing: #"{"\u0061\n": 1, "e\u0301": 2, "é": 3}"#)
    #expect(value["a\n"]?.int == 1)
    #expect(value["e\u{301}"]?.int == 2)
    #expect(value["\u{E9}"]?.int == 3)
    #expect(value["a"] == nil)
    #expect(value["a\n\n"] == nil)
  }

  @Test func `elements are found by index`() throws {
    let steps = try #require(try JSONValue(parsing: event)["steps"])
    #expect(steps.count == 4)
    #expect(steps[0]?.int == 1)
    #expect(steps[2]?[0]?.int == 3)
    #expect(steps[3]?["four"]?.int == 4)
    #expect(steps[4] == nil)
    #expect(steps[-1] == nil)
  }

  @Test func `looking into what is no container finds nothing`() throws {
    for text in ["null", "1", "\"a\"", "true"] {
      let value = try JSONValue(parsing: text)
      #expect(value["a"] == nil)
      #expect(value[0] == nil)
      #expect(value.count == 0)
      #expect(Array(value.members.map(\.key)).isEmpty)
      #expect(Array(value.elements).isEmpty)
    }
    #expect(try JSONValue(parsing: "[1]")["a"] == nil)
    #expect(try JSONValue(parsing: "[1]").members.map(\.key).isEmpty)
    #expect(try JSONValue(parsing: #"{"a":1}"#)[0] == nil)
    #expect(try Array(JSONValue(parsing: #"{"a":1}"#).elements).isEmpty)
  }

  @Test func `members come in source order with their values`() throws {
    let value = try JSONValue(parsing: event)
    #expect(value.members.map(\.key) == ["kind", "seq", "live", "late", "origin", "steps", "nested"])
    #expect(value.members.map(\.value.kind) == [.string, .number, .bool, .bool, .null, .array, .object])
    #expect(value.count == 7)
  }

  @Test func `a value knows its place and its source text`() throws {
    let value = try JSONValue(parsing: event)
    let nested = try #require(value["nested"]?["a"])
    #expect(String(decoding: nested.bytes, as: UTF8.self) == #"{"b": [0, {"c": "deep"}]}"#)
    #expect(nested.description == #"{"b": [0, {"c": "deep"}]}"#)
    #expect(Array(event.utf8)[nested.offset] == UInt8(ascii: "{"))
    #expect(value["steps"]?.position ?? (0, 0) == (2, 11))
    #expect(value.offset == 0)
  }

  @Test func `values share the bytes of the text instead of copying them`() throws {
    let bytes = Array(event.utf8)
    let value = try JSONValue(parsing: bytes)
    let inner = try #require(value["nested"]?["a"]?["b"]?[1]?["c"])
    // A slice of shared bytes keeps the positions of the whole text, and lies at the same address.
    #expect(inner.bytes.startIndex == inner.offset)
    let original = unsafe bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    let shared = unsafe inner.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    #expect(shared == original + UInt(inner.offset))
  }
}

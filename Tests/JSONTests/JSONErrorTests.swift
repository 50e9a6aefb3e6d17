import JSON
import Testing

struct JSONErrorTests {
  @Test(arguments: [
    ("[1,}", "The JSON text is refused at byte 3: a value was expected (found '}' 0x7D)."),
    ("[1,", "The JSON text is refused at byte 3: the text ends before its value is complete."),
    ("\"\n\"", "The JSON text is refused at byte 1: a control character in a string must be escaped (found 0x0A)."),
    (#""\q""#, "The JSON text is refused at byte 1: there is no such escape (backslash and 'q' 0x71)."),
    (#"{"a":1,"a":2}"#, "The JSON text is refused at byte 7: the object has this key already (\"a\")."),
    ("\u{FEFF}1", "The JSON text is refused at byte 0: a byte order mark is not allowed before JSON."),
  ])
  func `the description is a sentence that names place and cause`(_ text: String, _ description: String) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error?.description == description)
  }

  @Test func `errors are equal by reason and offset`() {
    #expect(JSONError(.tooDeep, at: 3, detail: "one") == JSONError(.tooDeep, at: 3, detail: "other"))
    #expect(JSONError(.tooDeep, at: 3) != JSONError(.tooDeep, at: 4))
    #expect(JSONError(.tooDeep, at: 3) != JSONError(.tooLarge, at: 3))
  }

  @Test(arguments: [
    ("{\n  \"a\": tru\n}", 2, 11),
    ("x", 1, 1),
    ("[1,\r\n 2,\r\n x]", 3, 2),
    ("[1,\r 2,\r x]", 3, 2),
    ("[\n\n\nx]", 4, 1),
    ("[\"\u{E4}\u{20AC}\u{1F6A6}\", x]", 1, 9),
    ("[1", 1, 3),
  ])
  func `an offset becomes a line and a column`(_ text: String, _ line: Int, _ column: Int) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.position(in: Array(text.utf8)) == (line, column))
  }

  @Test func `an offset outside the text is taken as its end or its beginning`() {
    #expect(JSONPosition(of: 99, in: Array("a\nb".utf8)) == JSONPosition(of: 3, in: Array("a\nb".utf8)))
    #expect(JSONPosition(of: -1, in: Array("a\nb".utf8)).line == 1)
    #expect(JSONPosition(of: 0, in: []).column == 1)
  }
}

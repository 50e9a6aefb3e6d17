import HTTP
import Testing

struct HTTPFieldsTests {
  @Test func `names have no case, order is kept`() {
    var fields = HTTPFields([("Accept", "a"), ("X", "1"), ("ACCEPT", "b")])
    #expect(fields["aCCept"] == "a")
    #expect(fields.values(of: "Accept") == ["a", "b"])
    #expect(fields.map(\.name) == ["accept", "x", "accept"])
    fields["Accept"] = "c"
    #expect(fields.map(\.value) == ["c", "1"])
    fields["new"] = "2"
    #expect(fields.count == 3)
    fields.remove("ACCEPT")
    fields["X"] = nil
    #expect(fields == HTTPFields([("New", "2")]))
    #expect(fields.contains("NEW") && !fields.contains("x"))
    #expect(!fields.isEmpty && HTTPFields().isEmpty)
  }

  @Test func `lists are joined over fields, trimmed and lower-cased`() {
    let fields = HTTPFields([("Connection", " Close ,, X\t"), ("connection", "Upgrade")])
    #expect(fields.tokens(of: "connection") == ["close", "x", "upgrade"])
    #expect(fields.listMembers(of: "Connection") == ["Close", "X", "Upgrade"])
    #expect(fields.tokens(of: "upgrade") == [])
  }

  @Test(arguments: ["a\r\nb", "a\nb", "a\rb", "\0", "a\u{7f}", "\u{1b}", "\u{100}", "\u{1f600}"])
  func `text from outside is checked before it becomes a value`(text: String) throws {
    var fields = HTTPFields([("x", "old")])
    let error = #expect(throws: IllegalFieldValue.self) { try fields.set("X", checking: text) }
    #expect(error?.name == "x")
    #expect(error?.description.utf8.allSatisfy { 0x20...0x7e ~= $0 } == true)
    #expect(fields["x"] == "old")
  }

  @Test(arguments: ["", "a b\tc", "caf\u{e9}", "\u{ff}"])
  func `good text from outside becomes a value`(text: String) throws {
    var fields = HTTPFields()
    try fields.set("X", checking: text)
    #expect(fields["x"] == text)
  }

  @Test func `a value with a line end is the program's mistake`() async {
    await #expect(processExitsWith: .failure) {
      var fields = HTTPFields()
      fields.append("location", "/\r\nset-cookie: a=b")
    }
    await #expect(processExitsWith: .failure) {
      var fields = HTTPFields()
      fields["x"] = "a\0b"
    }
    await #expect(processExitsWith: .failure) {
      _ = HTTPFields([("bad name", "value")])
    }
  }

  @Test(arguments: [("GET", true), ("a-b_c", true), ("", false), ("a b", false), ("a:", false), ("\u{e9}", false)])
  func `tokens are told from other text`(text: String, isToken: Bool) {
    #expect(FieldText.isToken(text) == isToken)
  }

  /// The constants of `isToken` against the list of RFC 9110.
  @Test func `the token characters are those of RFC 9110`() {
    let marks = "!#$%&'*+-.^_`|~"
    for byte in UInt8.min...UInt8.max {
      let scalar = UnicodeScalar(byte)
      let character = Character(scalar)
      let expected = byte < 128 && (character.isLetter || character.isNumber || marks.contains(character))
      #expect(FieldText.isToken(String(scalar)) == expected, "byte \(byte)")
    }
  }
}

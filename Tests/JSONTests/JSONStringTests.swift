import JSON
import Testing

struct JSONStringTests {
  private static let spellings: [(String, String)] = [
    (#""""#, ""),
    (#""plain""#, "plain"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""a\u0000b""#, "a\0b"),
    (#""\u007f\u0080\u07ff\u0800\uffff""#, "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}"),
    (#""\ud800\udc00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
    (#""x\uD83D\uDEA6y""#, "x\u{1F6A6}y"),
    (#""\\u0061""#, "\\u0061"),
    ("\"é\\u00e9\u{1F6A6}\\n\"", "éé\u{1F6A6}\n"),
    (#""\uFEFF""#, "\u{FEFF}"),
  ]

  @Test(arguments: spellings)
  func `a string is decoded, as a value and as a key`(_ spelling: String, _ expected: String) throws {
    let string = try JSONValue(parsing: spelling)
    #expect(string.string.map { Array($0.utf8) } == Array(expected.utf8))
    #expect(string.equalsString(expected))
    #expect(!string.equalsString(expected + "x"))

    let object = try JSONValue(parsing: "{\(spelling):1}")
    #expect(object.members.map { Array($0.key.utf8) } == [Array(expected.utf8)])
    #expect(object[expected]?.int == 1)
  }

  @Test func `comparing needs the same bytes, not only the same look`() throws {
    #expect(try !JSONValue(parsing: "\"\u{E9}\"").equalsString("e\u{301}"))
    #expect(try !JSONValue(parsing: #""abc""#).equalsString("abd"))
    #expect(try !JSONValue(parsing: #""\u0061bc""#).equalsString("abd"))
    #expect(try !JSONValue(parsing: #""\u0061bc""#).equalsString("ab"))
    #expect(try !JSONValue(parsing: "1").equalsString("1"))
  }

  @Test func `each scalar survives as an escape and as itself`() throws {
    var value: UInt32 = 0
    while value <= 0x10FFFF {
      if let scalar = Unicode.Scalar(value) {
        let character = String(Character(scalar))
        let escape = character.utf16.map { unit in
          let digits = String(unit, radix: 16)
          return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        let needsEscape = value < 0x20 || value == 0x22 || value == 0x5C
        let itself = needsEscape ? escape : character
        let pair = try JSONValue(parsing: "[\"\(escape)\",\"\(itself)\"]")
        #expect(pair[0]?.equalsString(character) == true && pair[1]?.equalsString(character) == true, "U+\(value)")
      }
      // All of ASCII and its surroundings, then a step that meets every length and both ends of the surrogates.
      value += value < 0x900 ? 1 : 61
    }
  }
}

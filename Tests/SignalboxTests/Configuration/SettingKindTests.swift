import JSON
import Testing

@testable import signalbox

struct SettingKindTests {
  static let texts: [(SettingKind, String, SettingValue?)] = [
    (.boolean, "true", .boolean(true)), (.boolean, "false", .boolean(false)),
    (.boolean, "1", nil), (.boolean, "yes", nil), (.boolean, "", nil),
    (.integer(0...9), "0", .integer(0)), (.integer(0...9), "9", .integer(9)), (.integer(0...9), "10", nil),
    (.integer(0...9), "-1", nil), (.integer(0...9), "+5", nil), (.integer(0...9), "5 ", nil),
    (.integer(0...9), "", nil),
    (.integer(0...9), "99999999999999999999", nil),
    (.choice(["a", "b"]), "a", .text("a")), (.choice(["a", "b"]), "A", nil), (.choice(["a", "b"]), "", nil),
    (.address, "127.0.0.1", .text("127.0.0.1")), (.address, "::1", .text("::1")), (.address, "localhost", nil),
    (.address, "127.0.0.1:80", nil), (.address, "", nil),
    (.path, "a/b", .text("a/b")), (.path, "", nil), (.path, "a\0b", nil),
    (.optionalPath, "", .absent), (.optionalPath, "a", .text("a")),
    (.uriPrefixes, "", .list([])),
    (.uriPrefixes, "spiffe://a/, spiffe://b/c/", .list(["spiffe://a/", "spiffe://b/c/"])),
    (.uriPrefixes, "spiffe://a", nil), (.uriPrefixes, "a/", nil), (.uriPrefixes, "spiffe://", nil),
    (.uriPrefixes, "://a/", nil), (.uriPrefixes, "spiffe://a b/", nil),
    (.dnsNames, "a.example,b.example", .list(["a.example", "b.example"])), (.dnsNames, "*.example", nil),
    (.dnsNames, "a b", nil),
  ]

  @Test(arguments: texts)
  func `a text of a flag or variable is read, or not`(kind: SettingKind, text: String, value: SettingValue?) {
    #expect(kind.read(text) == value)
  }

  static let values: [(SettingKind, String, SettingValue?)] = [
    (.boolean, "true", .boolean(true)), (.boolean, "\"true\"", nil), (.boolean, "1", nil),
    (.integer(0...9), "5", .integer(5)), (.integer(0...9), "5.0", .integer(5)), (.integer(0...9), "5.5", nil),
    (.integer(0...9), "\"5\"", nil), (.integer(0...9), "null", nil), (.integer(0...9), "1e30", nil),
    (.choice(["a"]), "\"a\"", .text("a")), (.choice(["a"]), "\"b\"", nil),
    (.path, "\"a\"", .text("a")), (.path, "null", nil), (.path, "\"\"", nil), (.optionalPath, "null", .absent),
    (.optionalPath, "\"\"", nil), (.optionalPath, "{}", nil),
    (.uriPrefixes, "[]", .list([])), (.uriPrefixes, "[\"spiffe://a/\"]", .list(["spiffe://a/"])),
    (.uriPrefixes, "\"spiffe://a/\"", nil), (.uriPrefixes, "[1]", nil), (.dnsNames, "[\"a\"]", .list(["a"])),
    (.dnsNames, "[\"\"]", nil),
  ]

  @Test(arguments: values)
  func `a value of the file is read, or not`(kind: SettingKind, json: String, value: SettingValue?) throws {
    #expect(kind.read(try JSONValue(parsing: json)) == value)
  }
}

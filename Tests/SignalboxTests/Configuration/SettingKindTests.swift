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
    (.choices(["a", "b"]), "b,a", .list(["b", "a"])), (.choices(["a", "b"]), "", .list([])),
    (.choices(["a", "b"]), "a,a", nil), (.choices(["a", "b"]), "c", nil),
    (.text, "a b", .text("a b")), (.text, "", nil), (.text, "a\nb", nil), (.text, "a\u{7F}", nil),
    (.optionalText, "", .absent), (.optionalText, "a", .text("a")), (.optionalText, "a\u{0}", nil),
    (.texts, "a, b", .list(["a", "b"])), (.texts, "a,a", nil), (.texts, "", .list([])),
    (.optionalURL, "https://id.example/a/b", .text("https://id.example/a/b")), (.optionalURL, "", .absent),
    (.optionalURL, "https://id.example:8443", .text("https://id.example:8443")),
    (.optionalURL, "http://id.example/", nil), (.optionalURL, "http://localhost:1/", nil),
    (.optionalURL, "http://127.0.0.1:1/", nil), (.optionalURL, "wss://id.example/", nil),
    (.optionalURL, "https://u:p@id.example/", nil), (.optionalURL, "https://id.example/?a", nil),
    (.optionalURL, "https://id.example/#a", nil), (.optionalURL, "id.example", nil),
    (.optionalOrigin, "https://box.example", .text("https://box.example")), (.optionalOrigin, "", .absent),
    (.optionalOrigin, "https://box.example:8443", .text("https://box.example:8443")),
    (.optionalOrigin, "https://[::1]:8443", .text("https://[::1]:8443")),
    (.optionalOrigin, "https://box.example/", nil), (.optionalOrigin, "https://box.example:443", nil),
    (.optionalOrigin, "https://Box.example", nil), (.optionalOrigin, "http://box.example", nil),
    (.optionalOrigin, "HTTPS://box.example", nil), (.optionalOrigin, "https://*.example", nil),
    (.optionalOrigin, "https://box.example?", nil), (.optionalOrigin, "https://box.example:08443", nil),
    (.origins, "https://a.example,https://b.example:1", .list(["https://a.example", "https://b.example:1"])),
    (.origins, "", .list([])), (.origins, "*", nil), (.origins, "null", nil), (.origins, "https://a.example/x", nil),
    (.origins, "https://a.example,https://a.example", nil), (.origins, "http://localhost:3000", nil),
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
    (.choices(["a"]), "[\"a\"]", .list(["a"])), (.choices(["a"]), "\"a\"", nil), (.choices(["a"]), "[1]", nil),
    (.text, "\"a\"", .text("a")), (.text, "null", nil), (.text, "\"\"", nil), (.optionalText, "null", .absent),
    (.optionalText, "\"\"", nil), (.texts, "[\"a\"]", .list(["a"])), (.texts, "[\"\"]", nil), (.texts, "null", nil),
    (.optionalURL, "null", .absent), (.optionalURL, "\"https://a.example/\"", .text("https://a.example/")),
    (.optionalURL, "[]", nil), (.optionalOrigin, "null", .absent), (.optionalOrigin, "\"https://a.example/\"", nil),
    (.origins, "[\"https://a.example\"]", .list(["https://a.example"])), (.origins, "[\"*\"]", nil),
    (.origins, "null", nil),
  ]

  @Test(arguments: values)
  func `a value of the file is read, or not`(kind: SettingKind, json: String, value: SettingValue?) throws {
    #expect(kind.read(try JSONValue(parsing: json)) == value)
  }
}

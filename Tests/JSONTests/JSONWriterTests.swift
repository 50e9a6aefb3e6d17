import JSON
import Testing

struct JSONWriterTests {
  @Test func `an event is written without white space`() {
    var writer = JSONWriter()
    writer.object { event in
      event.member("task", "t-17")
      event.member("seq", 42)
      event.member("low", Int64.min)
      event.member("high", UInt64.max)
      event.member("load", 0.25)
      event.member("live", true)
      event.member("error", nil)
      event.object("empty") { _ in }
      event.array("steps") { steps in
        steps.number(-1)
        steps.string("two")
        steps.array { _ in }
        steps.object { $0.member("four", false) }
        steps.null()
      }
      event.key("last")
      event.bool(false)
    }
    #expect(
      text(writer) == #"{"task":"t-17","seq":42,"low":-9223372036854775808,"high":18446744073709551615,"load":0.25,"#
        + #""live":true,"error":null,"empty":{},"steps":[-1,"two",[],{"four":false},null],"last":false}"#)
  }

  @Test func `a file for people has one value on each line`() {
    var writer = JSONWriter(style: .pretty)
    writer.object { file in
      file.member("name", "gateway")
      file.array("ports") { ports in
        ports.number(443)
        ports.number(8443)
      }
      file.object("limits") { $0.object("head") { $0.member("bytes", 16384) } }
      file.object("none") { _ in }
      file.array("nothing") { _ in }
    }
    #expect(
      text(writer) == """
        {
          "name": "gateway",
          "ports": [
            443,
            8443
          ],
          "limits": {
            "head": {
              "bytes": 16384
            }
          },
          "none": {},
          "nothing": []
        }
        """)
  }

  @Test(arguments: [
    ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#), ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
    ("\0\u{1}\u{F}\u{10}\u{1F}", #""\u0000\u0001\u000f\u0010\u001f""#), ("\u{7F}é\u{1F6A6}", "\"\u{7F}é\u{1F6A6}\""),
    ("\u{2028}\u{2029}", "\"\u{2028}\u{2029}\""), ("</script>", #""</script>""#),
  ])
  func `strings and keys escape what must be escaped, and nothing else`(_ string: String, _ expected: String) {
    var writer = JSONWriter()
    writer.object { $0.member(string, string) }
    #expect(text(writer) == "{\(expected):\(expected)}")
  }

  @Test(
    arguments: [
      (0, "0.0"), (-0.0, "-0.0"), (1.5, "1.5"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"), (0.1, "0.1"),
      (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
    ] as [(Double, String)])
  func `a Double is written in the shortest form that reads back`(_ value: Double, _ expected: String) throws {
    var writer = JSONWriter()
    writer.number(value)
    #expect(text(writer) == expected)
    #expect(try JSONValue(parsing: writer.bytes).double?.bitPattern == value.bitPattern)
  }

  @Test func `members that may be missing are left out`() throws {
    let source = try JSONValue(parsing: #"{"v":[1, 2]}"#)
    var writer = JSONWriter()
    writer.object {
      $0.member("a", ifPresent: String?.none)
      $0.member("b", ifPresent: "b")
      $0.member("c", ifPresent: Int?.none)
      $0.member("d", ifPresent: 4)
      $0.member("e", ifPresent: Int64?(5))
      $0.member("f", ifPresent: UInt64?(6))
      $0.member("g", ifPresent: Double?(7.5))
      $0.member("h", ifPresent: Bool?(true))
      $0.member("i", ifPresent: source["v"])
      $0.member("j", ifPresent: source["w"])
    }
    #expect(text(writer) == #"{"b":"b","d":4,"e":5,"f":6,"g":7.5,"h":true,"i":[1,2]}"#)
  }

  @Test func `a read value goes out unchanged, or in the writer's own style`() throws {
    let source = try JSONValue(parsing: "{ \"n\" : 1.50e+1,\n \"s\": \"\\u0061\" }")
    var writer = JSONWriter()
    writer.array {
      $0.raw(source)
      $0.value(source)
    }
    #expect(text(writer) == "[{ \"n\" : 1.50e+1,\n \"s\": \"\\u0061\" },{\"n\":1.50e+1,\"s\":\"\\u0061\"}]")
  }

  @Test func `foreign bytes are checked before they are written`() throws {
    var writer = JSONWriter(appendingTo: Array("data: ".utf8))
    #expect(throws: JSONError(.expectedValue, at: 1)) { try writer.raw(checking: Array("[,]".utf8)) }
    try writer.raw(checking: Array(" [1] ".utf8))
    #expect(text(writer) == "data: [1]")
  }

  private func text(_ writer: JSONWriter) -> String {
    String(decoding: writer.bytes, as: UTF8.self)
  }
}

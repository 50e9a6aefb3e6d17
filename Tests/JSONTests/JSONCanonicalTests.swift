import JSON
import Testing

/// RFC 8785: one text for one value.
struct JSONCanonicalTests {
  private func canonical(_ text: String) throws -> String? {
    try JSONValue(parsing: Array(text.utf8)).canonical().map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `the example of RFC 8785 section 3 2 2 is written as it says`() throws {
    let text = #"""
      {
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }
      """#
    let expected =
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
      + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(try canonical(text) == expected)
  }

  @Test func `keys are in the order of their UTF-16, as RFC 8785 section 3 2 3 has it`() throws {
    let text = #"""
      {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
       "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
      """#
    let order = [
      "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]
    let written = try #require(try canonical(text))
    #expect(try JSONValue(parsing: Array(written.utf8)).members.map { $0.value.string ?? "" } == order)
  }

  /// The samples of RFC 8785 appendix B, by their bits, and the borders between the ways of writing.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func `numbers are written as JavaScript writes them`(_ bits: UInt64, _ text: String) throws {
    var writer = JSONWriter()
    writer.number(Double(bitPattern: bits))
    #expect(try canonical(String(decoding: writer.bytes, as: UTF8.self)) == text)
    // And what is canonical already stays as it is.
    #expect(try canonical(text) == text)
  }

  @Test func `a number that is none of JavaScript's has no canonical text`() throws {
    #expect(try canonical("[1,{\"a\":1e400}]") == nil)
    #expect(try canonical("{\"a\":1e400,\"b\":2}") == nil)
  }

  @Test func `members are left out where the caller says so, by their path`() throws {
    let value = try JSONValue(parsing: Array(#"{"b":{"a":1,"c":[{"a":2}]},"a":3}"#.utf8))
    let text = value.canonical { path, _ in path == ["a"] || path == ["b", "c", "a"] }
    #expect(text.map { String(decoding: $0, as: UTF8.self) } == #"{"b":{"a":1,"c":[{}]}}"#)
  }
}

import JSON
import TestSupport
import Testing

struct JSONNumberTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("1200", 1200), ("100.0", 100), ("1e2", 100), ("1.5e1", 15),
      ("1500e-2", 15), ("0e99999999999999999999", 0), ("0.000e-5", 0), ("-0.0", 0), ("10.00e-1", 1),
      ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("9.223372036854775807E+18", Int64.max),
      ("92233720368547758070000000000e-10", Int64.max), ("9007199254740993", 9_007_199_254_740_993),
      ("0.00000000000000000000000000001e29", 1),
    ] as [(String, Int64)])
  func `a whole number in range is an Int64 exactly, however it is written`(_ text: String, _ value: Int64) throws {
    #expect(try JSONValue(parsing: text).int == value)
    #expect(try JSONValue(parsing: text).uint == UInt64(exactly: value))
    #expect(try JSONValue(parsing: text).numberText == text)
  }

  @Test(arguments: [
    "0.5", "1.5", "1e-1", "-1e-30", "9223372036854775808", "-9223372036854775809", "1e19", "1e400", "1e20", "1e21",
    "1e-99999999999999999999", "1e99999999999999999999", "9223372036854775807.5", "123456789012345678901234567890",
    "0.10000000000000000000000000001e2",
  ])
  func `any other number is no Int64`(_ text: String) throws {
    #expect(try JSONValue(parsing: text).int == nil)
    #expect(try JSONValue(parsing: text).numberText == text)
  }

  @Test(
    arguments: [
      ("18446744073709551615", UInt64.max), ("1.8446744073709551615e19", UInt64.max),
      ("1e19", 10_000_000_000_000_000_000),
      ("18446744073709551616", nil), ("2e19", nil), ("1e20", nil), ("-1", nil), ("0.1", nil), ("-0", 0),
    ] as [(String, UInt64?)])
  func `the same holds for UInt64`(_ text: String, _ value: UInt64?) throws {
    #expect(try JSONValue(parsing: text).uint == value)
  }

  @Test(
    arguments: [
      ("0", 0), ("1", 1), ("-1.5", -1.5), ("0.1", 0.1), ("1e22", 1e22), ("1e23", 1e23), ("123e-3", 0.123),
      ("9007199254740993", 9_007_199_254_740_992), ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("5e-324", .leastNonzeroMagnitude), ("2.2250738585072011e-308", Double(bitPattern: 0x000F_FFFF_FFFF_FFFF)),
      ("1e-400", 0),
      ("3.14159265358979323846264338327950288", .pi), ("1e-99999999999999999999", 0), ("8.5e-5", 8.5e-5),
    ] as [(String, Double)])
  func `a number has its nearest Double`(_ text: String, _ value: Double) throws {
    #expect(try JSONValue(parsing: text).double == value)
  }

  @Test(arguments: ["1e400", "-1e400", "1e309", "1.8e308", "1e99999999999999999999"])
  func `a number too large for a Double has none and keeps its text`(_ text: String) throws {
    #expect(try JSONValue(parsing: text).double == nil)
    #expect(try JSONValue(parsing: text).numberText == text)
  }

  @Test func `minus zero keeps its sign as a Double`() throws {
    #expect(try JSONValue(parsing: "-0").double?.sign == .minus)
    #expect(try JSONValue(parsing: "-0.0e-7").double?.sign == .minus)
  }

  @Test func `the nearest Double is the one Swift finds, for ten thousand random numbers`() throws {
    var random = SeededRandom(seed: 4)
    for _ in 0..<10_000 {
      let digits = String(random.next() >> UInt64.random(in: 0..<64, using: &random))
      let text = "\(digits).\(random.next() % 100_000)e\(Int.random(in: -40...40, using: &random))"
      #expect(try JSONValue(parsing: text).double == Double(text), "\(text)")
    }
  }
}

import HTTP
import TestSupport
import Testing

struct HTTPDateTests {
  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
    (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (-2_203_891_200, "Thu, 01 Mar 1900 00:00:00 GMT"),
    (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
  ])
  func `known seconds have known dates`(seconds: Int64, text: String) {
    #expect(HTTPDate.format(unixSeconds: seconds) == text)
    #expect(HTTPDate.parse(text) == seconds)
  }

  @Test func `formatting and parsing are inverse`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<5000 {
      let seconds = Int64.random(in: -62_000_000_000...253_402_300_799, using: &random)
      #expect(HTTPDate.parse(HTTPDate.format(unixSeconds: seconds)) == seconds)
    }
  }

  @Test(
    arguments: [
      ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777), ("Sun Nov  6 08:49:37 1994", 784_111_777),
      ("Wed Nov 16 08:49:37 1994", 784_975_777), ("Friday, 31-Dec-99 23:59:59 GMT", 946_684_799),
      ("Tuesday, 01-Jan-30 00:00:00 GMT", 1_893_456_000), ("Sun, 31 Dec 2016 23:59:60 GMT", nil),
      ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
    ] as [(String, Int64?)])
  func `the two old formats are read`(text: String, seconds: Int64?) {
    #expect(HTTPDate.parse(text) == seconds)
  }

  @Test(arguments: [
    "", "Sun", "Sun, ", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
    "sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
    "Wed, 30 Feb 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:3\u{662} GMT", "Sun Nov 06  8:49:37 1994", "Sun,  6 Nov 1994 08:49:37 GMT", "784111777",
  ])
  func `anything else is no date`(text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }
}

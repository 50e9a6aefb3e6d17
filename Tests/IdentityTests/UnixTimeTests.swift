import Identity
import Testing

struct UnixTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_795_247_367, "2026-11-21T07:49:27Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func `a time is written and read back`(seconds: Int64, text: String) {
    #expect(UnixTime(seconds: seconds).description == text)
    #expect(UnixTime(text)?.seconds == seconds)
  }

  @Test func `every day of two centuries comes back as it was written`() {
    for day in -20_000...53_000 {
      let time = UnixTime(seconds: Int64(day) * 86_400 + 3_723)
      #expect(UnixTime(time.description) == time)
    }
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T07:49:27", "2026-11-21T07:49:27+00:00", "2026-11-21 07:49:27Z",
    "2026-02-29T00:00:00Z", "2026-06-31T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-1-01T00:00:000Z",
    "-026-01-01T00:00:00Z", "٢٠٢٦-01-01T00:00:00Z",
  ])
  func `what is no time of this form is refused`(text: String) {
    #expect(UnixTime(text) == nil)
  }
}

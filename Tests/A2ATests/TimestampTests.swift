import A2A
import Testing

struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
    ("2026-03-01T09:30:00.000Z", 1_772_357_400_000), ("2026-03-01T09:30:00.5Z", 1_772_357_400_500),
    ("2026-03-01T09:30:00.123456789Z", 1_772_357_400_123), ("2026-03-01T11:30:00+02:00", 1_772_357_400_000),
    ("2026-03-01T04:00:00.00-05:30", 1_772_357_400_000), ("2026-03-01t09:30:00z", 1_772_357_400_000),
    ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
  ])
  func `times of RFC 3339 are read`(_ text: String, _ milliseconds: Int64) {
    #expect(Timestamp(text)?.millisecondsSince1970 == milliseconds)
  }

  @Test(arguments: [
    "", "now", "2026-03-01", "2026-03-01T09:30Z", "2026-03-01T09:30:00", "2026-03-01 09:30:00Z", "2026-3-01T09:30:00Z",
    "2026-13-01T09:30:00Z", "2026-00-01T09:30:00Z", "2026-02-30T09:30:00Z", "2025-02-29T09:30:00Z",
    "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "2026-03-01T09:30:61Z", "2026-03-01T09:30:00.Z",
    "2026-03-01T09:30:00,5Z", "2026-03-01T09:30:00+2:00", "2026-03-01T09:30:00+0200", "2026-03-01T09:30:00+24:00",
    "2026-03-01T09:30:00ZZ", "+026-03-01T09:30:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00", "\u{FF12}026-03-01T09:30:00Z",
  ])
  func `other texts are no times`(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(arguments: 1...500 as ClosedRange<UInt64>)
  func `what is written is read back`(_ seed: UInt64) {
    var generator = Generator(seed: seed)
    let timestamp = generator.timestamp()
    #expect(timestamp.description.utf8.count == 24)
    #expect(Timestamp(timestamp.description) == timestamp)
  }

  @Test func `a moment beyond the calendar is written as its last one`() {
    #expect(Timestamp(millisecondsSince1970: .max).description == "9999-12-31T23:59:59.999Z")
    #expect(Timestamp(millisecondsSince1970: .min).description == "0001-01-01T00:00:00.000Z")
  }
}

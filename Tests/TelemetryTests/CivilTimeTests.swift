import Foundation
import Telemetry
import Testing

struct CivilTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"),
    (1_795_246_800_123_456, "2026-11-21T07:40:00.123Z"),
    (951_782_399_999_999, "2000-02-28T23:59:59.999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
    (4_107_542_399_000_000, "2100-02-28T23:59:59.000Z"),
    (4_107_542_400_000_000, "2100-03-01T00:00:00.000Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (-62_167_219_200_000_000, "0000-01-01T00:00:00.000Z"),
    (-62_167_219_200_000_001, "0000-01-01T00:00:00.000Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999Z"),
    (253_402_300_800_000_000, "9999-12-31T23:59:59.999Z"),
    (.min, "0000-01-01T00:00:00.000Z"),
    (.max, "9999-12-31T23:59:59.999Z"),
  ])
  func `a moment is written as RFC 3339 has it`(moment: Int64, text: String) {
    #expect(written(moment) == text)
  }

  @Test func `it agrees with Foundation on every day of four hundred years`() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for day in 0..<146_097 {
      let seconds = -2_208_988_800 + day * 86_400 + day % 86_400  // from 1900 on
      let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
      #expect(written(Int64(seconds) * 1_000_000) == expected)
    }
  }

  private func written(_ moment: Int64) -> String {
    var line = JSONLine()
    line.add("t", microsecondsSince1970: moment)
    return String(String(decoding: line.finish(), as: UTF8.self).dropFirst(6).dropLast(2))
  }
}

import Surveillance
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0, 3), ("1969-12-31", -1, 2), ("2000-02-29", 11_016, 1), ("2026-11-22", 20_779, 6),
    ("2100-03-01", 47_541, 0),
  ])
  func `a day is read, counted and written`(text: String, number: Int, weekday: Int) throws {
    let day = try #require(Day(text))
    #expect(day.number == number)
    #expect(day.weekday == weekday)
    #expect(day.description == text)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01", "2026/01/01", "2026-01-01 ", "",
  ])
  func `what is no day is not read`(text: String) { #expect(Day(text) == nil) }

  @Test func `every day of four centuries is found again`() {
    for number in -80_000..<80_000 {
      let parts = Day(number: number).parts
      guard Day(year: parts.year, month: parts.month, day: parts.day).number == number else {
        Issue.record("\(number)")
        return
      }
    }
  }
}

@Suite struct InstantTests {
  @Test(arguments: [
    ("2026-03-02T09:30:00.250Z", "2026-03-02T09:30:00.250Z"), ("2026-03-02 09:30:00", "2026-03-02T09:30:00.000Z"),
    ("2026-03-02T09:30:00.5+01:00", "2026-03-02T08:30:00.500Z"),
    ("2026-03-02T00:30:00.123456-01:30", "2026-03-02T02:00:00.123Z"),
    ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
  ])
  func `a time is read, also with an offset`(text: String, expected: String) {
    #expect(Instant(text)?.description == expected)
  }

  @Test(arguments: [
    "2026-03-02", "2026-03-02T24:00:00Z", "2026-03-02T09:30Z", "2026-03-02T09:30:00.Z", "2026-03-02T09:30:00+1:00",
    "2026-03-02T09:30:00Zx",
  ])
  func `what is no time is not read`(text: String) { #expect(Instant(text) == nil) }
}

@Suite struct PriceTests {
  @Test func `money is rounded to hundredths, halves away from zero`() {
    #expect(Money(quantity: 3, price: Price(tenThousandths: 10_050)).minor == 302)
    #expect(Money(quantity: -3, price: Price(tenThousandths: 10_050)).minor == -302)
    #expect(Money(quantity: .max, price: Price(tenThousandths: 10_050)).minor == .max)
  }

  @Test func `both are written as people read them`() {
    #expect(Price(tenThousandths: 12_345_600).description == "1,234.56")
    #expect(Price(tenThousandths: -1_234).description == "-0.1234")
    #expect(Money(minor: -123_456_789).description == "-1,234,567.89")
  }
}

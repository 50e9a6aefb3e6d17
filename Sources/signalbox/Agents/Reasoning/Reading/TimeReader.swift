import Surveillance

/// Finds the days that a question names: 2026-10-19, 19 October 2026, October 2026, 2026-10, the last 30 days.
struct TimeReader: Sendable {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// The days of which there are data; the last of them is what "last" counts from.
  let known: ClosedRange<Day>?

  private struct Found {
    var days: ClosedRange<Day>
    /// Where its first word stands.
    var place: Int
  }

  /// Nil: no day is named.
  func read(_ words: [QuestionWords.Word]) -> AskedTime? {
    let texts = words.map(\.lowercased)
    var found: [Found] = []
    var index = 0
    while index < texts.count {
      if let (days, length) = days(texts[index...]) {
        found.append(Found(days: days, place: index))
        index += length
      } else {
        index += 1
      }
    }
    guard let first = found.first else { return nil }
    guard found.count == 1 else {
      let start = found.map(\.days.lowerBound).min() ?? first.days.lowerBound
      return AskedTime(start...(found.map(\.days.upperBound).max() ?? start))
    }
    return open(first, texts)
  }

  /// One time alone may be the beginning or the end of a longer one.
  private func open(_ found: Found, _ texts: [String]) -> AskedTime {
    let days = found.days
    let before = found.place > 0 ? texts[found.place - 1] : ""
    switch before {
    case "since", "from", "after":
      let start = before == "after" ? days.upperBound + 1 : days.lowerBound
      return AskedTime(start...max(start, known?.upperBound ?? start))
    case "until", "before", "till":
      let end = before == "before" ? days.lowerBound - 1 : days.upperBound
      return AskedTime(min(end, known?.lowerBound ?? end)...end)
    case "around", "about", "near":
      guard days.lowerBound == days.upperBound else { return AskedTime(days) }
      return AskedTime(
        (days.lowerBound - AskedTime.around)...(days.lowerBound + AskedTime.around), focus: days.lowerBound)
    default:
      return AskedTime(days, focus: days.lowerBound == days.upperBound ? days.lowerBound : nil)
    }
  }

  // MARK: One time

  /// The days that the next words name, and how many words that takes.
  private func days(_ texts: ArraySlice<String>) -> (ClosedRange<Day>, Int)? {
    guard let first = texts.first else { return nil }
    if let day = Day(first) { return (day...day, 1) }
    // A time with its day.
    if let instant = Instant(first.uppercased()) { return (instant.day...instant.day, 1) }
    if let month = Self.isoMonth(first) { return (month, 1) }
    return lastDays(texts) ?? named(texts)
  }

  /// `2026-10`
  private static func isoMonth(_ text: String) -> ClosedRange<Day>? {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].count == 4, halves[1].count == 2, let year = Int(halves[0]),
      let month = Int(halves[1]), (1...12).contains(month)
    else { return nil }
    return self.month(month, year)
  }

  private static func month(_ month: Int, _ year: Int) -> ClosedRange<Day> {
    let next = month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
    return Day(year: year, month: month, day: 1)...(next - 1)
  }

  /// `last 30 days`, `past week`, `last month`
  private func lastDays(_ texts: ArraySlice<String>) -> (ClosedRange<Day>, Int)? {
    let words = Array(texts.prefix(3))
    guard let today = known?.upperBound, words.count > 1, words[0] == "last" || words[0] == "past" else { return nil }
    if let length = Self.lengths[words[1]] { return ((today - length + 1)...today, 2) }
    guard words.count == 3, let count = Int(words[1]), (1...3_650).contains(count), let unit = Self.lengths[words[2]]
    else { return nil }
    return ((today - count * unit + 1)...today, 3)
  }

  private static let lengths = [
    "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365,
  ]

  /// `19 October 2026`, `October 19 2026`, `October 2026`
  private func named(_ texts: ArraySlice<String>) -> (ClosedRange<Day>, Int)? {
    let words = Array(texts.prefix(3))
    func year(_ index: Int) -> Int? {
      words.indices.contains(index) && words[index].count == 4 ? Int(words[index]) : nil
    }
    if let number = Self.dayNumber(words[0]), words.count == 3, let month = Self.month(words[1]), let year = year(2) {
      return Self.day(year, month, number).map { ($0...$0, 3) }
    }
    guard let month = Self.month(words[0]) else { return nil }
    if let year = year(1) { return (Self.month(month, year), 2) }
    guard words.count == 3, let number = Self.dayNumber(words[1]), let year = year(2) else { return nil }
    return Self.day(year, month, number).map { ($0...$0, 3) }
  }

  static func month(_ text: String) -> Int? {
    // "may" is a month only with a year or a day beside it, which is looked at by the caller.
    months.firstIndex { $0 == text || (text.count == 3 && $0.hasPrefix(text)) }.map { $0 + 1 }
  }

  private static func dayNumber(_ text: String) -> Int? {
    let digits = text.prefix { $0.isNumber }
    let ending = text.dropFirst(digits.count)
    guard ["", "st", "nd", "rd", "th"].contains(ending), let number = Int(digits), (1...31).contains(number) else {
      return nil
    }
    return number
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day? {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return Day("\(year)-\(padded(month))-\(padded(day))")
  }
}

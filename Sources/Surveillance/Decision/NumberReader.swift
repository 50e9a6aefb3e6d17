/// Finds all that is countable in a text: digits, dates, times, ids, and numbers in words.
struct NumberReader {
  struct Found {
    let source: String
    let claim: NumberClaim
  }

  private let words: [String]
  private var index = 0
  private var found: [Found] = []

  static func claims(in text: String) -> [Found] {
    var reader = NumberReader(words: words(of: text))
    reader.readAll()
    return reader.found
  }

  /// Without the marks around them.
  static func words(of text: String) -> [String] {
    text.split { $0.isWhitespace || "—–…;()[]{}“”„\"=|<>*_".contains($0) }.map(trimmed).filter { !$0.isEmpty }
  }

  private init(words: [String]) { self.words = words }

  private mutating func readAll() {
    while index < words.count {
      if readDate() || readNumberWords() { continue }
      let word = words[index]
      index += 1
      guard word.contains(where: \.isNumber) else { continue }
      if let instant = Instant(word) {
        add(word, .day(instant.day))
        add(word, .time(instant.millisecondsOfDay, precision: 1))
      } else {
        readWord(word)
      }
    }
  }

  private mutating func readWord(_ word: String) {
    let claim = NumberClaim(word: word)
    if claim == .strange {
      // `51/39` and `5-10` are two numbers.
      let parts = word.split { "/-:,+×".contains($0) }.map(String.init)
      guard parts.count > 1 else { return add(word, claim) }
      for part in parts { add(word, NumberClaim(word: part)) }
    } else if case .number(let value, let digits, let isNegative, let isPercent, let scales) = claim {
      let next = index < words.count ? words[index].lowercased() : ""
      let scale = Self.multipliers[next].map { [$0] }
      if scale != nil { index += 1 }
      let isPart = isPercent || ["%", "percent", "per"].contains(next)
      add(
        word,
        .number(value, digits: digits, isNegative: isNegative, isPercent: isPart, scales: scale ?? scales))
    } else {
      add(word, claim)
    }
  }

  private mutating func add(_ source: String, _ claim: NumberClaim) {
    found.append(Found(source: source, claim: claim))
  }

  private static func trimmed(_ word: Substring) -> String {
    var rest = word
    while let first = rest.first, "'‘’`,:;!?$£€¥~≈±#@&".contains(first) { rest = rest.dropFirst() }
    while let last = rest.last, "'‘’`.,:;!?".contains(last) { rest = rest.dropLast() }
    for ending in ["'s", "’s"] where rest.hasSuffix(ending) { rest = rest.dropLast(ending.count) }
    return String(rest)
  }
}

// MARK: - Dates in words

extension NumberReader {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// `20 November 2026`, `November 20, 2026`, `20 November`, `November 2026`.
  private mutating func readDate() -> Bool {
    var month: Int?
    var day: Int?
    var next = index
    for _ in 0..<2 where next < words.count {
      if month == nil, let named = Self.month(words[next]) {
        month = named
      } else if day == nil, let number = Self.dayOfMonth(words[next]) {
        day = number
      } else {
        break
      }
      next += 1
    }
    guard let month else { return false }
    let year = next < words.count ? Self.year(words[next]) : nil
    if year == nil, day == nil { return false }
    let end = year == nil ? next : next + 1
    let source = words[index..<end].joined(separator: " ")
    index = end
    switch (day, year) {
    case (let day?, let year?): add(source, .day(Day(year: year, month: month, day: day)))
    case (let day?, nil): add(source, .dayOfYear(month: month, day: day))
    default: add(source, .month(year: year ?? 0, month: month))
    }
    return true
  }

  private static func month(_ word: String) -> Int? {
    guard let first = word.first, first.isUppercase, word.count >= 3 else { return nil }
    return months.firstIndex { $0 == word.lowercased() || (word.count == 3 && $0.hasPrefix(word.lowercased())) }
      .map { $0 + 1 }
  }

  private static func dayOfMonth(_ word: String) -> Int? {
    let digits = word.prefix { ("0"..."9").contains($0) }
    let ending = word[digits.endIndex...]
    guard ending.isEmpty || ["st", "nd", "rd", "th"].contains(String(ending)), let day = Int(digits) else { return nil }
    return (1...31).contains(day) ? day : nil
  }

  private static func year(_ word: String) -> Int? {
    guard word.count == 4, let year = Int(word), (1_000...9_999).contains(year) else { return nil }
    return year
  }
}

// MARK: - Numbers in words

extension NumberReader {
  static let multipliers: [String: Double] = [
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
  ]

  /// Numbers even when they stand alone: `a million`, `hundreds`.
  private static let magnitudes: [String: Double] = [
    "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozens": 12, "hundreds": 100,
    "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
  ]

  private static let units: [String: Double] = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "triple": 3,
    "tripled": 3,
  ]

  /// `thirty-seven`, `two hundred and five thousand`. A lone `one` is no number: it is in every other sentence.
  private mutating func readNumberWords() -> Bool {
    if readLoneWord() { return true }
    var total = 0.0
    var current = 0.0
    var next = index
    while next < words.count, let (value, isMultiplier) = Self.wordValue(words[next]), next > index || !isMultiplier {
      if !isMultiplier {
        current += value
      } else if value == 100 {
        current *= value
      } else {
        total += current * value
        current = 0
      }
      next += 1
    }
    guard next > index else { return false }
    let source = words[index..<next].joined(separator: " ")
    index = next
    if source.lowercased() == "one" { return true }
    add(source, .plain(total + current))
    return true
  }

  private mutating func readLoneWord() -> Bool {
    let word = words[index].lowercased()
    let isHalf = word == "half"
    guard isHalf || Self.magnitudes[word] != nil else { return false }
    let value = isHalf ? 50 : Self.magnitudes[word] ?? 0
    add(words[index], .number(value, digits: 0, isNegative: false, isPercent: isHalf, scales: [1]))
    index += 1
    return true
  }

  private static func wordValue(_ word: String) -> (Double, isMultiplier: Bool)? {
    let word = word.lowercased()
    if word == "hundred" { return (100, true) }
    if let multiplier = multipliers[word] { return (multiplier, true) }
    if let unit = units[word] { return (unit, false) }
    let parts = word.split(separator: "-").map { units[String($0)] }
    guard parts.count == 2, let tens = parts[0], let ones = parts[1] else { return nil }
    return (tens + ones, false)
  }
}

import JSON

extension JSONWriter {
  /// A number with exactly so many decimals, as its text says.
  mutating func decimal(_ value: Double, digits: Int) {
    guard value.isFinite, abs(value) < 1e12 else { return null() }
    raw(trusted: Array(Decimals.text(value, digits: digits).utf8.filter { $0 != UInt8(ascii: ",") }))
  }

  mutating func member(_ key: String, decimal value: Double, digits: Int) {
    self.key(key)
    decimal(value, digits: digits)
  }

  mutating func member(_ key: String, _ points: Points) { member(key, decimal: points.value, digits: 4) }

  /// As a number without marks between its digits.
  mutating func member(_ key: String, _ price: Price) { member(key, plain: price.description) }
  mutating func member(_ key: String, _ money: Money) { member(key, plain: money.description) }

  private mutating func member(_ key: String, plain text: String) {
    self.key(key)
    plain(text)
  }

  private mutating func plain(_ text: String) { raw(trusted: Array(text.utf8.filter { $0 != UInt8(ascii: ",") })) }

  mutating func member(_ key: String, _ instant: Instant) { member(key, instant.description) }

  mutating func member(_ key: String, _ texts: [String]) {
    array(key) { list in
      for text in texts { list.string(text) }
    }
  }

  mutating func member(_ key: String, _ texts: [CitedText]) { member(key, texts.map(\.plain)) }

  mutating func fact(_ value: FactValue) {
    switch value {
    case .text(let text): string(text)
    case .integer(let number): self.number(number)
    case .decimal(let number, let digits): decimal(number, digits: digits)
    case .money(let money): plain(money.description)
    case .price(let price): plain(price.description)
    case .day(let day): string(day.description)
    case .instant(let instant): string(instant.description)
    case .flag(let flag): bool(flag)
    case .missing: null()
    }
  }
}

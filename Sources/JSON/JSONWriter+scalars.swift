extension JSONWriter {
  package mutating func string(_ value: String) {
    beginValue()
    appendQuoted(value)
    endValue()
  }

  package mutating func number(_ value: Int) {
    number(Int64(value))
  }

  package mutating func number(_ value: Int64) {
    beginValue()
    if value < 0 { buffer.append(ASCII.minus) }
    appendDigits(value.magnitude)
    endValue()
  }

  package mutating func number(_ value: UInt64) {
    beginValue()
    appendDigits(value)
    endValue()
  }

  /// The shortest text that reads as the same `Double`. JSON has no infinity and no NaN: they trap.
  package mutating func number(_ value: Double) {
    precondition(value.isFinite, "JSON has no number \(value).")
    beginValue()
    buffer.append(contentsOf: value.description.utf8)
    endValue()
  }

  package mutating func bool(_ value: Bool) {
    appendLiteral(value ? "true" : "false")
  }

  package mutating func null() {
    appendLiteral("null")
  }

  private mutating func appendLiteral(_ literal: String) {
    beginValue()
    buffer.append(contentsOf: literal.utf8)
    endValue()
  }

  private mutating func appendDigits(_ magnitude: UInt64) {
    var digits = InlineArray<20, UInt8>(repeating: ASCII.zero)
    var first = 20
    var rest = magnitude
    repeat {
      first -= 1
      digits[first] = ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    for index in first..<20 { buffer.append(digits[index]) }
  }
}

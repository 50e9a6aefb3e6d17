extension [UInt8] {
  /// Appends a whole number in decimal digits.
  mutating func append(decimal value: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(decimal: UInt64(value.magnitude))
  }

  /// Appends a whole number in decimal digits.
  mutating func append(decimal value: UInt64) {
    guard value > 9 else { return append(UInt8(ascii: "0") + UInt8(value)) }
    let start = count
    var rest = value
    while rest > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    // Swapped by hand, as reversing a slice would copy it.
    var (front, back) = (start, count - 1)
    while front < back {
      swapAt(front, back)
      front += 1
      back -= 1
    }
  }

  /// Appends the last `width` decimal digits of a number, with leading zeros.
  mutating func append(decimal value: Int, width: Int) {
    for _ in 0..<width { append(UInt8(ascii: "0")) }
    var rest = value
    for index in indices.suffix(width).reversed() {
      self[index] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// Appends a number of microseconds as seconds, exactly and without superfluous zeros: `1.5`, `0.000012`, `3`.
  mutating func append(secondsFromMicroseconds microseconds: UInt64) {
    append(decimal: microseconds / 1_000_000)
    var fraction = Int(microseconds % 1_000_000)
    guard fraction > 0 else { return }
    append(UInt8(ascii: "."))
    var width = 6
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    append(decimal: fraction, width: width)
  }

  /// Appends the last `width` lower-case hexadecimal digits of a number.
  mutating func append(hexadecimal value: UInt64, width: Int) {
    for place in stride(from: width - 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(place * 4)) & 0xf
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}

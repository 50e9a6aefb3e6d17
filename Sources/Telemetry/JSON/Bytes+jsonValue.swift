extension [UInt8] {
  mutating func append(json value: Bool) {
    append(contentsOf: (value ? "true" : "false").utf8)
  }

  mutating func append(json value: Double) {
    append(contentsOf: (value.isFinite ? value.description : "null").utf8)
  }

  /// Appends a duration as a number of seconds, rounded to microseconds.
  mutating func append(json value: Duration) {
    let microseconds = value.wholeMicroseconds
    if microseconds < 0 { append(UInt8(ascii: "-")) }
    append(secondsFromMicroseconds: microseconds.magnitude)
  }

  mutating func append(json value: LogValue) {
    switch value {
    case .string(let text): append(jsonString: text)
    case .int(let number): append(decimal: number)
    case .double(let number): append(json: number)
    case .bool(let flag): append(json: flag)
    case .duration(let duration): append(json: duration)
    case .secret: append(jsonString: Redaction.mark)
    case .list(let values): append(json: values)
    }
  }

  private mutating func append(json values: [LogValue]) {
    append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(json: value)
    }
    append(UInt8(ascii: "]"))
  }
}

extension Duration {
  /// The duration in microseconds, rounded to the nearest; at the ends of the range, the nearest that fits.
  var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    let fraction = (attoseconds + (attoseconds < 0 ? -500_000_000_000 : 500_000_000_000)) / 1_000_000_000_000
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, overflowOfSum) = whole.addingReportingOverflow(fraction)
    guard !overflow, !overflowOfSum else { return seconds < 0 ? .min : .max }
    return sum
  }
}

extension TraceContext {
  /// Reads the value of a `traceparent` field, or gives nil for one that the standard tells us to ignore; then
  /// the caller begins a trace of its own.
  ///
  /// Version 00 must be exactly as the standard has it. A later version is read as far as 00 goes, as the standard
  /// asks, and goes out again as version 00. Of the flags only "sampled" has a meaning; the others are dropped.
  /// - Parameter state: what came along with it.
  package init?(traceparent: String, state: TraceState? = nil) {
    let text = traceparent.utf8.span
    guard
      text.count >= 55,
      let version = Self.hexadecimal(text, 0..<2), version != 0xff,
      text.count == 55 || (version > 0 && text[55] == UInt8(ascii: "-")),
      text[2] == UInt8(ascii: "-"), text[35] == UInt8(ascii: "-"), text[52] == UInt8(ascii: "-"),
      let traceHigh = Self.hexadecimal(text, 3..<19),
      let traceLow = Self.hexadecimal(text, 19..<35), traceHigh | traceLow != 0,
      let span = Self.hexadecimal(text, 36..<52), span != 0,
      let flags = Self.hexadecimal(text, 53..<55)
    else { return nil }
    self.init(traceHigh: traceHigh, traceLow: traceLow, span: span, isSampled: flags & 1 == 1, state: state)
  }

  /// At most 16 digits; capital letters are invalid.
  private static func hexadecimal(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    var number: UInt64 = 0
    for index in range {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(text[index] - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(text[index] - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    return number
  }
}

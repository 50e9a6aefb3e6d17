/// Texts of others, fit for a line in a list.
enum OneLine {
  /// The first line that is not empty, white space as single spaces, nothing that moves what stands beside it; what is beyond the limit is
  /// cut off. Characters that are made of many parts count as these, so that the limit is one in bytes, too.
  static func first(of text: String, limit: Int) -> String {
    var line = String.UnicodeScalarView()
    var count = 0
    var isGap = false
    for scalar in text.unicodeScalars {
      if endsLine(scalar) {
        if count > 0 { break }
        continue
      }
      if isBlank(scalar) {
        isGap = count > 0
        continue
      }
      if !scalar.isASCII, scalar.properties.isBidiControl { continue }
      let room = isGap ? 2 : 1
      guard count + room <= limit else {
        if count == limit { line.removeLast() }
        line.append("…")
        break
      }
      if isGap { line.append(" ") }
      line.append(scalar)
      count += room
      isGap = false
    }
    return String(line)
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value <= 0x20 || scalar.value == 0x7F }
    return scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }
}

/// Prometheus' text form, read back.
enum ShownMetrics {
  /// Each series with its value. Labels may have blanks in them; the value is behind the last one.
  static func series(_ text: String) -> [String: Double] {
    let pairs = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let blank = line.lastIndex(of: " ") ?? line.endIndex
      return (String(line[..<blank]), Double(line[blank...].dropFirst()) ?? .nan)
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }
}

/// Splits a path at its slashes and decodes the parts.
enum PathSegments {
  /// `pchar` of RFC 3986, and the brackets, bars and carets that browsers send as they are.
  private static let legal = ByteSet("/-._~!$&'()*+,;=:@%[]|^")

  /// - Parameter path: begins with a slash, and is ASCII.
  static func decode(_ path: ArraySlice<UInt8>) throws(Refusal) -> [String] {
    if path.count == 1 { return [] }
    var segments: [String] = []
    var start = path.startIndex + 1
    var hasEscape = false
    var index = start
    while true {
      if index == path.endIndex || path[index] == ASCII.slash {
        segments.append(try segment(path[start..<index], hasEscape: hasEscape))
        if index == path.endIndex { return segments }
        start = index + 1
        hasEscape = false
      } else {
        let byte = path[index]
        guard legal.contains(byte) else { throw RequestTargetParser.illegal(byte) }
        if byte == ASCII.percent { hasEscape = true }
      }
      index += 1
    }
  }

  private static func segment(_ raw: ArraySlice<UInt8>, hasEscape: Bool) throws(Refusal) -> String {
    guard hasEscape else {
      if isDots(raw) { throw dots() }
      return String(decoding: raw, as: UTF8.self)
    }
    guard let bytes = PercentEncoding.decodeBytes(raw) else {
      throw .badRequest("The path segment \(Excerpt.quoting(raw)) has a % without two hexadecimal digits; write %25.")
    }
    guard !bytes.contains(0) else { throw .badRequest("The path has %00, which stands in no name; leave it out.") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .badRequest("The path segment \(Excerpt.quoting(raw)) is not UTF-8; encode names as UTF-8.")
    }
    let parts = bytes.split(omittingEmptySubsequences: true) { $0 == ASCII.slash || $0 == ASCII.backslash }
    if parts.contains(where: isDots) { throw dots() }
    return text
  }

  private static func isDots(_ segment: ArraySlice<UInt8>) -> Bool {
    segment.count <= 2 && !segment.isEmpty && segment.allSatisfy { $0 == ASCII.dot }
  }

  private static func dots() -> Refusal {
    .badRequest("The path has a dot segment (. or ..); send the path it leads to.")
  }
}

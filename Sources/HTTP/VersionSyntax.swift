/// How a version is spelled at the end of a request line and at the beginning of a status line: `HTTP/1.1`.
enum VersionSyntax {
  static let length = 8

  private static let prefix = Array("HTTP/".utf8)

  /// Whether a version may have `byte` at `position`.
  static func allows(_ byte: UInt8, at position: Int) -> Bool {
    switch position {
    case 0, 1, 2, 3, 4: byte == prefix[position]
    case 5, 7: byte.isDigit
    case 6: byte == ASCII.dot
    default: false
    }
  }

  /// The version with such a spelling, nil for one that is not spoken here.
  static func version(_ text: ArraySlice<UInt8>) -> HTTPVersion? {
    if text.elementsEqual("HTTP/1.1".utf8) { return .http11 }
    if text.elementsEqual("HTTP/1.0".utf8) { return .http10 }
    return nil
  }
}

/// What an agent wrote, made fit for our sentences: printable ASCII, and not too much of it.
enum ForeignText {
  /// Bytes.
  static let limit = 200

  /// In quotes.
  static func quoting(_ text: String) -> String { "\"\(plain(text.utf8))\"" }

  static func quoting(_ bytes: [UInt8]) -> String { "\"\(plain(bytes))\"" }

  /// A sentence about foreign things, without the full stop that the sentence around it brings.
  static func clause(_ text: String) -> String {
    let text = plain(text.utf8, limit: 1000)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func plain(_ bytes: some Collection<UInt8>, limit: Int = limit) -> String {
    let scalars = bytes.prefix(limit).map { byte -> UnicodeScalar in
      switch byte {
      case 0x22: "'"
      case 0x20...0x7e: UnicodeScalar(byte)
      default: "?"
      }
    }
    return String(String.UnicodeScalarView(scalars)) + (bytes.count > limit ? "..." : "")
  }
}

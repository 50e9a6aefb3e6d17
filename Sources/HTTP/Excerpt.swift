/// Foreign bytes made fit for a sentence: at most 60 of them, in quotes, everything that is not printable ASCII escaped.
package enum Excerpt {
  /// Together with a byte that is named on its own, a sentence stays below 64.
  static let maxBytes = 60

  package static func quoting(_ bytes: some Collection<UInt8>) -> String {
    var text = "\""
    for byte in bytes.prefix(maxBytes) {
      if byte == ASCII.quote || byte == ASCII.backslash { text.append("\\") }
      text.append(byte == ASCII.space || byte.isVisible ? String(UnicodeScalar(byte)) : escape(byte))
    }
    return text + (bytes.count > maxBytes ? "\"..." : "\"")
  }

  /// The same for text that was read as Latin-1.
  static func quoting(_ text: String) -> String {
    quoting(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
  }

  /// One byte, as a person would write it: `":"` or `0x0a`.
  static func naming(_ byte: UInt8) -> String {
    byte.isVisible ? quoting([byte]) : "0x" + hex(byte)
  }

  private static func escape(_ byte: UInt8) -> String { "\\x" + hex(byte) }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

/// Percent-encoding of URIs (RFC 3986 section 2.1).
package enum PercentEncoding {
  private static let unreserved = ByteSet("-._~")

  /// The bytes that `text` stands for, or nil when a `%` is not followed by two hexadecimal digits.
  package static func decodeBytes(_ text: some Sequence<UInt8>, plusIsSpace: Bool = false) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.underestimatedCount)
    var bytes = text.makeIterator()
    while let byte = bytes.next() {
      if byte == ASCII.percent {
        guard let high = bytes.next()?.hexValue, let low = bytes.next()?.hexValue else { return nil }
        decoded.append(high << 4 | low)
      } else {
        decoded.append(plusIsSpace && byte == ASCII.plus ? ASCII.space : byte)
      }
    }
    return decoded
  }

  /// The text that `text` stands for, or nil when an escape is broken or the result is not UTF-8.
  /// - Parameter plusIsSpace: read `+` as a space, as HTML forms write it in queries.
  package static func decode(_ text: String, plusIsSpace: Bool = false) -> String? {
    guard let bytes = decodeBytes(text.utf8, plusIsSpace: plusIsSpace) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Encodes everything but letters, digits, `-`, `.`, `_` and `~`: fit for a path segment or a query name or value.
  package static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if unreserved.contains(byte) {
        encoded.append(byte)
      } else {
        encoded.append(contentsOf: [ASCII.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

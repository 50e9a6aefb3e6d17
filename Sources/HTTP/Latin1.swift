/// Text whose characters stand for bytes one to one (ISO 8859-1): nothing a peer sends in a field is lost or replaced.
enum Latin1 {
  static func decode(_ bytes: ArraySlice<UInt8>, isASCII: Bool) -> String {
    if isASCII { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(UnicodeScalar(byte)) }
    return String(text)
  }

  /// The bytes that a text read by `decode` stands for.
  static func bytes(of text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    encode(text, into: &bytes)
    return bytes
  }

  /// Appends the bytes that `text` stands for. The caller has made sure that there is no character above U+00FF.
  static func encode(_ text: String, into bytes: inout [UInt8]) {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for scalar in text.unicodeScalars {
      precondition(scalar.value <= 0xff, "A field value has a character above U+00FF, which HTTP cannot carry.")
      bytes.append(UInt8(scalar.value))
    }
  }
}

/// The "UTF-8 decode" of the WHATWG Encoding standard, on bytes: whatever is not UTF-8 becomes U+FFFD, one for each longest
/// beginning of a character.
enum RepairedUTF8 {
  static func bytes(_ bytes: [UInt8]) -> [UInt8] {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return bytes
    } catch {
      return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }
}

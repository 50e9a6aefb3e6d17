/// Checks a query: anything visible that browsers send, with whole escapes that decode to UTF-8 without NUL.
enum QuerySyntax {
  private static let illegal = ByteSet("\"<>#", alphanumerics: false)

  static func check(_ query: ArraySlice<UInt8>) throws(Refusal) {
    var hasEscape = false
    for byte in query {
      if illegal.contains(byte) { throw RequestTargetParser.illegal(byte) }
      if byte == ASCII.percent { hasEscape = true }
    }
    guard hasEscape else { return }
    guard let bytes = PercentEncoding.decodeBytes(query) else {
      throw .badRequest("The query has a % without two hexadecimal digits; write %25.")
    }
    guard !bytes.contains(0) else { throw .badRequest("The query has %00, which is not accepted; leave it out.") }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .badRequest("The query is not UTF-8 after decoding; encode it as UTF-8.")
    }
  }
}

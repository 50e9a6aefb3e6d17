/// What a close frame says (RFC 6455 section 5.5.1).
package struct WebSocketClose: Sendable, Equatable {
  /// A control frame has at most 125 bytes, of which the code takes two.
  package static let maxReasonLength = 123

  package let code: WebSocketCloseCode
  /// At most 123 bytes of UTF-8.
  package let reason: String

  /// Cuts a reason that is too long before the character that does not fit.
  ///
  /// Traps on a code that may not be sent, which is the program's own mistake.
  package init(_ code: WebSocketCloseCode, reason: String = "") {
    precondition(code.isSendable, "The close code \(code.rawValue) may not be sent.")
    self.code = code
    self.reason = Self.cut(reason)
  }

  package var payload: [UInt8] {
    [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xff)] + Array(reason.utf8)
  }

  private static func cut(_ reason: String) -> String {
    guard reason.utf8.count > maxReasonLength else { return reason }
    var end = reason.utf8.index(reason.utf8.startIndex, offsetBy: maxReasonLength)
    // A byte that continues a character: go back to its first one.
    while reason.utf8[end] & 0xc0 == 0x80 { end = reason.utf8.index(before: end) }
    return String(reason.unicodeScalars[..<end])
  }
}

/// What those before us have written beside a trace: the `tracestate` of W3C Trace Context, level 1. It is passed on as it came.
///
/// https://www.w3.org/TR/trace-context-1/#tracestate-header
package struct TraceState: Sendable, Hashable {
  /// Bytes that the standard asks everybody to pass on; more is not kept.
  package static let limit = 512
  private static let members = 32

  /// The value of the header field.
  package let text: String

  /// Nil where there is nothing to pass on: no field, or what is not as the standard has it.
  /// - Parameter fields: the values of all fields of that name, in their order.
  package init?(_ fields: [String]) {
    let text = fields.joined(separator: ",")
    guard text.utf8.count <= Self.limit else { return nil }
    var count = 0
    for member in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let member = Self.trimmed(member)
      guard !member.isEmpty else { continue }
      guard Self.isMember(member) else { return nil }
      count += 1
    }
    guard (1...Self.members).contains(count) else { return nil }
    self.text = text
  }

  private static func isMember(_ member: Substring.UTF8View) -> Bool {
    guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
    let value = member[member.index(after: equals)...]
    return isKey(member[..<equals]) && (1...256).contains(value.count)
      && value.allSatisfy { byte in
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "=")
      }
  }

  /// One vendor, or `tenant@vendor`.
  private static func isKey(_ key: Substring.UTF8View) -> Bool {
    let parts = key.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, let last = parts.last, isWord(first), isWord(last) else {
      return false
    }
    let letter = UInt8(ascii: "a")...UInt8(ascii: "z")
    guard let start = last.first, letter.contains(start), let begin = first.first else { return false }
    return parts.count == 1
      ? first.count <= 256 : first.count <= 241 && last.count <= 14 && isSmall(begin)
  }

  private static func isWord(_ word: Substring.UTF8View) -> Bool {
    word.allSatisfy { isSmall($0) || "_-*/".utf8.contains($0) }
  }

  private static func isSmall(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func trimmed(_ member: Substring.UTF8View) -> Substring.UTF8View {
    var member = member
    while let last = member.last, last == 0x20 || last == 0x09 { member.removeLast() }
    while let first = member.first, first == 0x20 || first == 0x09 { member.removeFirst() }
    return member
  }
}

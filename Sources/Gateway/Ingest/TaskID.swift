import Identity

/// The ids of tasks: parts of paths, and of lists with commas.
enum TaskID {
  static let expectation =
    "1 to 128 of the characters A-Z, a-z, 0-9, dot, underscore and hyphen, of which the first is a letter or a digit"

  static func isGood(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
    return isLetterOrDigit(first) && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
  }

  /// One that nobody can guess: 120 bits.
  static func make() -> String {
    let letters = Array("0123456789abcdefghijklmnopqrstuv".utf8)
    return String(decoding: SecureRandom.bytes(24).map { letters[Int($0 & 31)] }, as: UTF8.self)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

extension JSONError {
  /// A byte as a person reads it: the character when it is printable ASCII, and always its value.
  static func name(of byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    let value = "0x" + String(repeating: "0", count: 2 - digits.count) + digits
    guard (0x21...0x7E).contains(byte) else { return value }
    return "'\(Character(Unicode.Scalar(byte)))' \(value)"
  }
}

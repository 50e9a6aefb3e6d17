/// The little of DER (X.690) that keys and signatures are put together from. OpenSSL reads what comes of it; nothing is read here.
enum DER {
  static let null: [UInt8] = [0x05, 0x00]

  static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, Array(parts.joined())) }

  /// A number without sign, big-endian, with or without zeros before it.
  static func integer(_ magnitude: some Sequence<UInt8>) -> [UInt8] {
    let digits = Array(magnitude.drop { $0 == 0 })
    // The highest bit is the sign.
    let needsZero = digits.first.map { $0 & 0x80 != 0 } ?? true
    return value(0x02, (needsZero ? [0] : []) + digits)
  }

  static func bitString(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }

  static func octetString(_ bytes: [UInt8]) -> [UInt8] { value(0x04, bytes) }

  /// A value with a tag of the enclosing type's own: `[0]`, `[1]`.
  static func tagged(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { value(0xA0 | number, content) }

  private static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    [tag] + length(content.count) + content
  }

  private static func length(_ count: Int) -> [UInt8] {
    guard count >= 0x80 else { return [UInt8(count)] }
    var digits: [UInt8] = []
    var rest = count
    while rest > 0 {
      digits.insert(UInt8(rest & 0xFF), at: 0)
      rest >>= 8
    }
    return [0x80 | UInt8(digits.count)] + digits
  }
}

/// The object identifiers in keys, in DER.
enum ObjectIdentifier {
  /// rsaEncryption, 1.2.840.113549.1.1.1.
  static let rsa: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
  /// id-ecPublicKey, 1.2.840.10045.2.1.
  static let ellipticCurve: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
  /// prime256v1, 1.2.840.10045.3.1.7.
  static let p256: [UInt8] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
}

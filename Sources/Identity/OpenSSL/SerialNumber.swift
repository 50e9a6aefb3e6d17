import COpenSSL

/// A certificate's serial number, as the hexadecimal digits that `openssl x509 -serial` prints.
package struct SerialNumber: Hashable, Sendable, CustomStringConvertible {
  /// Upper case, two digits a byte.
  package let description: String

  /// Sixteen random bytes as a positive number: the first bit is 0 for the sign, the second is 1 so that no leading
  /// zero shortens the text.
  package static func random() -> SerialNumber {
    var generator = SystemRandomNumberGenerator()
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    bytes[0] = bytes[0] & 0x7F | 0x40
    return SerialNumber(bytes: bytes)
  }

  init(bytes: [UInt8]) {
    description = hexadecimal(bytes)
  }

  /// Reads digits of either case, with or without colons between the bytes, as other tools print them.
  package init?(_ text: String) {
    let digits = text.filter { $0 != ":" }.uppercased()
    guard !digits.isEmpty, digits.utf8.count.isMultiple(of: 2), digits.utf8.count <= 40,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
    else { return nil }
    description = digits
  }
}

extension SerialNumber {
  /// Copies OpenSSL's number, which keeps its owner. A negative one, which no authority may issue, keeps its sign.
  init(copying number: UnsafePointer<ASN1_INTEGER>?) throws(OpenSSLError) {
    let value = unsafe try OpenSSLCall.object("read a serial number") { unsafe ASN1_INTEGER_to_BN(number, nil) }
    defer { unsafe BN_free(value) }
    var bytes = [UInt8](repeating: 0, count: max(1, Int(unsafe BN_num_bits(value) + 7) / 8))
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe BN_bn2binpad(value, buffer.baseAddress, CInt(buffer.count))
    }
    description = unsafe (BN_is_negative(value) == 1 ? "-" : "") + hexadecimal(bytes)
  }

  /// Lends OpenSSL's form of the number to `body`.
  func withInteger(
    _ body: (UnsafeMutablePointer<ASN1_INTEGER>) throws(OpenSSLError) -> Void
  ) throws(OpenSSLError) {
    var number: OpaquePointer?
    try OpenSSLCall.success("read the serial number \(description)") { unsafe BN_hex2bn(&number, description) }
    defer { unsafe BN_free(number) }
    let integer = unsafe try OpenSSLCall.object("write a serial number") { unsafe BN_to_ASN1_INTEGER(number, nil) }
    defer { unsafe ASN1_INTEGER_free(integer) }
    unsafe try body(integer)
  }
}

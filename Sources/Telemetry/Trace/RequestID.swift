/// The gateway's own short name for one request, written as 16 hexadecimal digits.
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
  private let number: UInt64

  /// Makes a new one. It is a name to search for, not a secret, and nothing breaks when two requests have the same.
  package static func generate(using generator: inout some RandomNumberGenerator) -> RequestID {
    RequestID(number: generator.next())
  }

  package var description: String {
    var bytes: [UInt8] = []
    bytes.append(hexadecimal: number, width: 16)
    return String(decoding: bytes, as: UTF8.self)
  }
}

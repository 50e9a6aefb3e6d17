/// What a certificate's key may do. The raw value's bits are numbered as in RFC 5280 §4.2.1.3.
package struct KeyUsage: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let digitalSignature = KeyUsage(rawValue: 1 << 0)
  package static let certificateSigning = KeyUsage(rawValue: 1 << 5)
  package static let revocationListSigning = KeyUsage(rawValue: 1 << 6)
}

/// What a certificate may be used for, as an object identifier. An open set: authorities may name their own.
package struct ExtendedKeyUsage: Hashable, Sendable, CustomStringConvertible {
  package let identifier: String

  package init(identifier: String) {
    self.identifier = identifier
  }

  package static let serverAuthentication = ExtendedKeyUsage(identifier: "1.3.6.1.5.5.7.3.1")
  package static let clientAuthentication = ExtendedKeyUsage(identifier: "1.3.6.1.5.5.7.3.2")

  package var description: String {
    switch self {
    case .serverAuthentication: "serverAuth"
    case .clientAuthentication: "clientAuth"
    default: identifier
    }
  }
}

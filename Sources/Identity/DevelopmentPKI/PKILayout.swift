/// Where a development PKI keeps its files.
package struct PKILayout: Hashable, Sendable {
  package let directory: String

  package init(directory: String) {
    self.directory = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
  }

  /// A certificate and its key.
  package struct Pair: Hashable, Sendable {
    package let certificate: String
    package let key: String

    fileprivate init(_ stem: String) {
      certificate = stem + ".pem"
      key = stem + ".key"
    }
  }

  /// Signs server certificates; clients trust its certificate.
  package var serverAuthority: Pair { Pair(directory + "/server-ca") }
  /// Signs client certificates; servers trust its certificate.
  package var clientAuthority: Pair { Pair(directory + "/client-ca") }
  /// The file holds the server's certificate alone, without the authority behind it: a client must have that already to
  /// trust it, so sending it along would only lengthen every handshake (RFC 8446 §4.4.2 lets a server omit it).
  package var server: Pair { Pair(directory + "/server") }
  package var revocationList: String { directory + "/client-ca.crl" }
  package var index: String { directory + "/index" }
  package var clients: String { directory + "/clients" }
  package var services: String { directory + "/services" }

  package func client(_ kind: ClientKind, name: String) -> Pair {
    Pair("\(clients)/\(kind.rawValue)-\(name)")
  }

  package func service(_ name: String) -> Pair { Pair("\(services)/\(name)") }
}

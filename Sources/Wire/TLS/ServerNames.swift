/// The names that a server's certificate may carry in place of its host: one of its SAN entries must be one of these. For servers that are
/// known by who they are and not by where they are.
package struct ServerNames: Sendable, Equatable {
  /// Compared letter for letter.
  package var uris: [String]
  /// Compared whole and without regard to case; a wildcard in a certificate stands for none of them.
  package var dnsNames: [String]

  package init(uris: [String] = [], dnsNames: [String] = []) {
    self.uris = uris
    self.dnsNames = dnsNames.map { $0.lowercased() }
  }

  /// URIs are those with a scheme: `spiffe://example/agent/one`.
  package init(_ names: [String]) {
    self.init(uris: names.filter(Self.isURI), dnsNames: names.filter { !Self.isURI($0) })
  }

  package func accept(_ peer: PeerIdentity) -> Bool {
    // A name with a NUL inside reads differently to different readers. Such a certificate identifies nobody.
    guard !peer.hasMalformedName else { return false }
    return peer.uris.contains { uris.contains($0) } || peer.dnsNames.contains { dnsNames.contains($0.lowercased()) }
  }

  private static func isURI(_ name: String) -> Bool { name.contains("://") }
}

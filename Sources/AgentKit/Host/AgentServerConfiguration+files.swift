import A2AWire
import HTTP
package import Wire

extension AgentServerConfiguration {
  /// Over TLS, with the files that say who we are and whom we trust.
  /// - Parameters:
  ///   - listen: a numeric address and a port, such as `127.0.0.1:7443` or `[::1]:0`.
  ///   - clientAuthority: signs the certificates of callers.
  ///   - revocationList: of that authority.
  ///   - callers: the names, in their certificates, of those who may call; empty: all whose certificate is good.
  package init(
    listen: String, certificate: String, key: String, clientAuthority: String, revocationList: String? = nil,
    callers: [String] = []
  ) throws(WireError) {
    self.init(
      address: try Self.address(listen),
      security: try Self.mutualTLS(
        certificate: certificate, key: key, clientAuthority: clientAuthority, revocationList: revocationList,
        callers: callers))
    if !callers.isEmpty { self.callers = .listed(Set(callers)) }
  }

  package static func mutualTLS(
    certificate: String, key: String, clientAuthority: String, revocationList: String?, callers: [String]
  ) throws(WireError) -> Security {
    // Every URI is let in here, and listed DNS names: who is not listed is told so by the endpoint, in words, and not
    // by a handshake that fails.
    let names = ClientNames(uriPrefixes: [""], dnsNames: callers.filter { !$0.contains(":") })
    return .mutualTLS(
      try TLSIdentity.load(chainFile: certificate, keyFile: key),
      try ClientTrust.load(authorityFile: clientAuthority, revocationFile: revocationList, names: names))
  }

  /// The last colon stands before the port; an IPv6 address is in brackets.
  package static func address(_ text: String) throws(WireError) -> SocketAddress {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else {
      throw WireError(
        .address, "\(Excerpt.quoting(text.utf8)) is no address to listen on; write one such as 127.0.0.1:7443.")
    }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    return try SocketAddress(host: host, port: port)
  }
}

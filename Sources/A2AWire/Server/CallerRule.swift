package import Wire

/// Who may call. A caller has one name: the first URI among the subject alternative names of its certificate, or, without one, the
/// first DNS name.
package enum CallerRule: Sendable, Equatable {
  /// Whoever the listener lets in, with or without a certificate.
  case anyone
  /// These names and nobody else.
  case listed(Set<String>)

  /// - Parameter certificate: of the connection, verified; nil when none was shown.
  package func admit(_ certificate: PeerIdentity?) throws(CallerRefused) -> Caller {
    guard let certificate else { return try admit(.anonymous) }
    return try admit(
      Self.caller(
        uris: certificate.uris, dnsNames: certificate.dnsNames, hasMalformedName: certificate.hasMalformedName))
  }

  /// A certificate always names somebody: one that does not is not taken for no certificate.
  static func caller(uris: [String], dnsNames: [String], hasMalformedName: Bool) throws(CallerRefused) -> Caller {
    guard !hasMalformedName else { throw CallerRefused.malformedName }
    guard let name = uris.first ?? dnsNames.first else { throw CallerRefused.noName }
    return .named(name)
  }

  func admit(_ caller: Caller) throws(CallerRefused) -> Caller {
    guard case .listed(let names) = self else { return caller }
    guard case .named(let name) = caller else { throw CallerRefused.noCertificate }
    guard names.contains(name) else { throw CallerRefused.notListed(name) }
    return caller
  }
}

/// Why somebody may not call.
package enum CallerRefused: Error, Sendable, Equatable, CustomStringConvertible {
  case noCertificate
  case noName
  case malformedName
  case notListed(String)

  package var description: String {
    switch self {
    case .noCertificate:
      "This agent serves listed callers only, and the connection shows no client certificate. Connect with one."
    case .noName:
      "The client certificate names nobody: its subject alternative names have no URI and no DNS name. Use one that does."
    case .malformedName:
      "The client certificate has a subject alternative name that is no plain text. Have it issued anew."
    case .notListed(let name):
      "The caller \"\(name)\" is not listed here. Ask the operator of this agent to add that name to its list of callers."
    }
  }

  /// As the log names the caller; empty where it has no name.
  var name: String {
    if case .notListed(let name) = self { name } else { "" }
  }
}

import TestSupport
import Wire

/// What servers and clients of these tests show and ask for.
enum EndpointCertificates {
  static func all() throws -> TestCertificates { try .shared() }

  static func server() throws -> TLSIdentity {
    try identity(all()[server: .local])
  }

  static func identity(_ credential: TestCredential) throws -> TLSIdentity {
    try TLSIdentity(chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
  }

  /// Lets agents and operators in.
  static func trust() throws -> ClientTrust {
    try ClientTrust(
      authorityPEM: Array(all().clientAuthority.certificatePEM.utf8),
      revocationPEM: Array(all().revocationListPEM.utf8),
      names: ClientNames(uriPrefixes: ["spiffe://signalbox.local/"]))
  }

  static func clientTLS(_ kind: TestCertificates.Client?) throws -> ClientTLS {
    let all = try all()
    let trust = try ServerTrust(authorityPEM: Array(all.serverAuthority.certificatePEM.utf8))
    guard let kind else { return ClientTLS(trust: trust) }
    return ClientTLS(trust: trust, identity: try identity(all[kind]))
  }
}

/// The names in the test certificates.
let goodAgent = "spiffe://signalbox.local/agent/good"
let goodOperator = "spiffe://signalbox.local/operator/good"

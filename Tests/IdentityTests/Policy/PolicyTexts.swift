import Testing

@testable import Identity

/// What the tests of policies have in common.
enum PolicyTexts {
  static let fingerprint = String(repeating: "0a", count: 32)

  static func policy(_ text: String) throws -> Policy {
    try Policy(parsing: Array(text.utf8), source: "policy.json")
  }

  /// A policy of these entries.
  static func policy(entries: String...) throws -> Policy {
    try policy("{\"principals\": [\n\(entries.joined(separator: ",\n"))\n]}")
  }

  static func problems(_ text: String) -> [String] { problems(Array(text.utf8)) }

  static func problems(_ bytes: [UInt8]) -> [String] {
    do throws(PolicyError) {
      _ = try Policy(parsing: bytes, source: "policy.json")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  /// The problems of a policy with these entries, the first of which is on line 2.
  static func problems(entries: String...) -> [String] {
    problems("{\"principals\": [\n\(entries.joined(separator: ",\n"))\n]}")
  }

  static func certificate(
    uris: [String] = [], dns: [String] = [], fingerprint: String = String(repeating: "ff", count: 32)
  ) -> CredentialClaims {
    .certificate(
      CertificateClaims(
        uris: uris, dnsNames: dns, fingerprint: fingerprint, serial: "01", expires: UnixTime(seconds: 1)))
  }

  static func token(
    _ subject: String, issuer: String = "https://issuer.example", tenant: String? = nil, roles: [String] = []
  ) -> CredentialClaims {
    .token(
      TokenClaims(
        issuer: issuer, subject: subject, tenant: tenant, roles: roles, expires: UnixTime(seconds: 1), id: nil))
  }
}

extension Policy {
  func principal(_ claims: CredentialClaims) throws -> Principal {
    guard case .known(let principal) = identify(claims) else {
      Issue.record("\(identify(claims))")
      throw CancellationError()
    }
    return principal
  }

  /// The sentence of a refusal; nil for somebody who is known.
  func refusal(_ claims: CredentialClaims) -> String? {
    guard case .refused(let reason) = identify(claims) else { return nil }
    return reason
  }
}

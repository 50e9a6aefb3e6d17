import COpenSSL

/// What a listener shows and what it asks of its clients. A value made off the loops; applied to each loop's live context.
package struct TLSConfiguration: Sendable {
  package var identity: TLSIdentity
  package var clients: ClientCertificates
  /// Shared by all loops, so that a browser resumes on whichever loop its next connection lands. New with each configuration.
  let ticketKeys: [UInt8]

  package init(identity: TLSIdentity, clients: ClientCertificates = .none) throws(WireError) {
    self.identity = identity
    self.clients = clients
    var keys = [UInt8](repeating: 0, count: 80)
    guard unsafe RAND_bytes(&keys, Int32(keys.count)) == 1 else {
      throw WireError(.resources, "No random bytes for session ticket keys: \(OpenSSLErrors.drain()).")
    }
    ticketKeys = keys
  }
}

/// What a listener does about client certificates.
package enum ClientCertificates: Sendable {
  /// None is asked for.
  case none
  /// One may be shown. One that is shown and not good is refused; it is never treated as absent.
  case optional(ClientTrust)
  /// No connection without a good one.
  case required(ClientTrust)

  package var trust: ClientTrust? {
    switch self {
    case .none: nil
    case .optional(let trust), .required(let trust): trust
    }
  }
}

/// Mozilla's "intermediate" profile without its finite-field Diffie-Hellman suites, which no key of ours needs.
enum TLSProfile {
  static let tls12Suites = [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
  ].joined(separator: ":")
  static let tls13Suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
  static let groups = "X25519:P-256:P-384"
}

import Telemetry
import Wire

/// When something that a listener rests on is no good any more.
struct CertificateEnd: Sendable, Equatable {
  enum Use: String, Sendable, CaseIterable {
    /// What the listener shows.
    case server
    /// The first to end of those that vouch for clients.
    case clientAuthority = "client-authority"
    /// From then on no client gets in.
    case revocationList = "revocation-list"
  }

  let use: Use
  /// Seconds since 1970.
  let notAfter: Int64

  /// Negative when it is over.
  func days(at now: Int64) -> Double { Double(notAfter - now) / 86_400 }

  static func all(of tls: TLSConfiguration) -> [CertificateEnd] {
    var ends = [CertificateEnd(use: .server, notAfter: tls.identity.notAfter)]
    if let trust = tls.clients.trust {
      ends.append(CertificateEnd(use: .clientAuthority, notAfter: trust.notAfter))
      if let end = trust.listsNotAfter { ends.append(CertificateEnd(use: .revocationList, notAfter: end)) }
    }
    return ends
  }
}

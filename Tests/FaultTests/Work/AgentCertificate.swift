import Foundation
import Identity
import TestSupport

/// The certificate that an agent shows, as it is about to end.
struct AgentCertificate: Sendable {
  enum End: String, CaseIterable, Sendable {
    case revoked
    case expired
  }

  let files: IssuedFiles
  /// The list of its authority, which is empty at first.
  let revocationList: String
  private let authority: CertifiedKey

  /// Begins so far back that a certificate of a day has as many seconds left as a gateway needs to start and to give work.
  static let begun = UnixTime.now().adding(days: -2)
  private static let secondsLeft: Int64 = 12

  /// - Parameter station: one whose certificates have begun at `begun`.
  init(of station: Station, until end: End) throws {
    let files = station.pki.layout.serverAuthority
    authority = CertifiedKey(
      certificate: try Certificate(pem: try String(contentsOfFile: files.certificate, encoding: .utf8)),
      key: try PrivateKey(pem: try String(contentsOfFile: files.key, encoding: .utf8)))
    let now = UnixTime.now()
    self.files =
      switch end {
      case .revoked: try station.pki.issueService("kept", now: now)
      case .expired:
        try station.pki.issueService(
          "kept", validityInDays: 1, now: now.adding(seconds: Self.secondsLeft - 86_400))
      }
    revocationList = station.folder.path("server-ca.crl")
    try writeList([])
  }

  /// Of its authority's list it is one from now on.
  func revoke() throws {
    try writeList([.init(serialNumber: files.entry.serialNumber, time: .now())])
  }

  var isOver: Bool { files.entry.notAfter < .now() }

  private func writeList(_ revocations: [RevocationListTemplate.Revocation]) throws {
    let list = try RevocationListTemplate(
      number: revocations.count + 1, thisUpdate: UnixTime.now().adding(seconds: -300),
      nextUpdate: UnixTime.now().adding(days: 1), revocations: revocations
    ).signed(by: authority).pem()
    try list.write(toFile: revocationList, atomically: true, encoding: .utf8)
  }
}

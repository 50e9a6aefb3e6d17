package import Identity

/// The certificates that a TLS test matrix needs: two authorities, servers, and clients with every fault, made anew for
/// each value of this type and living in memory until `write(to:)`.
package struct TestCertificates: Sendable {
  package let serverAuthority: TestCredential
  package let clientAuthority: TestCredential
  /// Signed by the client authority; it revokes `Client.revoked` alone.
  package let revocationListPEM: String
  private let servers: [Server: TestCredential]
  private let clients: [Client: TestCredential]

  /// `now` is the moment at which the good ones are good, `expired` is over and `notYetValid` is to come.
  package init(now: UnixTime = .now()) throws {
    let validity = Validity(now: now)
    let serverAuthority = try validity.authority("Test server CA").selfSigned()
    let clientAuthority = try validity.authority("Test client CA").selfSigned()
    // The same name with another key: only that key, and what is made from it, tells it from the real one.
    let impostor = try validity.authority("Test client CA").selfSigned()
    let strangers = try validity.authority("Strangers' CA").selfSigned()

    func credential(_ client: Client) throws -> TestCredential {
      let template = client.template(validity)
      let made =
        switch client {
        case .selfSigned: try template.selfSigned()
        case .wrongCA: try template.issued(by: strangers)
        case .impostorCA: try template.issued(by: impostor)
        case .serverCA: try template.issued(by: serverAuthority)
        default: try template.issued(by: clientAuthority)
        }
      return try TestCredential(made)
    }
    clients = try Dictionary(uniqueKeysWithValues: Client.allCases.map { ($0, try credential($0)) })
    servers = try Dictionary(
      uniqueKeysWithValues: Server.allCases.map {
        ($0, try TestCredential(try $0.template(validity).issued(by: serverAuthority)))
      })
    self.serverAuthority = try TestCredential(serverAuthority)
    self.clientAuthority = try TestCredential(clientAuthority)

    let revoked = try clients[.revoked].map { [try $0.certificate.serialNumber()] } ?? []
    revocationListPEM = try RevocationListTemplate(
      number: 1, thisUpdate: validity.notBefore, nextUpdate: validity.notAfter,
      revocations: revoked.map { RevocationListTemplate.Revocation(serialNumber: $0, time: now) }
    ).signed(by: clientAuthority).pem()
  }

  private static let made = Result { try TestCertificates() }

  /// Made once for all tests that are content with any: certificates take longer than most tests.
  package static func shared() throws -> TestCertificates { try made.get() }

  package subscript(client: Client) -> TestCredential {
    guard let credential = clients[client] else { preconditionFailure("No certificate was made for \(client).") }
    return credential
  }

  package subscript(server server: Server) -> TestCredential {
    guard let credential = servers[server] else { preconditionFailure("No certificate was made for \(server).") }
    return credential
  }

  /// Writes everything into `folder`, keys with mode 0600: `server-ca.pem`, `client-ca.pem`, `client-ca.crl`,
  /// `server-NAME.pem` and `.key`, `client-NAME.pem` and `.key`, where NAME is the case's raw value.
  package func write(to folder: TemporaryFolder) throws -> TestCertificateFiles {
    let files = TestCertificateFiles(folder: folder)
    try serverAuthority.write(as: "server-ca", to: folder)
    try clientAuthority.write(as: "client-ca", to: folder)
    try folder.write(revocationListPEM, to: "client-ca.crl")
    for (server, credential) in servers { try credential.write(as: "server-\(server.rawValue)", to: folder) }
    for (client, credential) in clients { try credential.write(as: "client-\(client.rawValue)", to: folder) }
    return files
  }
}

extension TestCertificates {
  package enum Server: String, Sendable, CaseIterable {
    /// For `localhost`, `127.0.0.1` and `::1`.
    case local
    /// For the same names, with another key: what a rotation brings.
    case rotated
    /// For `elsewhere.example` alone.
    case otherName
    case expired

    fileprivate func template(_ validity: Validity) -> CertificateTemplate {
      let local: [SubjectAlternativeName] = [
        .dns("localhost"), SubjectAlternativeName(kind: .ipAddress, bytes: [127, 0, 0, 1]),
        SubjectAlternativeName(kind: .ipAddress, bytes: Array(repeating: 0, count: 15) + [1]),
      ]
      return CertificateTemplate(
        commonName: self == .otherName ? "elsewhere.example" : "localhost",
        notBefore: self == .expired ? validity.longAgo : validity.notBefore,
        notAfter: self == .expired ? validity.yesterday : validity.notAfter,
        extendedKeyUsages: [.serverAuthentication],
        alternativeNames: self == .otherName ? [.dns("elsewhere.example")] : local)
    }
  }
}

/// The moments that certificates begin and end at.
struct Validity {
  let longAgo: UnixTime
  let yesterday: UnixTime
  let notBefore: UnixTime
  let tomorrow: UnixTime
  let notAfter: UnixTime

  init(now: UnixTime) {
    longAgo = now.adding(days: -30)
    yesterday = now.adding(days: -1)
    notBefore = now.adding(seconds: -300)
    tomorrow = now.adding(days: 1)
    notAfter = now.adding(days: 30)
  }

  /// Old enough for the expired certificates below it, so that they have no other fault.
  func authority(_ commonName: String) -> CertificateTemplate {
    .authority(commonName: commonName, notBefore: longAgo, notAfter: notAfter)
  }
}

import TestSupport
import Testing
import Wire

/// Files that a reload must not take: each is refused with its name and the reason before any listener sees it.
@Suite struct BadCertificateTests {
  private static let now = UnixClock.now()

  @Test func `a server keeps its certificate when the new one is bad`() async throws {
    let folder = try TemporaryFolder()
    let files = try Certificates.all().write(to: folder)
    let garbage = try folder.write(
      "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n", to: "garbage.pem")
    let good = files.certificate(server: .rotated)
    let key = files.key(server: .rotated)
    try await TestServer.run { server in
      let bad: [(chain: String, key: String, now: Int64, says: [String])] = [
        (good, files.key(server: .local), Self.now, [files.key(server: .local), good, "is not the key of"]),
        (
          files.certificate(server: .expired), files.key(server: .expired), Self.now, ["server-expired.pem has expired"]
        ),
        (good, key, 0, ["server-rotated.pem is not valid before"]),
        (garbage, key, Self.now, ["garbage.pem holds no readable PEM certificate"]),
        (good, good, Self.now, ["server-rotated.pem holds no readable unencrypted PEM private key"]),
        (folder.path("absent.pem"), key, Self.now, ["absent.pem"]),
      ]
      for (chain, key, now, says) in bad {
        let error = await #expect(throws: WireError.self) {
          let identity = try TLSIdentity.load(chainFile: chain, keyFile: key, now: now)
          try await server.server.reload("test", tls: TLSConfiguration(identity: identity))
        }
        let message = error?.message ?? "no error"
        for phrase in says { #expect(message.contains(phrase), "\(message)") }
      }
      let fingerprint = try await server.client { $0.serverFingerprint }
      #expect(try fingerprint == Certificates.identity(.local).fingerprint)
    }
  }

  @Test func `a CA or revocation list that cannot vouch is refused by name`() throws {
    let folder = try TemporaryFolder()
    let files = try Certificates.all().write(to: folder)
    let others = try folder.write(TestCertificates().revocationListPEM, to: "others.crl")
    let garbage = try folder.write("no list", to: "garbage.crl")
    let bad: [(authority: String, list: String, says: String)] = [
      (files.certificate(.good), files.revocationList, "client-good.pem holds a certificate that is not a CA"),
      (files.clientAuthority, others, "others.crl is not signed by a CA of"),
      (files.clientAuthority, garbage, "garbage.crl holds no readable PEM revocation list"),
      (garbage, files.revocationList, "garbage.crl holds no readable PEM certificate"),
    ]
    for (authority, list, says) in bad {
      let error = #expect(throws: WireError.self) {
        try ClientTrust.load(authorityFile: authority, revocationFile: list, names: ClientNames())
      }
      let message = error?.message ?? "no error"
      #expect(message.contains(says), "\(message)")
    }
  }
}

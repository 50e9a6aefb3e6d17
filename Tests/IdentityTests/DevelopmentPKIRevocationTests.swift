import Foundation
import Identity
import TestSupport
import Testing

struct DevelopmentPKIRevocationTests {
  private let folder: TemporaryFolder
  private let pki: DevelopmentPKI
  private let now = UnixTime.now()

  init() throws {
    folder = try TemporaryFolder()
    pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
  }

  @Test func `a revoked name is refused by the openssl command, and its neighbour is not`() throws {
    let bad = try pki.issueClient(.agent, name: "bad", now: now)
    let good = try pki.issueClient(.operator, name: "bad", now: now)
    #expect(try verify(bad).isSuccess)
    let revoked = try pki.revoke(.agent, name: "bad", now: now)
    #expect(revoked.map(\.serialNumber) == [bad.entry.serialNumber])
    let answer = try verify(bad)
    #expect(!answer.isSuccess)
    #expect(answer.text.contains("certificate revoked"))
    #expect(try verify(good).isSuccess)
    let states = try pki.list().suffix(2).map(\.state)
    #expect(states == [.revoked(at: now), .issued])
  }

  @Test func `earlier revocations stay, and the list's number grows`() throws {
    let issued = try (0..<3).map { try pki.issueClient(.agent, name: "a\($0)", now: now) }
    #expect(try listText().contains("0x01") || listText().contains("X509v3 CRL Number: \n                1"))
    for (count, files) in issued.enumerated() {
      _ = try pki.revoke(serialNumber: files.entry.serialNumber.description.lowercased(), now: now)
      let text = try listText()
      #expect(text.components(separatedBy: "Serial Number:").count - 1 == count + 1)
      #expect(text.contains("X509v3 CRL Number: \n                \(count + 2)\n"), "\(text)")
    }
    #expect(try RevocationList(pem: read(pki.layout.revocationList)).nextUpdate() == now.adding(days: 365))
  }

  @Test func `revoking a name takes back all of its certificates, a serial number only one`() throws {
    let first = try pki.issueClient(.agent, name: "a", now: now)
    for path in [first.certificate, first.key] {
      try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    }
    let second = try pki.issueClient(.agent, name: "a", now: now)
    #expect(try pki.revoke(serialNumber: first.entry.serialNumber.description, now: now).state == .revoked(at: now))
    #expect(try verify(second).isSuccess)
    #expect(try pki.revoke(.agent, name: "a", now: now).map(\.serialNumber) == [second.entry.serialNumber])
    #expect(try !verify(second).isSuccess)
  }

  @Test func `revoking twice is an error and changes nothing`() throws {
    _ = try pki.issueClient(.agent, name: "a", now: now)
    _ = try pki.revoke(.agent, name: "a", now: now)
    let before = try snapshot(folder.path)
    let error = #expect(throws: PKIError.self) { try pki.revoke(.agent, name: "a", now: now.adding(days: 1)) }
    #expect(error?.description.contains("already revoked since \(now)") == true)
    #expect(try snapshot(folder.path) == before)
  }

  @Test(arguments: [nil, "", "no list"])
  func `revoking again makes a lost list anew`(damage: String?) throws {
    let files = try pki.issueClient(.agent, name: "a", now: now)
    _ = try pki.revoke(.agent, name: "a", now: now)
    try FileManager.default.removeItem(atPath: pki.layout.revocationList)
    if let damage { try damage.write(toFile: pki.layout.revocationList, atomically: true, encoding: .utf8) }
    _ = try pki.revoke(.agent, name: "a", now: now.adding(days: 1))
    #expect(try verify(files).text.contains("certificate revoked"))
    #expect(try pki.list().last?.state == .revoked(at: now))
  }

  @Test func `a list older than the index is made anew`() throws {
    let files = try pki.issueClient(.agent, name: "a", now: now)
    let old = try read(pki.layout.revocationList)
    _ = try pki.revoke(.agent, name: "a", now: now)
    try old.write(toFile: pki.layout.revocationList, atomically: true, encoding: .utf8)
    #expect(try verify(files).isSuccess)
    _ = try pki.revoke(.agent, name: "a", now: now)
    #expect(try verify(files).text.contains("certificate revoked"))
  }

  @Test func `what was never issued is named in the error`() throws {
    let before = try snapshot(folder.path)
    let byName = #expect(throws: PKIError.self) { try pki.revoke(.agent, name: "nobody", now: now) }
    #expect(byName?.description.contains("There is no certificate agent/nobody in \(pki.layout.index)") == true)
    let byNumber = #expect(throws: PKIError.self) { try pki.revoke(serialNumber: "AB:CD", now: now) }
    #expect(byNumber?.description.contains("There is no certificate ABCD") == true)
    #expect(throws: PKIError.self) { try pki.revoke(serialNumber: "xyz", now: now) }
    #expect(throws: PKIError.self) { try pki.revoke(.agent, name: "Nobody", now: now) }
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `only client certificates can be revoked`() throws {
    for entry in try pki.list() {
      #expect(throws: PKIError.notRevocable(entry)) {
        try pki.revoke(serialNumber: entry.serialNumber.description, now: now)
      }
    }
  }

  private func verify(_ files: IssuedFiles) throws -> OpenSSLTool.Answer {
    try OpenSSLTool.run(
      "verify", "-x509_strict", "-purpose", "sslclient", "-crl_check", "-CRLfile", pki.layout.revocationList,
      "-CAfile", pki.layout.clientAuthority.certificate, files.certificate)
  }

  private func listText() throws -> String {
    try OpenSSLTool.run("crl", "-in", pki.layout.revocationList, "-noout", "-text").text
  }
}

import Foundation
import Identity
import TestSupport
import Testing

struct DevelopmentPKIIssueTests {
  private let folder: TemporaryFolder
  private let pki: DevelopmentPKI
  private let now = UnixTime.now()

  init() throws {
    folder = try TemporaryFolder()
    pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
  }

  @Test(arguments: ClientKind.allCases)
  func `a client certificate is good for its name and use`(kind: ClientKind) throws {
    let files = try pki.issueClient(kind, name: "insider-trading", now: now)
    #expect(files.certificate == "\(pki.layout.directory)/clients/\(kind.rawValue)-insider-trading.pem")
    #expect(files.key == "\(pki.layout.directory)/clients/\(kind.rawValue)-insider-trading.key")
    #expect(try mode(of: files.key) == "600")
    let certificate = try DevelopmentPKI.show(files.certificate)
    #expect(certificate.alternativeNames == [.uri("spiffe://signalbox.local/\(kind.rawValue)/insider-trading")])
    #expect(certificate.extendedKeyUsages == [.clientAuthentication])
    #expect(certificate.serialNumber == files.entry.serialNumber)
    #expect(try Certificate(pem: read(files.certificate)).belongs(to: PrivateKey(pem: read(files.key))))
    #expect(try verify(files.certificate, purpose: "sslclient").isSuccess)
    #expect(try !verify(files.certificate, purpose: "sslserver").isSuccess)
    #expect(try pki.list().last == files.entry)
    #expect(files.entry.holder == .client(kind, name: "insider-trading"))
  }

  @Test func `a service's certificate names the agent beside its addresses, and plays the server only`() throws {
    let files = try pki.issueService("wash-trade", names: [try ServerName("agents.example")], now: now)
    #expect(files.certificate == "\(pki.layout.directory)/services/wash-trade.pem")
    #expect(try mode(of: files.key) == "600")
    #expect(try mode(of: pki.layout.services) == "700")
    let certificate = try DevelopmentPKI.show(files.certificate)
    #expect(
      certificate.alternativeNames == [.uri("spiffe://signalbox.local/agent/wash-trade"), .dns("agents.example")])
    #expect(certificate.extendedKeyUsages == [.serverAuthentication])
    for (purpose, isGood) in [("sslserver", true), ("sslclient", false)] {
      let answer = try OpenSSLTool.run(
        "verify", "-x509_strict", "-purpose", purpose, "-CAfile", pki.layout.serverAuthority.certificate,
        files.certificate)
      #expect(answer.isSuccess == isGood)
    }
    #expect(try pki.list().last == files.entry)
    #expect(files.entry.holder == .service("wash-trade"))
    _ = try pki.issueService("insider-trading", now: now)
    let before = try snapshot(pki.layout.directory)
    let error = #expect(throws: PKIError.self) { try pki.issueService("wash-trade", now: now) }
    #expect(error?.description.contains("\(files.certificate) already exists") == true)
    #expect(throws: PKIError.self) { try pki.issueService("../a", now: now) }
    #expect(throws: PKIError.notRevocable(files.entry)) {
      _ = try pki.revoke(serialNumber: files.entry.serialNumber.description, now: now)
    }
    #expect(try snapshot(pki.layout.directory) == before)
  }

  @Test func `a second certificate of the same name is refused and nothing changes`() throws {
    let files = try pki.issueClient(.agent, name: "a", now: now)
    let before = try snapshot(pki.layout.directory)
    let error = #expect(throws: PKIError.self) { try pki.issueClient(.agent, name: "a", now: now) }
    #expect(error?.description.contains("\(files.certificate) already exists") == true)
    #expect(error?.description.contains("move \(files.certificate) and \(files.key)") == true)
    #expect(try snapshot(pki.layout.directory) == before)
    // The other kind has other files.
    #expect(throws: Never.self) { try pki.issueClient(.operator, name: "a", now: now) }
  }

  @Test func `a key alone is enough to refuse`() throws {
    let files = try pki.issueClient(.agent, name: "a", now: now)
    try FileManager.default.removeItem(atPath: files.certificate)
    let before = try snapshot(pki.layout.directory)
    #expect(throws: PKIError.self) { try pki.issueClient(.agent, name: "a", now: now) }
    #expect(try snapshot(pki.layout.directory) == before)
  }

  @Test(arguments: ["", "-a", "A", "a/../../b", "a\0b", String(repeating: "a", count: 64)])
  func `a name out of the rule is refused and nothing changes`(name: String) throws {
    let before = try snapshot(folder.path)
    let error = #expect(throws: PKIError.self) { try pki.issueClient(.agent, name: name, now: now) }
    #expect(error?.description.contains("1 to 63 characters") == true)
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `the longest name is issued`() throws {
    let name = String(repeating: "n", count: 63)
    let files = try pki.issueClient(.operator, name: name, now: now)
    #expect(try DevelopmentPKI.show(files.certificate).subject == "CN=\(name)")
  }

  @Test func `a leaf lasts no longer than its authority`() throws {
    let later = now.adding(days: 200)
    let files = try pki.issueClient(.agent, name: "a", now: later)
    #expect(files.entry.notAfter == now.adding(days: 365))
    let short = try pki.issueClient(.agent, name: "b", validityInDays: 7, now: later)
    #expect(short.entry.notAfter == later.adding(days: 7))
  }

  @Test func `an authority that has expired signs nothing`() throws {
    let before = try snapshot(folder.path)
    let expected = PKIError.authorityExpired(
      path: pki.layout.clientAuthority.certificate, notAfter: now.adding(days: 365))
    #expect(throws: expected) { try pki.issueClient(.agent, name: "a", now: now.adding(days: 365)) }
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `certificates issued at once by several all reach the index`() async throws {
    let pki = self.pki
    let now = self.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask { _ = try pki.issueClient(.agent, name: "a\(number)", now: now) }
      }
      try await group.waitForAll()
    }
    let names = Set(try pki.list().map(\.holder.description))
    #expect(names.isSuperset(of: (0..<8).map { "agent/a\($0)" }))
  }

  private func verify(_ certificate: String, purpose: String) throws -> OpenSSLTool.Answer {
    try OpenSSLTool.run(
      "verify", "-x509_strict", "-purpose", purpose, "-crl_check", "-CRLfile", pki.layout.revocationList, "-CAfile",
      pki.layout.clientAuthority.certificate, certificate)
  }
}

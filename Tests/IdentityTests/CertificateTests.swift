import Identity
import TestSupport
import Testing

struct CertificateTests {
  private let now = UnixTime(seconds: 1_795_247_367)

  private func authority() throws -> CertifiedKey {
    try CertificateTemplate.authority(commonName: "CA", notBefore: now, notAfter: now.adding(days: 30)).selfSigned()
  }

  private func leaf(_ names: [SubjectAlternativeName]) throws -> Certificate {
    try CertificateTemplate(
      commonName: "leaf", notBefore: now, notAfter: now.adding(days: 1), extendedKeyUsages: [.clientAuthentication],
      alternativeNames: names
    ).issued(by: authority()).certificate
  }

  @Test func `every field that the template gives comes back, through PEM too`() throws {
    let names: [SubjectAlternativeName] = [
      .uri("spiffe://signalbox.local/agent/a"), .dns("a.example"),
      SubjectAlternativeName(kind: .ipAddress, bytes: [127, 0, 0, 1]),
      SubjectAlternativeName(kind: .email, bytes: Array("a@b.example".utf8)),
    ]
    let authority = try authority()
    let serialNumber = try #require(SerialNumber("00C0FFEE"))
    let made = try CertificateTemplate(
      commonName: "Größe, \"x\"", notBefore: now, notAfter: now.adding(days: 365),
      extendedKeyUsages: [.clientAuthentication, ExtendedKeyUsage(identifier: "1.2.3.4")], alternativeNames: names,
      serialNumber: serialNumber
    ).issued(by: authority)
    let read = try CertificateDescription(pem: made.certificate.pem())
    #expect(try read == CertificateDescription(of: made.certificate))
    #expect(read.subject == "CN=Gr\\C3\\B6\\C3\\9Fe\\, \\\"x\\\"")
    #expect(read.issuer == "CN=CA")
    #expect(read.serialNumber.description == "C0FFEE")
    #expect(read.alternativeNames == names)
    #expect(read.extendedKeyUsages?.map(\.description) == ["clientAuth", "1.2.3.4"])
    #expect(read.notBefore == now)
    #expect(read.notAfter == now.adding(days: 365))
    #expect(!read.isAuthority)
    #expect(read.fingerprint.utf8.count == 95)
    #expect(made.certificate.belongs(to: made.key))
    #expect(!made.certificate.belongs(to: authority.key))
    #expect(try CertificateDescription(of: authority.certificate).isAuthority)
  }

  @Test func `the openssl command reads the same serial number and fingerprint`() throws {
    let folder = try TemporaryFolder()
    let certificate = try leaf([.dns("a.example")])
    let path = try folder.write(certificate.pem(), to: "leaf.pem")
    let answer = try OpenSSLTool.run("x509", "-in", path, "-noout", "-serial", "-fingerprint", "-sha256")
    #expect(answer.text.contains("serial=\(try certificate.serialNumber())"))
    #expect(answer.text.contains("ingerprint=\(try certificate.fingerprint())"))
  }

  @Test(arguments: [SubjectAlternativeName.Kind.uri, .dns])
  func `a NUL inside a name is seen, marked and matches nothing`(kind: SubjectAlternativeName.Kind) throws {
    let hostile = SubjectAlternativeName(kind: kind, bytes: Array("good\0.evil".utf8))
    let name = try #require(try leaf([hostile]).subjectAlternativeNames().first)
    #expect(name == hostile)
    #expect(name.containsNUL)
    #expect(name.text == nil)
    #expect(name.description == "\(kind.rawValue):good\\x00.evil")
  }

  @Test(arguments: [
    ("\u{1B}[2J", "URI:\\x1B[2J"), ("a b", "URI:a\\x20b"), ("ä", "URI:\\xC3\\xA4"), ("a\\x00", "URI:a\\x5Cx00"),
  ])
  func `a name that is no plain text is shown escaped and matches nothing`(text: String, description: String) {
    let name = SubjectAlternativeName.uri(text)
    #expect(name.description == description)
    #expect(name.containsNUL == false)
    #expect(name.text == nil || text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
  }

  @Test func `an address of a wrong length is no address`() {
    let name = SubjectAlternativeName(kind: .ipAddress, bytes: [127, 0, 0])
    #expect(name.text == nil)
    #expect(name.description == "IP:(3 bytes)")
  }

  @Test func `a certificate without names and usages says so`() throws {
    let certificate = try CertificateTemplate(commonName: "bare", notBefore: now, notAfter: now.adding(days: 1))
      .selfSigned().certificate
    #expect(try certificate.subjectAlternativeNames() == [])
    #expect(try certificate.extendedKeyUsages() == nil)
  }

  @Test func `a name too long for a certificate is OpenSSL's error, in a sentence`() throws {
    let name = String(repeating: "x", count: 65)
    let template = CertificateTemplate(commonName: name, notBefore: now, notAfter: now.adding(days: 1))
    let error = #expect(throws: OpenSSLError.self) { try template.selfSigned() }
    #expect(error?.description.contains("could not set the common name \(name)") == true)
    #expect(error?.entries.contains { $0.reason == "string too long" } == true)
  }

  @Test(arguments: ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
  func `what is no certificate is refused with a reason`(pem: String) {
    let error = #expect(throws: OpenSSLError.self) { try Certificate(pem: pem) }
    #expect(error?.operation == "read a certificate")
    #expect(error?.entries.isEmpty == false)
  }

  @Test func `a failure after another has only its own reason`() {
    _ = try? Certificate(pem: "no PEM")
    let error = #expect(throws: OpenSSLError.self) { try RevocationList(pem: "no PEM") }
    #expect(error?.entries.count == 1)
    #expect(error?.entries.first?.detail?.contains("X509 CRL") == true)
  }
}

import Foundation
import Identity
import TestSupport
import Testing

/// The fixtures have exactly the fault they are named for; the openssl command is the judge.
struct TestCertificatesTests {
  private static let certificates = Result { try TestCertificates() }

  private let certificates: TestCertificates
  private let files: TestCertificateFiles

  init() throws {
    certificates = try Self.certificates.get()
    files = try certificates.write(to: TemporaryFolder())
  }

  @Test(
    arguments: [
      (.good, nil), (.goodOperator, nil), (.selfSigned, "self-signed certificate"),
      (.expired, "certificate has expired"), (.notYetValid, "certificate is not yet valid"),
      (.wrongCA, "unable to get local issuer certificate"), (.impostorCA, "unable to get local issuer certificate"),
      (.serverCA, "unable to get local issuer certificate"), (.wrongEKU, "unsuitable certificate purpose"),
      (.revoked, "certificate revoked"),
      // These pass OpenSSL's own checks: refusing them is the gateway's business.
      (.noEKU, nil), (.wrongSAN, nil), (.noSAN, nil), (.nulInURI, nil), (.nulInDNS, nil), (.authorityAsLeaf, nil),
    ] as [(TestCertificates.Client, String?)])
  func `a client certificate has its one fault`(client: TestCertificates.Client, complaint: String?) throws {
    let answer = try OpenSSLTool.run(
      "verify", "-purpose", "sslclient", "-crl_check", "-CRLfile", files.revocationList, "-CAfile",
      files.clientAuthority, files.certificate(client))
    #expect(answer.isSuccess == (complaint == nil), "\(answer.text)")
    let complaints = answer.text.split(separator: "\n").filter { $0.hasPrefix("error ") }
    if let complaint {
      #expect(complaints.contains { $0.contains(complaint) }, "\(answer.text)")
    }
    #expect(try Certificate(pem: read(files.certificate(client))).belongs(to: PrivateKey(pem: read(files.key(client)))))
    #expect(try mode(of: files.key(client)) == "600")
  }

  @Test func `the names of the clients are what the table says`() throws {
    func names(_ client: TestCertificates.Client) throws -> [String] {
      try certificates[client].certificate.subjectAlternativeNames().map(\.description)
    }
    #expect(try names(.good) == ["URI:spiffe://signalbox.local/agent/good"])
    #expect(try names(.goodOperator) == ["URI:spiffe://signalbox.local/operator/good"])
    #expect(try names(.wrongSAN) == ["URI:spiffe://elsewhere.example/agent/a"])
    #expect(try names(.noSAN) == [])
    #expect(try names(.nulInURI) == ["URI:spiffe://signalbox.local/agent/good\\x00.evil"])
    #expect(try names(.nulInDNS) == ["DNS:good.signalbox.local\\x00.evil.example"])
    #expect(try certificates[.noEKU].certificate.extendedKeyUsages() == nil)
    #expect(try certificates[.wrongEKU].certificate.extendedKeyUsages() == [.serverAuthentication])
    #expect(certificates[.authorityAsLeaf].certificate.isAuthority)
  }

  @Test(
    arguments: [
      (.local, "localhost", nil), (.rotated, "localhost", nil), (.otherName, "elsewhere.example", nil),
      (.otherName, "localhost", "hostname mismatch"), (.expired, "localhost", "certificate has expired"),
    ] as [(TestCertificates.Server, String, String?)])
  func `a server certificate has its one fault`(
    server: TestCertificates.Server, host: String, complaint: String?
  ) throws {
    let answer = try OpenSSLTool.run(
      "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", host, "-CAfile", files.serverAuthority,
      files.certificate(server: server))
    #expect(answer.isSuccess == (complaint == nil), "\(answer.text)")
    if let complaint { #expect(answer.text.contains(complaint), "\(answer.text)") }
    #expect(try mode(of: files.key(server: server)) == "600")
  }

  @Test func `a temporary folder goes with its last reference`() throws {
    var folder: TemporaryFolder? = try TemporaryFolder()
    let path = try #require(folder?.path)
    try folder?.write("content", to: "file")
    #expect(FileManager.default.fileExists(atPath: path + "/file"))
    folder = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}

import Foundation
import Identity
import TestSupport
import Testing

struct DevelopmentPKICreationTests {
  private let folder: TemporaryFolder
  private let now = UnixTime.now()

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `a new PKI has every file with its mode`() throws {
    let pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
    #expect(try mode(of: pki.layout.directory) == "700")
    let files = try snapshot(pki.layout.directory).mapValues { String($0.prefix(3)) }
    let expected = [
      "server-ca.pem": "644", "server-ca.key": "600", "client-ca.pem": "644", "client-ca.key": "600",
      "server.pem": "644", "server.key": "600", "client-ca.crl": "644", "index": "644", "clients": "700",
    ]
    #expect(files.keys.sorted() == expected.keys.sorted())
    for (name, mode) in expected where mode != "644" { #expect(files[name] == mode, "\(name)") }
    // The umask of whoever runs the tests may narrow these.
    for (name, mode) in expected where mode == "644" { #expect((files[name] ?? "999") <= mode, "\(name)") }
  }

  @Test func `its certificates say what they should`() throws {
    let pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
    let server = try DevelopmentPKI.show(pki.layout.server.certificate)
    #expect(server.subject == "CN=localhost")
    #expect(server.alternativeNames.map(\.description) == ["DNS:localhost", "IP:127.0.0.1", "IP:::1"])
    #expect(server.extendedKeyUsages == [.serverAuthentication])
    #expect(!server.isAuthority)
    for path in [pki.layout.serverAuthority, pki.layout.clientAuthority, pki.layout.server].map(\.certificate) {
      let certificate = try DevelopmentPKI.show(path)
      #expect(certificate.notBefore < now)
      #expect(certificate.notAfter == now.adding(days: 365))
      #expect(certificate.notAfter.seconds - certificate.notBefore.seconds < 366 * 86_400)
    }
    let text = try OpenSSLTool.run("x509", "-in", pki.layout.clientAuthority.certificate, "-noout", "-text").text
    #expect(text.contains("CA:TRUE, pathlen:0"))
    #expect(text.contains("Certificate Sign, CRL Sign"))
    #expect(text.contains("ASN1 OID: prime256v1"))
    #expect(text.contains("Signature Algorithm: ecdsa-with-SHA256"))
  }

  @Test func `the openssl command trusts the server for its names and no others`() throws {
    let pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
    func verify(_ authority: String, _ check: String...) throws -> Bool {
      try #require(check.count == 2)
      return try OpenSSLTool.run(
        "verify", "-x509_strict", "-purpose", "sslserver", check[0], check[1], "-CAfile", authority,
        pki.layout.server.certificate
      ).isSuccess
    }
    let authority = pki.layout.serverAuthority.certificate
    #expect(try verify(authority, "-verify_hostname", "localhost"))
    #expect(try verify(authority, "-verify_ip", "127.0.0.1"))
    #expect(try verify(authority, "-verify_ip", "::1"))
    #expect(try !verify(authority, "-verify_hostname", "elsewhere.example"))
    #expect(try !verify(pki.layout.clientAuthority.certificate, "-verify_hostname", "localhost"))
  }

  @Test func `the index knows what was made`() throws {
    let pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
    let entries = try pki.list()
    #expect(entries.map(\.holder.description) == ["authority/server-ca", "authority/client-ca", "server/localhost"])
    #expect(try entries.last?.serialNumber == DevelopmentPKI.show(pki.layout.server.certificate).serialNumber)
    #expect(try DevelopmentPKI(opening: folder.path("pki/")).list() == entries)
  }

  @Test func `a second PKI in the same folder is refused and nothing changes`() throws {
    let path = folder.path("pki")
    _ = try DevelopmentPKI.create(at: path, now: now)
    let before = try snapshot(path)
    let error = #expect(throws: PKIError.self) { try DevelopmentPKI.create(at: path, now: now) }
    #expect(error?.description.contains("\(path)/index already exists") == true)
    #expect(try snapshot(path) == before)
  }

  @Test(arguments: ["server-ca.key", "client-ca.pem", "server.key", "client-ca.crl", "clients"])
  func `one file of a PKI is enough to refuse the folder`(name: String) throws {
    try folder.write("precious", to: name, mode: 0o600)
    let before = try snapshot(folder.path)
    let error = #expect(throws: PKIError.self) { try DevelopmentPKI.create(at: folder.path, now: now) }
    guard case .alreadyExists(folder.path(name), _) = error else {
      Issue.record("\(String(describing: error)) is another error")
      return
    }
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `a folder with other things in it is taken`() throws {
    try folder.write("about this folder", to: "README.md")
    let pki = try DevelopmentPKI.create(at: folder.path, now: now)
    #expect(try pki.list().count == 3)
    #expect(try read(folder.path("README.md")) == "about this folder")
  }

  @Test func `a folder that others may change is refused`() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o770], ofItemAtPath: folder.path)
    let error = #expect(throws: PKIError.self) { try DevelopmentPKI.create(at: folder.path, now: now) }
    #expect(error?.description.contains("chmod go-w \(folder.path)") == true)
    #expect(try snapshot(folder.path).isEmpty)
  }

  @Test func `a file in place of the folder is refused`() throws {
    let path = try folder.write("a file", to: "pki")
    let error = #expect(throws: PKIError.self) { try DevelopmentPKI.create(at: path, now: now) }
    #expect(error?.description.contains("It is a file; name a folder.") == true)
    let inside = #expect(throws: PKIError.self) { try DevelopmentPKI.create(at: path + "/below", now: now) }
    #expect(inside?.description.contains("Not a directory") == true)
    #expect(try read(path) == "a file")
  }

  @Test func `a missing folder above is named in the error`() throws {
    let error = #expect(throws: PKIError.self) { try DevelopmentPKI.create(at: folder.path("a/b"), now: now) }
    #expect(error?.description.contains("Could not create the folder \(folder.path("a/b"))") == true)
    #expect(try snapshot(folder.path).isEmpty)
  }

  @Test(arguments: [Int.min, -1, 0, 366, Int.max])
  func `a validity out of bounds is refused`(days: Int) throws {
    #expect(throws: PKIError.invalidValidity(days: days)) {
      try DevelopmentPKI.create(at: folder.path("pki"), validityInDays: days, now: now)
    }
    #expect(try snapshot(folder.path).isEmpty)
  }

  @Test func `a server without a name is refused`() throws {
    let error = #expect(throws: PKIError.self) {
      try DevelopmentPKI.create(at: folder.path("pki"), names: [], now: now)
    }
    #expect(error?.description.contains("at least one name") == true)
    #expect(try snapshot(folder.path).isEmpty)
  }
}

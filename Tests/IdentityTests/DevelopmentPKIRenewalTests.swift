import Foundation
import Identity
import TestSupport
import Testing

struct DevelopmentPKIRenewalTests {
  private let folder: TemporaryFolder
  private let pki: DevelopmentPKI
  private let now = UnixTime.now()

  init() throws {
    folder = try TemporaryFolder()
    pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
  }

  @Test func `a renewal replaces key and certificate and keeps the names`() throws {
    let old = try DevelopmentPKI.show(pki.layout.server.certificate)
    let oldKey = try read(pki.layout.server.key)
    let files = try pki.renewServer(now: now)
    let new = try DevelopmentPKI.show(files.certificate)
    #expect(new.alternativeNames == old.alternativeNames)
    #expect(new.serialNumber != old.serialNumber)
    #expect(try read(files.key) != oldKey)
    #expect(try mode(of: files.key) == "600")
    #expect(try Certificate(pem: read(files.certificate)).belongs(to: PrivateKey(pem: read(files.key))))
    #expect(try pki.list().suffix(2).map(\.holder) == [.server("localhost"), .server("localhost")])
    #expect(try snapshot(pki.layout.directory).count == 9)
  }

  @Test func `a renewal may bring other names`() throws {
    let names = [try ServerName("box.example"), try ServerName("10.0.0.7")]
    let files = try pki.renewServer(names: names, now: now)
    let certificate = try DevelopmentPKI.show(files.certificate)
    #expect(certificate.alternativeNames.map(\.description) == ["DNS:box.example", "IP:10.0.0.7"])
    #expect(files.entry.holder == .server("box.example"))
  }

  @Test func `issuing a server over one that exists is refused and nothing changes`() throws {
    let before = try snapshot(folder.path)
    let error = #expect(throws: PKIError.self) { try pki.issueServer(now: now) }
    #expect(error?.description.contains("\(pki.layout.server.certificate) already exists") == true)
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `a server whose files were moved away is issued anew`() throws {
    for path in [pki.layout.server.certificate, pki.layout.server.key] {
      try FileManager.default.removeItem(atPath: path)
    }
    let files = try pki.issueServer(now: now)
    #expect(try DevelopmentPKI.show(files.certificate).alternativeNames.count == 3)
  }

  @Test func `a server's missing certificate cannot be renewed without names`() throws {
    try FileManager.default.removeItem(atPath: pki.layout.server.certificate)
    let error = #expect(throws: PKIError.self) { try pki.renewServer(now: now) }
    #expect(error?.description.contains(pki.layout.server.certificate) == true)
    #expect(throws: Never.self) { try pki.renewServer(names: ServerName.local, now: now) }
  }
}

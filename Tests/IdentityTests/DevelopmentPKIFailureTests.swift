import Foundation
import Identity
import TestSupport
import Testing

/// Whatever is broken in the folder, the error names the file, and nothing on disk changes.
struct DevelopmentPKIFailureTests {
  private let folder: TemporaryFolder
  private let pki: DevelopmentPKI
  private let now = UnixTime.now()

  init() throws {
    folder = try TemporaryFolder()
    pki = try DevelopmentPKI.create(at: folder.path("pki"), now: now)
  }

  @Test func `a damaged index is named with its line, and stops everything`() throws {
    let text = try read(pki.layout.index) + "nonsense\n"
    try text.write(toFile: pki.layout.index, atomically: true, encoding: .utf8)
    try expectFailures(saying: ["Line 5 of the index \(pki.layout.index)", "Restore the file"]) {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    } _: {
      _ = try pki.revoke(.agent, name: "a", now: now)
    } _: {
      _ = try pki.list()
    } _: {
      _ = try pki.renewServer(now: now)
    } _: {
      _ = try DevelopmentPKI(opening: pki.layout.directory)
    }
  }

  @Test func `a missing authority key is named`() throws {
    try FileManager.default.removeItem(atPath: pki.layout.clientAuthority.key)
    try expectFailures(saying: [pki.layout.clientAuthority.key, "No such file or directory"]) {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    }
    // Reading needs no key.
    #expect(try DevelopmentPKI(opening: pki.layout.directory).list().count == 3)
  }

  @Test func `an authority key that others may read is refused`() throws {
    let key = pki.layout.serverAuthority.key
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
    try expectFailures(saying: [key, "0640", "chmod 600 \(key)"]) { _ = try pki.renewServer(now: now) }
  }

  @Test func `an authority key of another authority is refused`() throws {
    let key = pki.layout.clientAuthority.key
    try FileManager.default.removeItem(atPath: key)
    try FileManager.default.copyItem(atPath: pki.layout.serverAuthority.key, toPath: key)
    try expectFailures(saying: ["\(key) does not belong to the certificate \(pki.layout.clientAuthority.certificate)"])
    {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    }
  }

  @Test func `an authority certificate that is none is refused`() throws {
    let path = pki.layout.clientAuthority.certificate
    try "nonsense".write(toFile: path, atomically: true, encoding: .utf8)
    try expectFailures(saying: ["\(path) does not hold a certificate"]) {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    } _: {
      _ = try DevelopmentPKI.show(path)
    }
  }

  @Test func `a folder of clients that is a file stops the issue without a trace`() throws {
    try FileManager.default.removeItem(atPath: pki.layout.clients)
    try folder.write("a file", to: "pki/clients")
    try expectFailures(saying: ["clients/agent-a.pem", "Not a directory"]) {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    }
  }

  @Test func `a folder of clients that leads nowhere leaves no trace of the attempt`() throws {
    try FileManager.default.removeItem(atPath: pki.layout.clients)
    try FileManager.default.createSymbolicLink(
      atPath: pki.layout.clients, withDestinationPath: folder.path("nowhere"))
    try expectFailures(saying: ["Could not create the private key \(pki.layout.clients)/agent-a.key"]) {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    }
  }

  @Test func `an index that is a folder is named`() throws {
    try FileManager.default.removeItem(atPath: pki.layout.index)
    try FileManager.default.createDirectory(atPath: pki.layout.index, withIntermediateDirectories: false)
    try expectFailures(saying: [pki.layout.index]) {
      _ = try pki.issueClient(.agent, name: "a", now: now)
    } _: {
      _ = try DevelopmentPKI(opening: pki.layout.directory)
    }
  }

  @Test func `a folder without a PKI, or none at all, says how to make one`() throws {
    let empty = folder.path("empty")
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
    for path in [empty, folder.path("missing")] {
      try expectFailures(saying: [path, "signalbox certs init --dir \(path)"]) {
        _ = try DevelopmentPKI(opening: path)
      }
    }
    let file = try folder.write("a file", to: "file")
    try expectFailures(saying: [file, "Not a directory"]) { _ = try DevelopmentPKI(opening: file) }
  }

  @Test func `showing what is no certificate names the file`() throws {
    for path in [pki.layout.server.key, pki.layout.index, pki.layout.revocationList] {
      try expectFailures(saying: ["\(path) does not hold a certificate"]) { _ = try DevelopmentPKI.show(path) }
    }
    try expectFailures(saying: [pki.layout.clients, "Is a directory"]) {
      _ = try DevelopmentPKI.show(pki.layout.clients)
    }
    try expectFailures(saying: ["Could not read the certificate \(folder.path("none.pem"))"]) {
      _ = try DevelopmentPKI.show(folder.path("none.pem"))
    }
  }

  private func expectFailures(
    saying parts: [String], _ steps: (() throws -> Void)..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try snapshot(folder.path)
    for step in steps {
      let error = #expect(throws: PKIError.self, sourceLocation: sourceLocation) { try step() }
      for part in parts {
        #expect(
          error?.description.contains(part) == true, "\(String(describing: error))", sourceLocation: sourceLocation)
      }
    }
    #expect(try snapshot(folder.path) == before, sourceLocation: sourceLocation)
  }
}

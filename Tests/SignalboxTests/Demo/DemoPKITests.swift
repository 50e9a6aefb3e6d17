import Foundation
import Identity
import Testing

@testable import signalbox

struct DemoPKITests {
  private let scratch: Scratch
  private let now = UnixTime.now()
  private var directory: String { "\(scratch.path)/pki" }

  init() throws {
    scratch = try Scratch()
  }

  private func holders(_ directory: String) throws -> [String] {
    try DevelopmentPKI(opening: directory).list().map(\.holder.description)
  }

  @Test func `the first start makes everything, the second nothing`() throws {
    let first = try DemoPKI.prepare(at: directory, now: now)
    #expect(first.notes.count == 1)
    let issued = try DevelopmentPKI(opening: directory).list()
    #expect(
      issued.map(\.holder.description) == [
        "authority/server-ca", "authority/client-ca", "server/localhost", "agent/demo-agent", "operator/demo",
      ])
    let second = try DemoPKI.prepare(at: directory, now: now)
    #expect(second.notes.isEmpty)
    #expect(try DevelopmentPKI(opening: directory).list() == issued)
  }

  @Test func `agents bring a certificate for each, and one for the gateway to show them`() throws {
    _ = try DemoPKI.prepare(at: directory, now: now)
    for _ in 1...2 {
      let layout = try DemoPKI.prepare(at: directory, agents: [.conformance], now: now).layout
      #expect(try holders(directory).suffix(2) == ["gateway/demo", "service/conformance"])
      let names = try DevelopmentPKI.show(layout.service("conformance").certificate).alternativeNames
      #expect(names.first == .uri("spiffe://signalbox.local/agent/conformance"))
      let gateway = try DevelopmentPKI.show(layout.client(.gateway, name: DemoPKI.gateway).certificate)
      #expect(gateway.alternativeNames == [.uri(DemoPKI.gatewayURI)])
    }
  }

  @Test(arguments: [(29, 1), (31, 0)])
  func `the server certificate is renewed when less than 30 days are left`(days: Int, renewals: Int) throws {
    _ = try DemoPKI.prepare(at: directory, now: now)
    _ = try DevelopmentPKI(opening: directory).renewServer(validityInDays: days, now: now)
    let before = try holders(directory).count
    let notes = try DemoPKI.prepare(at: directory, now: now).notes
    #expect(notes.count == renewals)
    #expect(try holders(directory).count == before + renewals)
    let notAfter = try DevelopmentPKI.show("\(directory)/server.pem").notAfter
    #expect(notAfter > now.adding(days: 30))
  }

  @Test func `a PKI whose authorities expire soon is put aside for a new one`() throws {
    _ = try DevelopmentPKI.create(at: directory, validityInDays: 20, now: now)
    let notes = try DemoPKI.prepare(at: directory, now: now).notes
    #expect(notes.count == 2)
    let old = "\(directory)-until-\(now.adding(days: 20))"
    #expect(try holders(old).count == 3)
    #expect(try holders(directory).count == 5)
  }

  @Test func `a client certificate that was moved away is issued anew`() throws {
    let layout = try DemoPKI.prepare(at: directory, now: now).layout
    let files = layout.client(.operator, name: DemoPKI.operator)
    for file in [files.certificate, files.key] { try FileManager.default.removeItem(atPath: file) }
    _ = try DemoPKI.prepare(at: directory, now: now)
    #expect(FileManager.default.fileExists(atPath: files.certificate))
    #expect(try holders(directory).filter { $0 == "operator/demo" }.count == 2)
  }

  @Test func `a folder that holds something else is left alone`() throws {
    try scratch.write("pki/letter.txt", "Dear")
    let error = try #require(throws: PKIError.self) { _ = try DemoPKI.prepare(at: directory, now: now) }
    #expect(error == .notAPKI(path: directory, missing: "\(directory)/index"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["letter.txt"])
  }
}

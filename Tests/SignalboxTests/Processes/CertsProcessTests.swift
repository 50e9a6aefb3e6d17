import Foundation
import Identity
import TestSupport
import Testing

@testable import signalbox

/// `signalbox certs …` as people type it.
@Suite(.timeLimit(.minutes(2)))
struct CertsProcessTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func run(_ line: String) async throws -> RunningProgram.Result {
    try await RunningProgram.run(line.split(separator: " ").map(String.init), folder: scratch.path)
  }

  private func holders() throws -> [String] {
    try DevelopmentPKI(opening: "\(scratch.path)/certs/dev").list().map(\.holder.description)
  }

  @Test func `a PKI is made, used and looked at`() async throws {
    for line in [
      "certs init --name localhost --name box.example", "certs issue agent one", "certs issue operator alex",
      "certs renew server",
    ] {
      let result = try await run(line)
      #expect(result.status == 0, "\(line): \(result.errors)")
    }
    #expect(
      try holders() == [
        "authority/server-ca", "authority/client-ca", "server/localhost", "agent/one", "operator/alex",
        "server/localhost",
      ])
    let shown = try await run("certs show certs/dev/server.pem").output
    #expect(shown.contains("names        DNS:localhost, DNS:box.example"))
    let client = try await run("certs show certs/dev/clients/agent-one.pem").output
    #expect(client.contains("URI:spiffe://signalbox.local/agent/one"))

    #expect(try await run("certs revoke agent one").output.hasPrefix("Revoked agent/one, serial "))
    let operatorEntry = try #require(
      try DevelopmentPKI(opening: "\(scratch.path)/certs/dev").list().first {
        $0.holder.description == "operator/alex"
      })
    #expect(try await run("certs revoke \(operatorEntry.serialNumber)").status == 0)
    let list = try await run("certs list").output.split(separator: "\n")
    #expect(list.count == 7)
    #expect(
      list.filter { $0.contains("  revoked since ") }.map { $0.prefix { $0 != " " } } == ["agent/one", "operator/alex"])
  }

  @Test(arguments: [
    ("certs list", "signalbox: certs/dev holds no development PKI: certs/dev/index is missing."),
    ("certs issue agent a", "signalbox: certs/dev holds no development PKI: certs/dev/index is missing."),
    ("certs show no.pem", "signalbox: Could not read the certificate no.pem: No such file or directory"),
    ("certs init --name http://x", "signalbox: The name \"http://x\" cannot be used"),
  ])
  func `without a PKI, what needs one says how to make it`(line: String, message: String) async throws {
    let result = try await run(line)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
    #expect(!scratch.exists("certs/dev"))
  }

  @Test(arguments: [
    ("certs init", "signalbox: certs/dev/index already exists, and nothing is ever overwritten."),
    ("certs issue agent one", "signalbox: certs/dev/clients/agent-one.pem already exists"),
    ("certs issue agent No_Good", "signalbox: The name \"No_Good\" cannot be used"),
    (
      "certs issue server",
      "signalbox: certs/dev/server.pem already exists, and was left as it is. To replace it, run: signalbox certs renew server\n"
    ),
    ("certs revoke agent two", "signalbox: There is no certificate agent/two in certs/dev/index."),
    ("certs revoke FF", "signalbox: There is no certificate FF in certs/dev/index."),
    ("certs revoke xyz", "signalbox: The name \"xyz\" cannot be used: a serial number has hexadecimal digits"),
  ])
  func `with a PKI, refusals leave it as it is`(line: String, message: String) async throws {
    _ = try await run("certs init")
    _ = try await run("certs issue agent one")
    let before = try holders()
    let result = try await run(line)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
    #expect(try holders() == before)
  }
}

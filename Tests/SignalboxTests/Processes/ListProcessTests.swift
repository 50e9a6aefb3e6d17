import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox list` against a gateway.
@Suite(.timeLimit(.minutes(2)))
struct ListProcessTests {
  private let gateway: PublishingGateway

  init() throws {
    gateway = try PublishingGateway()
  }

  private func list(
    _ ready: JSONValue, _ words: [String] = [], as name: String = DemoPKI.operator
  ) async throws -> RunningProgram.Result {
    try await RunningProgram.run(["list"] + words + gateway.options(ready, as: name), folder: gateway.scratch.path)
  }

  @Test func `tasks are listed newest first, as a table or as JSON, and filtered`() async throws {
    try await gateway.with { _, ready in
      let none = try await list(ready)
      #expect(none.status == 0 && none.output.isEmpty)
      #expect(none.errors == "signalbox: No task fits, of those that the policy lets this principal watch.\n")

      try await gateway.open(ready, "t-1", title: "Look into it")
      try await gateway.open(ready, "t-2")
      try await gateway.publish(ready, "t-1", "COMPLETED")
      let table = try await list(ready)
      #expect(table.status == 0 && table.errors.isEmpty, "\(table.errors)")
      let lines = table.output.split(separator: "\n")
      try #require(lines.count == 3, "\(table.output)")
      #expect(lines[0].hasPrefix("ID   STATE"))
      #expect(lines[1].hasPrefix("t-2  submitted"))
      #expect(lines[2].hasPrefix("t-1  completed") && lines[2].hasSuffix("Look into it"))

      let json = try await list(ready, ["--json"]).output.split(separator: "\n").map {
        try JSONValue(parsing: String($0))
      }
      #expect(json.map { $0["id"]?.string } == ["t-2", "t-1"])
      #expect(json.allSatisfy { $0["cursor"]?.string != nil })
      for (words, ids) in [
        (["--ended"], ["t-1"]), (["--running"], ["t-2"]), (["--text", "LOOK"], ["t-1"]), (["--limit", "1"], ["t-2"]),
        (["--state", "completed", "--state", "submitted"], ["t-2", "t-1"]), (["--agent", "two"], []),
      ] {
        let found = try await list(ready, ["--json"] + words).output.split(separator: "\n")
        #expect(try found.map { try JSONValue(parsing: String($0))["id"]?.string } == ids, "\(words)")
      }
    }
  }

  @Test func `more than a page holds is had whole`() async throws {
    try await gateway.with(["--set", "rates.submitsPerPrincipal=1000"]) { _, ready in
      // Pages are of 200.
      let body = #"{"agent":"one"}"#
      let agent = gateway.served.pki.layout.client(.agent, name: "one")
      let url = try gateway.served.url(ready, "agents", "/ingest/tasks")
      let opened = try await RunningProgram.curl([
        "--fail-with-body", "--cacert", gateway.served.authority, "--cert", agent.certificate, "--key", agent.key,
        "--header", "Content-Type: application/json", "--data-binary", body, "--output", "/dev/null", url + "?[1-207]",
      ])
      try #require(opened.status == 0, "\(opened.output) \(opened.errors)")
      let all = try await list(ready, ["--json", "--limit", "1000"]).output.split(separator: "\n")
      #expect(all.count == 207)
      #expect(Set(all).count == 207)
      #expect(try await list(ready, ["--json", "--limit", "203"]).output.split(separator: "\n").count == 203)
    }
  }

  @Test func `whoever may not is told why`() async throws {
    try await gateway.with { _, ready in
      let stranger = try await list(ready, as: "stranger")
      #expect(stranger.status == 1 && stranger.output.isEmpty)
      #expect(stranger.errors.hasPrefix("signalbox: The gateway refused with 403. It says: Nobody here is known"))
      var options = try gateway.options(ready)
      options[1] = "https://localhost:1"
      let away = try await RunningProgram.run(["list"] + options)
      #expect(away.status == 1)
      #expect(away.errors.hasSuffix(" Check that the gateway runs, and its address.\n"), "\(away.errors)")
    }
    let demo = try await RunningProgram.run(["list"], folder: gateway.scratch.path)
    #expect(demo.status == 1 && demo.errors.hasPrefix("signalbox: No demo runs in "))
  }

  @Test func `a bearer token does as well as a certificate`() async throws {
    let folder = gateway.scratch.path
    let made = try await RunningProgram.run(
      ["token", "key", "--out", "token.jwk", "--jwks", "keys.json"], folder: folder)
    try #require(made.status == 0, "\(made.errors)")
    let issued = try await RunningProgram.run(
      ["token", "issue", "--key", "token.jwk", "--issuer", "i", "--audience", "box", "--subject", "kim"], folder: folder
    )
    try gateway.scratch.write("token", issued.output)
    try gateway.scratch.write(
      "policy.json", #"{"principals":[{"name":"kim","token":{"subject":"kim","issuer":"i"},"roles":["admin"]}]}"#)
    let settings = ["tokens.issuer=i", "tokens.audiences=box", "tokens.keys=\(folder)/keys.json"].flatMap {
      ["--set", $0]
    }
    try await gateway.with(settings) { _, ready in
      let options = ["--gateway", try gateway.served.url(ready, "public", ""), "--ca", gateway.served.authority]
      let known = try await RunningProgram.run(["list", "--token", "token"] + options, folder: folder)
      #expect(known.status == 0 && known.errors.contains("No task fits"), "\(known.errors)")
      try gateway.scratch.write("token", issued.output.dropLast(8) + "AAAAAAA\n")
      let forged = try await RunningProgram.run(["list", "--token", "token"] + options, folder: folder)
      #expect(forged.status == 1 && forged.errors.contains("refused with 401"), "\(forged.errors)")
      #expect(!forged.errors.contains(issued.output.prefix(20)))
    }
  }
}

import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox serve` over real sockets and signals.
@Suite(.timeLimit(.minutes(2)))
struct ServeProcessTests {
  private let gateway: ServedGateway

  init() throws {
    gateway = try ServedGateway()
  }

  @Test func `it says where it listens, answers there, and ends with 0 when asked to`() async throws {
    try await RunningProgram.with(gateway.arguments) { program in
      let ready = try await gateway.ready(program)
      #expect(ready["pid"]?.int == Int64(program.processID))
      let url = try gateway.url(ready, "public", "/healthz")
      let known = try await RunningProgram.curl(["--cacert", gateway.authority, url])
      #expect(known.output == "ok\n")
      let unknown = try await RunningProgram.curl([url])
      #expect(unknown.status == 60)

      program.signal(SIGTERM)
      let result = try await program.result()
      #expect(result.status == 0)
      let lines = result.output.split(separator: "\n")
      let ports = ["public", "agents", "admin"].map { ready[$0]?["port"]?.int ?? 0 }
      #expect(
        lines == [
          "public https://127.0.0.1:\(ports[0])", "agents https://127.0.0.1:\(ports[1])",
          "admin https://127.0.0.1:\(ports[2])",
        ])
      #expect(result.errors.split(separator: "\n").allSatisfy { (try? JSONValue(parsing: String($0))) != nil })
      #expect(result.errors.contains("\"message\":\"stopped\""))
      #expect(!FileManager.default.fileExists(atPath: gateway.readyFile))
    }
  }

  @Test func `client certificates are asked for where they are required`() async throws {
    let client = try gateway.pki.issueClient(.operator, name: "alex", now: .now())
    let stranger = try gateway.pki.issueClient(.agent, name: "one", now: .now())
    try await RunningProgram.with(gateway.arguments) { program in
      let url = try gateway.url(try await gateway.ready(program), "admin", "/readyz")
      func status(_ files: IssuedFiles?) async throws -> Int32 {
        let identity = files.map { ["--cert", $0.certificate, "--key", $0.key] } ?? []
        return try await RunningProgram.curl(["--fail", "--cacert", gateway.authority] + identity + [url]).status
      }
      #expect(try await status(client) == 0)
      #expect(try await status(stranger) != 0)
      #expect(try await status(nil) != 0)
    }
  }

  @Test func `SIGHUP takes in new certificates, and a bad one leaves the old in place`() async throws {
    let other = try gateway.scratch.makePKI("other")
    let server = gateway.pki.layout.server
    try await RunningProgram.with(gateway.arguments) { program in
      let url = try gateway.url(try await gateway.ready(program), "public", "/healthz")
      func trusts(_ pki: DevelopmentPKI) async throws -> Bool {
        try await RunningProgram.curl(["--cacert", pki.layout.serverAuthority.certificate, url]).status == 0
      }
      try gateway.scratch.write("pki/server.pem", "no certificate")
      program.signal(SIGHUP)
      let refusal = try #require(await program.errors.line(containing: "not reloaded"))
      #expect(refusal.contains("\"level\":\"error\"") && refusal.contains(server.certificate))
      #expect(try await trusts(gateway.pki))

      try gateway.scratch.replace(server.certificate, by: other.layout.server.certificate)
      program.signal(SIGHUP)
      let mismatch = try #require(await program.errors.line(containing: "not reloaded"))
      #expect(mismatch.contains("is not the key of"))
      #expect(try await trusts(gateway.pki))

      try gateway.scratch.replace(server.key, by: other.layout.server.key)
      program.signal(SIGHUP)
      _ = try #require(await program.errors.line(containing: "certificates reloaded"))
      #expect(try await trusts(other))
      #expect(try await !trusts(gateway.pki))
      program.signal(SIGINT)
      #expect(try await program.exit() == 0)
    }
  }

  @Test func `SIGHUP takes in a new revocation list`() async throws {
    let client = try gateway.pki.issueClient(.operator, name: "alex", now: .now())
    try await RunningProgram.with(gateway.arguments) { program in
      let url = try gateway.url(try await gateway.ready(program), "admin", "/healthz")
      let request = ["--cacert", gateway.authority, "--cert", client.certificate, "--key", client.key, url]
      #expect(try await RunningProgram.curl(request).status == 0)
      _ = try gateway.pki.revoke(.operator, name: "alex", now: .now())
      program.signal(SIGHUP)
      _ = try #require(await program.errors.line(containing: "certificates reloaded"))
      #expect(try await RunningProgram.curl(request).status != 0)
    }
  }

  @Test func `a second signal does not wait for what is under way`() async throws {
    // The body takes minutes to come, and comes fast enough not to be refused.
    let body = gateway.scratch.path + "/body"
    try Data(count: 16 << 20).write(to: URL(fileURLWithPath: body))
    let settings = ["shutdownGraceSeconds=600", "listeners.public.deadlines.bodySeconds=600"]
    try await RunningProgram.with(gateway.arguments + ["--diagnostics"] + settings.flatMap { ["--set", $0] }) {
      program in
      let url = try gateway.url(try await gateway.ready(program), "public", "/diagnostics/echo")
      let client = [
        "--no-progress-meter", "--verbose", "--cacert", gateway.authority, "--limit-rate", "50k",
        "--header", "Expect: 100-continue", "--data-binary", "@\(body)", url,
      ]
      try await RunningProgram.with(program: "/usr/bin/curl", client) { upload in
        // Now the handler waits for the rest.
        _ = try #require(await upload.errors.line(containing: "100 Continue"))
        program.signal(SIGTERM)
        _ = try #require(await program.errors.line(containing: "\"stopping\""))
        program.signal(SIGTERM)
        let result = try await program.result()
        #expect(result.status == 1)
        #expect(result.errors.contains("signalbox: Stopped at once, as asked a second time"))
        #expect(!FileManager.default.fileExists(atPath: gateway.readyFile))
      }
    }
  }

  @Test func `it stops when standard input ends, if it was told to`() async throws {
    try await RunningProgram.with(gateway.arguments + ["--stop-at-stdin-end"]) { program in
      let url = try gateway.url(try await gateway.ready(program), "public", "/healthz")
      try program.input.fileHandleForWriting.write(contentsOf: Data("still here\n".utf8))
      #expect(try await RunningProgram.curl(["--cacert", gateway.authority, url]).output == "ok\n")
      try program.input.fileHandleForWriting.close()
      let result = try await program.result()
      #expect(result.status == 0)
      #expect(result.errors.contains("standard input ended"))
    }
  }

  @Test func `a taken port is named with its key, and nothing stays behind`() async throws {
    try await RunningProgram.with(gateway.arguments) { program in
      let port = try #require(try await gateway.ready(program)["agents"]?["port"]?.int)
      var arguments = gateway.arguments
      let index = try #require(arguments.firstIndex(of: "--agents-port"))
      arguments[index + 1] = "\(port)"
      let file = try #require(arguments.firstIndex(of: "--ready-file"))
      arguments[file + 1] = "\(gateway.scratch.path)/second.json"
      let state = try #require(arguments.firstIndex { $0.hasPrefix("state=") })
      arguments[state] += "-of-the-second"
      let result = try await RunningProgram.run(arguments)
      #expect(result.status == 1)
      #expect(result.output.isEmpty)
      #expect(
        result.errors.contains(
          "signalbox: 127.0.0.1:\(port) is taken: another process listens there. Choose another port, or 0 for a free "
            + "one. It is listeners.agents.port (flag --agents-port)."))
      #expect(!gateway.scratch.exists("second.json"))
    }
  }

  @Test func `a ready file that cannot be written is a failure`() async throws {
    var arguments = gateway.arguments
    let file = try #require(arguments.firstIndex(of: "--ready-file"))
    arguments[file + 1] = "/nowhere/ready.json"
    let result = try await RunningProgram.run(arguments)
    #expect(result.status == 1)
    #expect(result.errors.contains("signalbox: /nowhere/ready.json cannot be written."))
  }
}

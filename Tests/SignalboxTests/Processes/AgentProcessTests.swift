import A2A
import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// Agents as processes, over real sockets and signals.
@Suite(.timeLimit(.minutes(2)))
struct AgentProcessTests {
  private let scratch: Scratch
  private let pki: DevelopmentPKI
  private let client: IssuedFiles

  init() throws {
    scratch = try Scratch()
    pki = try scratch.makePKI()
    client = try pki.issueClient(.agent, name: "caller", now: .now())
  }

  private var files: [String] {
    let layout = pki.layout
    return [
      "--cert", layout.server.certificate, "--key", layout.server.key, "--ca", layout.clientAuthority.certificate,
    ]
  }

  /// The answer to a message, as JSON.
  private func send(_ text: String, id: String = "m", to url: String, as caller: IssuedFiles?) async throws -> JSONValue
  {
    var arguments = ["--cacert", pki.layout.serverAuthority.certificate]
    if let caller { arguments += ["--cert", caller.certificate, "--key", caller.key] }
    let body =
      #"{"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":{"messageId":"\#(id)","role":"ROLE_USER","#
      + #""parts":[{"text":"\#(text)"}]}}}"#
    arguments += ["-H", "Content-Type: application/json", "-H", "A2A-Version: 1.0", "-d", body, url + "/a2a"]
    let result = try await RunningProgram.curl(arguments)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONValue(parsing: result.output)
  }

  /// What stands behind the agent's name on its first line.
  private func url(_ program: RunningProgram, _ name: String) async throws -> String {
    let line = try #require(await program.output.line(containing: "\(name) http"), "\(program.errors.text)")
    return String(line.dropFirst(name.count + 1))
  }

  @Test func `signalbox agent says where it is, answers callers with certificates, and ends with 0`() async throws {
    let ready = "\(scratch.path)/ready.json"
    try await RunningProgram.with(["agent", "conformance", "--ready-file", ready] + files) { program in
      let url = try await url(program, "conformance")
      let content = try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: ready))))
      #expect(content["url"]?.string == url)
      #expect(content["pid"]?.int == Int64(program.processID))
      #expect(content["port"]?.int.map { url.hasSuffix(":\($0)") } == true)
      let answer = try await send("x", id: "tck-complete-task-1", to: url, as: client)
      #expect(answer["result"]?["task"]?["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
      program.signal(SIGTERM)
      let result = try await program.result()
      #expect(result.status == 0)
      #expect(result.errors.contains("\"message\":\"stopped\""))
      #expect(!FileManager.default.fileExists(atPath: ready))
    }
  }

  @Test func `callers that are not allowed are told so in words`() async throws {
    let allowed = ["--allow", "spiffe://signalbox.local/agent/other"]
    try await RunningProgram.with(["agent", "conformance"] + files + allowed) { program in
      let url = try await url(program, "conformance")
      let answer = try await send("x", to: url, as: client)
      #expect(answer.description.contains("spiffe://signalbox.local/agent/caller"), "\(answer)")
      let other = try pki.issueClient(.agent, name: "other", now: .now())
      #expect(try await send("x", to: url, as: other)["result"]?["task"] != nil)
    }
  }

  @Test func `tasks under way fail with a sentence when their time to end is over`() async throws {
    try await RunningProgram.with(["agent", "conformance", "--grace", "0"] + files) { program in
      let url = try await url(program, "conformance")
      async let answer = send("x", id: "test-endless", to: url, as: client)
      _ = try #require(await program.errors.line(containing: "task began"))
      program.signal(SIGTERM)
      let status = try await answer["result"]?["task"]?["status"]
      #expect(status?["state"]?.string == "TASK_STATE_FAILED")
      #expect(status?.description.contains("The agent is stopping") == true)
      #expect(try await program.exit() == 0)
    }
  }

  @Test func `a revocation list is heeded on SIGHUP`() async throws {
    let crl = ["--crl", pki.layout.revocationList]
    try await RunningProgram.with(["agent", "conformance"] + files + crl) { program in
      let url = try await url(program, "conformance")
      #expect(try await send("x", to: url, as: client)["result"] != nil)
      _ = try pki.revoke(.agent, name: "caller", now: .now())
      program.signal(SIGHUP)
      _ = try #require(await program.errors.line(containing: "certificates reloaded"))
      let result = try await RunningProgram.curl([
        "--cacert", pki.layout.serverAuthority.certificate, "--cert", client.certificate, "--key", client.key, url,
      ])
      #expect(result.status != 0)
    }
  }

  @Test func `files and addresses that are no good end it with a sentence`() async throws {
    let missing = try await RunningProgram.run(
      ["agent", "conformance", "--cert", "none.pem", "--key", "none.key", "--ca", "none-ca.pem"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("none.pem"))
    let usage = try await RunningProgram.run(["agent", "nobody"])
    #expect(usage.status == 64)
    try await RunningProgram.with(["agent", "conformance"] + files) { program in
      let port = try #require(try await url(program, "conformance").split(separator: ":").last)
      let second = try await RunningProgram.run(["agent", "conformance", "--listen", "127.0.0.1:\(port)"] + files)
      #expect(second.status == 1)
      #expect(second.errors.contains("127.0.0.1:\(port)"))
    }
  }

  @Test func `plain HTTP needs no certificates, on loopback`() async throws {
    try await RunningProgram.with(["agent", "conformance", "--plain-http", "--push-private"]) { program in
      let url = try await url(program, "conformance")
      #expect(url.hasPrefix("http://127.0.0.1:"))
      let answer = try await send("x", id: "tck-complete-task-1", to: url, as: nil)
      #expect(answer["result"]?["task"]?["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
      let card = try await RunningProgram.curl([url + "/.well-known/agent-card.json"])
      #expect(try JSONValue(parsing: card.output)["capabilities"]?["pushNotifications"]?.bool == true)
    }
  }

  @Test func `the example of docs/agents.md greets`() async throws {
    let program = URL(fileURLWithPath: RunningProgram.signalbox).deletingLastPathComponent().path + "/hello-agent"
    let layout = pki.layout
    let arguments = [
      "127.0.0.1:0", layout.server.certificate, layout.server.key, layout.clientAuthority.certificate,
    ]
    try await RunningProgram.with(program: program, arguments) { program in
      let url = try await url(program, "hello")
      let task = try await send("Ada", to: url, as: client)["result"]?["task"]
      #expect(task?["status"]?["message"]?["parts"]?[0]?["text"]?.string == "Hello, Ada!")
      #expect(task?["artifacts"]?[0]?["parts"]?[0]?["text"]?.string == "Hello, Ada!")
      let asked = try await send("", to: url, as: client)["result"]?["task"]?["status"]
      #expect(asked?["state"]?.string == "TASK_STATE_INPUT_REQUIRED")
      #expect(asked?["message"]?["metadata"]?[Question.extensionURI]?["fields"]?[0]?["name"]?.string == "name")
      program.signal(SIGTERM)
      #expect(try await program.exit() == 0)
    }
  }
}

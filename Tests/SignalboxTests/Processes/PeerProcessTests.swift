import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// Two agents as processes, one of which calls the other over TLS as itself.
@Suite(.timeLimit(.minutes(2)))
struct PeerProcessTests {
  private let scratch: Scratch
  private let pki: DevelopmentPKI
  private let caller: IssuedFiles
  private let parent: IssuedFiles

  init() throws {
    scratch = try Scratch()
    pki = try scratch.makePKI()
    caller = try pki.issueClient(.agent, name: "caller", now: .now())
    parent = try pki.issueClient(.agent, name: "parent", now: .now())
  }

  private var files: [String] {
    let layout = pki.layout
    return [
      "--cert", layout.server.certificate, "--key", layout.server.key, "--ca", layout.clientAuthority.certificate,
    ]
  }

  private func url(_ program: RunningProgram) async throws -> String {
    let line = try #require(await program.output.line(containing: "conformance http"), "\(program.errors.text)")
    return String(line.dropFirst("conformance ".count))
  }

  private func call(_ method: String, _ parameters: String, _ url: String, as client: IssuedFiles) async throws
    -> JSONValue
  {
    let result = try await RunningProgram.curl([
      "--cacert", pki.layout.serverAuthority.certificate, "--cert", client.certificate, "--key", client.key,
      "-H", "Content-Type: application/json", "-H", "A2A-Version: 1.0",
      "-d", #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(parameters)}"#, url + "/a2a",
    ])
    try #require(result.status == 0, "\(result.errors)")
    return try #require(try JSONValue(parsing: result.output)["result"], "\(result.output)")
  }

  private func send(_ id: String, to url: String, task: String? = nil) async throws -> JSONValue {
    let of = task.map { #","taskId":"\#($0)""# } ?? ""
    let body =
      #"{"message":{"messageId":"\#(id)","role":"ROLE_USER","parts":[{"text":"yes"}]\#(of)},"#
      + #""configuration":{"returnImmediately":true}}"#
    return try #require(try await call("SendMessage", body, url, as: caller)["task"])
  }

  private func task(_ id: String, at url: String) async throws -> JSONValue {
    try await call("GetTask", #"{"id":"\#(id)"}"#, url, as: caller)
  }

  /// The states of the tasks that the other agent has of this one.
  private func parts(at url: String) async throws -> [String] {
    try await call("ListTasks", "{}", url, as: parent)["tasks"]?.elements.compactMap { $0["status"]?["state"]?.string }
      ?? []
  }

  private func pair(_ body: (_ parent: String, _ child: String) async throws -> Void) async throws {
    let allowed = ["--allow", "spiffe://signalbox.local/agent/parent"]
    try await RunningProgram.with(["agent", "conformance"] + files + allowed) { other in
      let child = try await url(other)
      let peer = [
        "--peer", child, "--peer-ca", pki.layout.serverAuthority.certificate, "--peer-cert", parent.certificate,
        "--peer-key", parent.key,
      ]
      try await RunningProgram.with(["agent", "conformance"] + files + peer) { program in
        try await body(try await url(program), child)
        program.signal(SIGTERM)
        #expect(try await program.exit() == 0)
      }
    }
  }

  @Test func `a cancel goes on to the other agent's task, which ends first`() async throws {
    try await pair { parent, child in
      let id = try #require(try await send("test-child-test-late-cancel-1", to: parent)["id"]?.string)
      #expect(
        await eventually {
          (try? await task(id, at: parent))?["status"]?["message"]?["parts"]?[0]?["text"]?.string == "Still here."
        }, "What the other tells is passed on.")
      #expect(try await parts(at: child) == ["TASK_STATE_WORKING"])
      let canceled = try await call("CancelTask", #"{"id":"\#(id)"}"#, parent, as: caller)
      #expect(canceled["status"]?["state"]?.string == "TASK_STATE_CANCELED")
      #expect(canceled["status"]?["message"]?["parts"]?[0]?["text"]?.string == "The task was cancelled.")
      #expect(try await parts(at: child) == ["TASK_STATE_CANCELED"])
    }
  }

  @Test func `its questions are asked here, and answered there`() async throws {
    try await pair { parent, child in
      let id = try #require(try await send("test-child-test-ask-decline-1", to: parent)["id"]?.string)
      func state() async throws -> String? { try await task(id, at: parent)["status"]?["state"]?.string }
      #expect(await eventually { (try? await state()) == "TASK_STATE_INPUT_REQUIRED" })
      _ = try await send("answer", to: parent, task: id)
      #expect(await eventually { (try? await state()) == "TASK_STATE_COMPLETED" })
      let text = try await task(id, at: parent)["status"]?["message"]?["parts"]?[0]?["text"]?.string
      #expect(text == "The other agent's task is completed: Known.")
      #expect(try await parts(at: child) == ["TASK_STATE_COMPLETED"])
    }
  }

  @Test func `without another agent, and with files that are no good, it says so`() async throws {
    try await RunningProgram.with(["agent", "conformance"] + files) { program in
      let url = try await url(program)
      let id = try #require(try await send("test-child", to: url)["id"]?.string)
      #expect(await eventually { (try? await task(id, at: url))?["status"]?["state"]?.string == "TASK_STATE_FAILED" })
      #expect(try await task(id, at: url).description.contains("Start this one with --peer URL."))
    }
    let peer = [
      "--peer", "https://localhost:1", "--peer-ca", "none.pem", "--peer-cert", "c.pem", "--peer-key", "k.pem",
    ]
    let result = try await RunningProgram.run(["agent", "conformance"] + files + peer)
    #expect(result.status == 1 && result.errors.contains("none.pem"), "\(result.errors)")
  }
}

import A2A
import AgentKit
import Foundation
import Identity
import JSON
import Telemetry
import TestSupport
import Testing
import Wire

@testable import signalbox

/// Whoever answers at a specialist's address must be the specialist: by its certificate, and by what its card offers.
@Suite(.timeLimit(.minutes(2)))
struct ImpostorProcessTests {
  private let scratch: Scratch
  private let pki: DevelopmentPKI
  private let caller: IssuedFiles
  private let orchestrator: IssuedFiles

  init() throws {
    scratch = try Scratch()
    pki = try scratch.makePKI()
    caller = try pki.issueClient(.gateway, name: "caller", now: .now())
    orchestrator = try pki.issueClient(.agent, name: "orchestrator", now: .now())
  }

  private func agent(_ words: [String], as service: String) throws -> [String] {
    let layout = pki.layout
    let files = layout.service(service)
    if !FileManager.default.fileExists(atPath: files.certificate) { _ = try pki.issueService(service, now: .now()) }
    return ["agent"] + words + ["--cert", files.certificate, "--key", files.key] + [
      "--ca", layout.clientAuthority.certificate,
    ]
  }

  private func url(_ program: RunningProgram) async throws -> String {
    let line = try #require(await program.output.line(containing: " https://"), "\(program.errors.text)")
    return String(try #require(line.split(separator: " ").last))
  }

  /// The end of an alert's task at an orchestrator whose specialist for insider trading is `conformance` with a certificate.
  private func lastWord(with service: String) async throws -> (word: String, log: String) {
    try await RunningProgram.with(try agent(["conformance"], as: service)) { other in
      (try await lastWord(at: try await url(other)), other.errors.text)
    }
  }

  private func lastWord(at specialist: String) async throws -> String {
    let peer = [
      "--specialist", "insider-trading=\(specialist)", "--peer-ca", pki.layout.serverAuthority.certificate,
      "--peer-cert", orchestrator.certificate, "--peer-key", orchestrator.key,
    ]
    return try await RunningProgram.with(try agent(["orchestrator"] + peer, as: "orchestrator")) { program in
      let alert = String(decoding: try LocalFile.read(SurveillanceStage.alert("clear-insider.xml")), as: UTF8.self)
      var body = JSONWriter()
      body.object { call in
        call.member("jsonrpc", "2.0")
        call.member("id", 1)
        call.member("method", "SendMessage")
        call.object("params") { params in
          params.object("message") { message in
            message.member("messageId", "m")
            message.member("role", "ROLE_USER")
            message.array("parts") { $0.object { $0.member("text", alert) } }
          }
        }
      }
      let result = try await RunningProgram.curl([
        "--cacert", pki.layout.serverAuthority.certificate, "--cert", caller.certificate, "--key", caller.key,
        "-H", "Content-Type: application/json", "-H", "A2A-Version: 1.0",
        "-d", String(decoding: body.bytes, as: UTF8.self), try await url(program) + "/a2a",
      ])
      let status = try JSONValue(parsing: result.output)["result"]?["task"]?["status"]
      let word = status?["message"]?["parts"]?[0]?["text"]?.string
      return "\(status?["state"]?.string ?? ""): \(word ?? result.output)"
    }
  }

  @Test func `a server with another agent's certificate is told nothing`() async throws {
    let (word, log) = try await lastWord(with: "wash-trade")
    #expect(
      word.hasPrefix("TASK_STATE_FAILED: AGENT_UNAVAILABLE: the agent insider-trading cannot work on the alert."),
      "\(word)")
    #expect(word.contains("spiffe://signalbox.local/agent/insider-trading"), "\(word)")
    #expect(!log.contains("task began"), "\(log)")
  }

  @Test func `an agent with the right certificate that offers something else is told nothing, either`() async throws {
    let (word, log) = try await lastWord(with: "insider-trading")
    #expect(word.hasPrefix("TASK_STATE_FAILED: AGENT_UNAVAILABLE: the agent insider-trading"), "\(word)")
    #expect(word.hasSuffix("does not offer insider-trading-analysis."), "\(word)")
    #expect(!log.contains("task began"), "\(log)")
  }

  @Test func `a specialist that says it is done and decides nothing has failed`() async throws {
    _ = try pki.issueService("insider-trading", now: .now())
    let files = pki.layout.service("insider-trading")
    var configuration = AgentServerConfiguration(
      address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: try AgentServerConfiguration.mutualTLS(
        certificate: files.certificate, key: files.key, clientAuthority: pki.layout.clientAuthority.certificate,
        revocationList: nil, callers: []))
    configuration.grace = .zero
    let server = AgentServer(IdleAgent(), configuration: configuration, log: Log(sink: DiscardSink(), clock: { 0 }))
    let origin = try await server.start().origin
    let word = try? await lastWord(at: origin)
    await server.stop()
    #expect(
      word == "TASK_STATE_FAILED: The agent insider-trading ended its task without a decision: Nothing to see here.")
  }
}

/// Offers what the specialist does, and does nothing.
private struct IdleAgent: Agent {
  let profile = AgentProfile(
    name: "insider-trading", description: "Does nothing.", version: "1",
    skills: [AgentSkill(id: "insider-trading-analysis", name: "Nothing", description: "Nothing.", tags: ["test"])],
    inputModes: ["*/*"], outputModes: ["*/*"])

  func run(_ context: TaskContext) async throws -> AgentMessage? { "Nothing to see here." }
}

import AgentKit
import Foundation
import Identity
import JSON
import Telemetry
import TestSupport
import Testing
import Wire

@testable import signalbox

/// `signalbox serve` with the demo's policy, an operator who watches and an agent that publishes.
struct PublishingGateway {
  let served: ServedGateway
  private let agent: IssuedFiles
  /// Where people come back to.
  private let port: Int
  var scratch: Scratch { served.scratch }

  init() throws {
    served = try ServedGateway()
    port = try FreePort.find()
    agent = try served.pki.issueClient(.agent, name: "one", now: .now())
    for name in [DemoPKI.operator, "stranger"] { _ = try served.pki.issueClient(.operator, name: name, now: .now()) }
    try scratch.write("policy.json", String(decoding: DemoPolicy.content, as: UTF8.self))
  }

  /// The public listener is where it was in an earlier run; the others are anywhere.
  func arguments(_ extra: [String] = []) throws -> [String] {
    var arguments = served.arguments + ["--set", "policy=\(scratch.path)/policy.json"]
    arguments += ["--set", "listeners.public.clientCertificates=optional"] + extra
    let index = try #require(arguments.firstIndex(of: "--public-port"))
    arguments[index + 1] = String(port)
    return arguments
  }

  /// Runs it while `body` does.
  func with(
    _ extra: [String] = [], _ body: (RunningProgram, JSONValue) async throws -> Void
  ) async throws {
    try await RunningProgram.with(try arguments(extra), folder: scratch.path) { program in
      try await body(program, try await served.ready(program))
    }
  }

  /// Runs an agent, and the gateway that calls it `checker`, while `body` does. That is also told how the gateway was set up for it.
  func with(
    agent: some Agent, _ body: (RunningProgram, JSONValue, [String]) async throws -> Void
  ) async throws {
    let server = AgentServer(agent, configuration: try agentServer(), log: Log(sink: DiscardSink(), clock: { 0 }))
    let settings = try settings(at: try await server.start().origin)
    do {
      try await with(settings) { program, ready in try await body(program, ready, settings) }
      await server.stop()
    } catch {
      await server.stop()
      throw error
    }
  }

  private func agentServer() throws -> AgentServerConfiguration {
    let layout = served.pki.layout
    let trust = try ClientTrust.load(
      authorityFile: layout.clientAuthority.certificate, revocationFile: layout.revocationList,
      names: ClientNames(uriPrefixes: ["spiffe://"]))
    var configuration = AgentServerConfiguration(
      address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .mutualTLS(
        try TLSIdentity.load(chainFile: layout.server.certificate, keyFile: layout.server.key), trust))
    configuration.grace = .zero
    return configuration
  }

  /// Of a gateway whose agent is there.
  private func settings(at url: String) throws -> [String] {
    let caller = try served.pki.issueClient(.agent, name: "gateway", now: .now())
    return [
      "--set", "agents.checker.url=\(url)", "--set", "agents.checker.authority=\(served.authority)",
      "--set", "agents.checker.certificate=\(caller.certificate)", "--set", "agents.checker.key=\(caller.key)",
    ]
  }

  /// What a command needs to ask it as an operator.
  func options(_ ready: JSONValue, as name: String = DemoPKI.operator) throws -> [String] {
    let files = served.pki.layout.client(.operator, name: name)
    return ["--gateway", try served.url(ready, "public", ""), "--ca", served.authority]
      + ["--cert", files.certificate, "--key", files.key]
  }

  // MARK: Publishing, as the agent

  func open(_ ready: JSONValue, _ id: String, title: String = "") async throws {
    try await post(ready, "/ingest/tasks", #"{"agent":"one","id":"\#(id)","title":"\#(title)"}"#)
  }

  /// A status update, with a report of the steps if there is one.
  func publish(_ ready: JSONValue, _ id: String, _ state: String = "WORKING", report: String? = nil) async throws {
    let metadata = report.map { #","metadata":{"https://signalbox.dev/a2a/extensions/progress/v1":\#($0)}"# } ?? ""
    try await post(
      ready, "/ingest/tasks/\(id)/events",
      #"{"statusUpdate":{"taskId":"\#(id)","contextId":"c","status":{"state":"TASK_STATE_\#(state)"}\#(metadata)}}"#)
  }

  /// As many events as numbers.
  func publish(_ ready: JSONValue, _ id: String, numbers: ClosedRange<Int>, ending state: String? = nil) async throws {
    let lines = numbers.map { #"{"n":\#($0)}"# }.joined(separator: "\n")
    let query = state.map { "?state=\($0)" } ?? ""
    try await post(ready, "/ingest/tasks/\(id)/events\(query)", lines, type: "application/x-ndjson")
  }

  private func post(
    _ ready: JSONValue, _ path: String, _ body: String, type: String = "application/json"
  ) async throws {
    let result = try await RunningProgram.curl([
      "--fail-with-body", "--cacert", served.authority, "--cert", agent.certificate, "--key", agent.key,
      "--header", "Content-Type: \(type)", "--data-binary", body, try served.url(ready, "agents", path),
    ])
    try #require(result.status == 0, "\(result.output) \(result.errors)")
  }
}

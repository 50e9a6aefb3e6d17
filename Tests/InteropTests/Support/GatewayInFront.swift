import Foundation
import JSON
import TestSupport
import Testing

/// `signalbox serve` as a process, in front of agents that it calls with a certificate of its own. Callers come with another one.
struct GatewayInFront {
  let program: RunningProgram
  private let port: Int

  /// Where an agent's card is, for clients with a certificate.
  func url(of agent: String) -> String { "https://127.0.0.1:\(port)/agents/\(agent)" }

  private static let policy = """
    {"principals": [
      {"name": "caller", "certificate": {"uri": "spiffe://signalbox.local/agent/good"},
       "grants": [{"actions": ["watch", "submit", "cancel", "answer"], "tasks": "own"}]}
    ]}

    """

  /// - Parameter agents: by name, where they are.
  static func run<Value>(
    agents: [String: String], _ body: (GatewayInFront) async throws -> Value
  ) async throws -> Value {
    let folder = try TemporaryFolder()
    let files = try Certificates.files()
    try folder.write(policy, to: "policy.json")
    try FileManager.default.createDirectory(atPath: folder.path("web"), withIntermediateDirectories: false)
    try folder.write("<!doctype html><title>Signalbox</title>\n", to: "web/index.html")
    var settings = [
      "state=\(folder.path("state"))", "policy=\(folder.path("policy.json"))", "web=\(folder.path("web"))",
      "drainSeconds=0", "listeners.admin.enabled=false", "work.pushAuthority=\(files.serverAuthority)",
      "work.allowPrivatePush=true",
    ]
    for listener in ["public", "agents"] {
      settings += [
        "port=0", "certificate=\(files.certificate(server: .local))", "key=\(files.key(server: .local))",
        "clientAuthority=\(files.clientAuthority)", "revocationList=\(files.revocationList)",
      ].map { "listeners.\(listener).\($0)" }
    }
    // A test asks for more than anybody should.
    settings += ["requestsPerPrincipal", "requestsPerAddress", "submitsPerPrincipal"].map { "rates.\($0)=1000000" }
    for (name, url) in agents {
      settings += [
        "url=\(url)", "authority=\(files.serverAuthority)",
        "certificate=\(files.certificate(.goodOperator))", "key=\(files.key(.goodOperator))",
      ].map { "agents.\(name).\($0)" }
    }
    let readyFile = folder.path("ready.json")
    let arguments = [
      "serve", "--stop-at-stdin-end", "--loops", "1", "--ready-file", readyFile, "--log-level", "warning",
    ]
    return try await RunningProgram.with(arguments + settings.flatMap { ["--set", $0] }) { program in
      _ = try #require(await program.output.line(containing: "agents "), "\(program.errors.text)")
      let ready = try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: readyFile))))
      let port = try #require(ready["agents"]?["port"]?.int)
      return try await body(GatewayInFront(program: program, port: Int(port)))
    }
  }
}

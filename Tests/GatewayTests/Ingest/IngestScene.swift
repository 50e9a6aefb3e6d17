import FoundationEssentials
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A gateway with producers, each with a certificate of its own.
struct IngestScene {
  let gateway: TestGateway

  /// Whose certificates are `spiffe://signalbox.local/agent/NAME`.
  enum Producer: String, CaseIterable, Sendable {
    /// Begins tasks and publishes to those, as does the one of the other tenant.
    case own, stranger
    /// For its whole tenant, and for everybody.
    case tenant, all
    /// For one agent alone.
    case narrow
    /// May look on, or begin and not look on.
    case watcher, blind
  }

  static let policy = #"""
    {"principals": [
      {"name": "own", "tenant": "acme", "certificate": {"uri": "spiffe://signalbox.local/agent/own"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "own"}]},
      {"name": "stranger", "tenant": "globex", "certificate": {"uri": "spiffe://signalbox.local/agent/stranger"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "own"}]},
      {"name": "tenant", "tenant": "acme", "certificate": {"uri": "spiffe://signalbox.local/agent/tenant"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "tenant"}]},
      {"name": "all", "certificate": {"uri": "spiffe://signalbox.local/agent/all"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "all"}]},
      {"name": "narrow", "tenant": "acme", "certificate": {"uri": "spiffe://signalbox.local/agent/narrow"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "tenant", "agents": ["import"]}]},
      {"name": "watcher", "tenant": "acme", "certificate": {"uri": "spiffe://signalbox.local/agent/watcher"},
       "grants": [{"actions": ["watch"], "tasks": "all"}, {"actions": ["submit"], "tasks": "own"}]},
      {"name": "blind", "tenant": "acme", "certificate": {"uri": "spiffe://signalbox.local/agent/blind"},
       "grants": [{"actions": ["submit"], "tasks": "all"}]}
    ]}
    """#

  static func run(
    clock: GatewayClock = .system, configure: (inout GatewayConfiguration) throws -> Void = { _ in },
    _ body: (IngestScene) async throws -> Void
  ) async throws {
    try await TestGateway.run(clock: clock) {
      try policy.write(toFile: $0.identity.policyFile ?? "", atomically: true, encoding: .utf8)
      $0.identity.rates.requestsPerAddress = 0
      $0.identity.rates.requestsPerPrincipal = 0
      $0.identity.rates.submitsPerPrincipal = 0
      try configure(&$0)
    } _: {
      try await body(IngestScene(gateway: $0))
    }
  }

  func post(
    _ path: String, _ body: String, as producer: Producer = .own, type: String? = "application/json",
    _ lines: String...
  ) async throws -> Answer {
    let lines =
      lines + (type.map { ["Content-Type: \($0)"] } ?? [])
      + ["Host: localhost", "Content-Length: \(body.utf8.count)"]
    let request = "POST \(path) HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
    let answer = try await gateway.client(.agents, showing: try Certificates.of(producer)) { try $0.ask(request) }
    return try #require(answer)
  }

  /// Opens a task, and gives its id.
  func open(_ body: String = #"{"agent":"import"}"#, as producer: Producer = .own) async throws -> String {
    let answer = try await post("/ingest/tasks", body, as: producer)
    #expect(answer.status == 201, "\(answer.text)")
    return try #require(try JSONValue(parsing: answer.body)["id"]?.string)
  }

  func publish(
    _ body: String, to task: String, as producer: Producer = .own, type: String = "application/json",
    query: String = "", stamp: (id: String, epoch: Int, seq: Int)? = nil
  ) async throws -> Answer {
    let path = "/ingest/tasks/\(task)/events\(query)"
    guard let stamp else { return try await post(path, body, as: producer, type: type) }
    return try await post(
      path, body, as: producer, type: type, "Producer-Id: \(stamp.id)", "Producer-Epoch: \(stamp.epoch)",
      "Producer-Seq: \(stamp.seq)")
  }

  var journal: any Journal {
    get async throws { try #require(await gateway.gateway.records).journal }
  }

  func records(of task: String) async throws -> [Record] {
    try await journal.records(.tasks([task]), after: 0, limit: ReadLimit(records: .max)).records
  }

  /// What was journaled behind the record that opens the task.
  func published(to task: String) async throws -> [String] {
    try await records(of: task).dropFirst().map { String(decoding: $0.payload, as: UTF8.self) }
  }

  func task(_ id: String) async throws -> StoredTask {
    try #require(try await journal.task(id))
  }

  /// Made once: making keys takes time.
  private enum Certificates {
    private static let made = Result {
      try Dictionary(
        uniqueKeysWithValues: Producer.allCases.map { producer in
          let uri = "spiffe://signalbox.local/agent/\(producer)"
          return (
            producer,
            try CertificateFiles.certificates().client(commonName: "\(producer)", uris: [uri], dnsNames: [])
          )
        })
    }

    static func of(_ producer: Producer) throws -> TestCredential? { try made.get()[producer] }
  }
}

extension Answer {
  func member(_ name: String) throws -> JSONValue? { try JSONValue(parsing: body)[name] }
  var code: String? { (try? member("code"))?.string }
}

import Foundation
import HTTP
import Identity
import JSON
import TestSupport
import Testing
import Wire

extension Station {
  /// The settings of a gateway that gives tasks to one agent, at this port of this machine.
  /// - Parameter deadlines: in place of those here, of which only that for connections is short: an agent that has died is to be missed soon.
  func giving(workTo agent: String, at port: Int, deadlines: [String: Int] = [:]) throws -> [String] {
    let shown = pki.layout.client(.agent, name: "gateway")
    if !FileManager.default.fileExists(atPath: shown.certificate) {
      _ = try pki.issueClient(.agent, name: "gateway", now: .now())
    }
    let seconds = ["connect": 2, "firstEvent": 30, "silence": 30, "lost": 60].merging(deadlines) { $1 }
    return [
      "agents.\(agent).url=https://127.0.0.1:\(port)", "agents.\(agent).certificate=\(shown.certificate)",
      "agents.\(agent).key=\(shown.key)", "agents.\(agent).authority=\(authority)",
    ] + seconds.map { "work.deadlines.\($0)Seconds=\($1)" }
  }

  /// Runs the conformance agent as a process of its own while `body` does.
  /// - Parameters:
  ///   - line: the port under which it says it is; nil: its own.
  ///   - more: further words of the command.
  func conformanceAgent<Value>(
    at port: Int, behind line: Int? = nil, _ more: [String] = [], _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    let layout = pki.layout
    let arguments =
      [
        "agent", "conformance", "--stop-at-stdin-end", "--listen", "127.0.0.1:\(port)", "--cert",
        layout.server.certificate, "--key",
        layout.server.key, "--ca", layout.clientAuthority.certificate, "--crl", layout.revocationList, "--grace", "0",
        "--log-level", "error", "--origin", "https://127.0.0.1:\(line ?? port)",
      ] + more
    return try await RunningProgram.with(arguments, folder: folder.path) { program in
      try #require(await program.output.line(containing: "conformance https://") != nil)
      return try await body(program)
    }
  }
}

extension ServedProcess {
  /// Begins a task whose message has this id, and gives its own.
  func submit(_ message: String, by clients: Clients, key: String? = nil) async throws -> String {
    var writer = JSONWriter()
    writer.object { body in
      body.object("message") { said in
        said.member("messageId", message)
        said.array("parts") { parts in parts.object { $0.member("text", "The fault tests say \(message).") } }
      }
      body.member("key", ifPresent: key)
    }
    let (status, body) = try await post("/api/tasks", writer.bytes, by: clients)
    guard [200, 201].contains(status.code) else {
      throw Refused(status: status, text: String(decoding: body, as: UTF8.self))
    }
    return try #require(try JSONValue(parsing: body)["id"]?.string)
  }

  func post(_ path: String, _ body: [UInt8], by clients: Clients) async throws -> (HTTPStatus, [UInt8]) {
    let response = try await clients.watcher.send(
      ClientRequest(
        .post, try Clients.url(ports.people, path), fields: HTTPFields([("content-type", "application/json")]),
        body: .bytes(body)))
    return (response.status, try await response.body.collect(limit: 1 << 20))
  }

  func get(_ path: String, by clients: Clients) async throws -> JSONValue {
    let response = try await clients.watcher.send(ClientRequest(.get, try Clients.url(ports.people, path)))
    let body = try await response.body.collect(limit: 16 << 20)
    try #require(response.status.code == 200, "\(response.status): \(String(decoding: body, as: UTF8.self))")
    return try JSONValue(parsing: body)
  }

  /// Waits for the end of a task.
  func ending(of task: String, by clients: Clients, within limit: Duration = .seconds(90)) async throws -> WorkedTask {
    _ = try await eventually(within: limit) {
      try await get("/api/tasks/\(task)", by: clients)["final"]?.bool == true
    }
    return try await look(at: task, by: clients)
  }

  /// Waits until this is so of a task.
  func until(_ task: String, by clients: Clients, _ holds: (WorkedTask) -> Bool) async throws {
    let isSo = try await eventually { holds(try await look(at: task, by: clients)) }
    let worked = try await look(at: task, by: clients)
    try #require(isSo, "\(worked.summary)")
  }

  func look(at task: String, by clients: Clients) async throws -> WorkedTask {
    WorkedTask(
      try await get("/api/tasks/\(task)", by: clients),
      Array(try #require(try await get("/api/tasks/\(task)/events?limit=1000", by: clients)["events"]).elements))
  }
}

/// A task as the API tells it.
struct WorkedTask {
  let state: String
  let isFinal: Bool
  let records: [JSONValue]

  init(_ document: JSONValue, _ records: [JSONValue]) {
    state = document["state"]?.string ?? ""
    isFinal = document["final"]?.bool ?? false
    self.records = records
  }

  func kinds(_ kind: String) -> [JSONValue] { records.filter { $0["kind"]?.string == kind } }
  /// Names of the gateway's notes.
  var notes: [String] { kinds("note").compactMap { $0["data"]?["note"]?.string } }

  /// Statuses that end a task. There has to be one.
  var endings: [String] {
    kinds("event").compactMap { record in
      let data = record["data"]
      return (data?["statusUpdate"] ?? data?["task"])?["status"]?["state"]?.string
    }.filter { ["COMPLETED", "FAILED", "CANCELED", "REJECTED"].map { "TASK_STATE_" + $0 }.contains($0) }
  }

  /// The code with which the gateway has ended it; nil when its agent has.
  var failure: String? {
    guard let last = kinds("event").last, last["origin"]?.string == "gateway" else { return nil }
    return last["data"]?["statusUpdate"]?["metadata"]?.members.lazy
      .compactMap { _, report in report["payload"]?["code"]?.string }.first
  }

  /// The sentence with it.
  var words: String? {
    kinds("event").last?["data"]?["statusUpdate"]?["status"]?["message"]?["parts"]?[0]?["text"]?.string
  }

  /// Its records are numbered without a hole, and it has one end.
  var isWhole: Bool {
    isFinal && endings == ["TASK_STATE_" + state.uppercased().replacing("-", with: "_")]
      && records.compactMap { $0["seq"]?.int } == (1...Int64(max(1, records.count))).map { $0 }
  }

  var summary: String {
    "\(state), \(failure ?? "no code"), \(words ?? ""), \(endings), \(notes), \(records.count) records"
  }
}

extension WorkedTask {
  /// Whether the agent has said this.
  func tells(_ text: String) -> Bool {
    kinds("event").contains { record in
      record["data"]?["statusUpdate"]?["status"]?["message"]?["parts"]?[0]?["text"]?.string == text
        || record["data"]?["statusUpdate"]?["metadata"]?.members.contains { $0.value["message"]?.string == text }
          == true
    }
  }
}

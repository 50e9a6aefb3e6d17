import A2A
import HTTP
import Identity
import JSON
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// A gateway with two agents that nobody has seen, and tasks of theirs in its journal, as runs write them.
struct FrontScene {
  let scene: TaskScene

  var gateway: TestGateway { scene.gateway }

  static func run<Value>(
    configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (FrontScene) async throws -> Value
  ) async throws -> Value {
    let files = try CertificateFiles.written()
    // They are there as long as somebody holds on to them.
    defer { withExtendedLifetime(files) {} }
    return try await TaskScene.run {
      $0.identity.rates.streamsPerAddress = 1000
      // Tokens are good at the agents' door too, so that each column gets as far as the task.
      if case .optional(let trust) = $0.publicListener.clients { $0.agentListener?.clients = .optional(trust) }
      $0.work.agents = ["checker", "other", "hidden"].map {
        AgentConfiguration(name: $0, url: "https://127.0.0.1:1/", authorityFile: files.serverAuthority)
      }
      $0.work.agents[2].principals = ["otto"]
      $0.work.defaultAgent = "checker"
      try configure(&$0)
    } _: {
      try await body(FrontScene(scene: $0))
    }
  }

  // MARK: What happens

  func begin(
    _ id: String, owner: String = "oscar", tenant: String? = "acme", agent: String = "checker",
    context: String = "talk", text: String = "Look at this."
  ) async throws {
    var random = SystemRandomNumberGenerator()
    let order = WorkOrder(
      message: Message(id: "\(id)-1", role: .user, text: text), trace: TraceContext.generate(using: &random))
    let run = RunOpening(
      order, id: id, context: context, agentContext: "inner", facts: .init(owner: owner, tenant: tenant, agent: agent),
      by: owner)
    var batch = run.batch(place: nil, at: 1000)
    // Nobody is to run it.
    batch.memos = []
    try await store(batch)
  }

  func status(_ id: String, _ state: TaskState, _ text: String? = nil, context: String = "talk") async throws {
    let message = text.map { Message(id: "\(id)-\($0)", role: .agent, text: $0, contextID: context, taskID: id) }
    let status = TaskStatus(state, message: message, timestamp: Timestamp(millisecondsSince1970: 2000))
    let event = TaskEvent.status(.init(taskID: id, contextID: context, status: status))
    try await store(
      Batch(
        task: id, entries: [RunRecords.event(event, origin: "checker")],
        change: TaskChange(state: state.word, isFinal: state.isTerminal)))
  }

  func artifact(_ id: String, _ name: String, _ text: String, append: Bool = false) async throws {
    let update = TaskEvent.ArtifactUpdate(
      taskID: id, contextID: "talk", artifact: Artifact(id: name, parts: [.text(text)]), append: append)
    try await store(Batch(task: id, entries: [RunRecords.event(.artifact(update), origin: "checker")]))
  }

  func store(_ batch: Batch) async throws {
    let appended = try await scene.journal.append(batch)
    guard case .stored = appended else {
      throw TLSClient.Failure(description: "nothing was stored of \(batch.task): \(appended)")
    }
  }

  // MARK: Who asks

  /// One call by JSON-RPC: its result, or its error.
  func call(
    _ method: String, _ params: String, at path: String = "/agents/checker", as column: AccessColumn = .owner,
    door: TestGateway.Door = .people, version: String = "1.0"
  ) async throws -> (result: JSONValue?, error: JSONValue?) {
    let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#
    let answer = try #require(
      try await gateway.ask(
        "POST", path, try column.lines() + ["A2A-Version: \(version)"], body: body, door: door,
        showing: try column.certificate()))
    guard answer.status == 200 else { throw TLSClient.Failure(description: "\(answer.status) \(answer.text)") }
    let value = try JSONValue(parsing: answer.body)
    return (value["result"], value["error"])
  }

  /// One call by HTTP+JSON.
  func rest(
    _ method: String, _ path: String, body: String? = nil, as column: AccessColumn = .owner,
    door: TestGateway.Door = .people
  ) async throws -> TestSupport.Answer? {
    try await gateway.ask(
      method, path, try column.lines() + ["A2A-Version: 1.0"], body: body, door: door,
      showing: try column.certificate())
  }

  /// Opens a subscription by HTTP+JSON and reads its head.
  func subscribe(_ id: String, as column: AccessColumn = .owner) async throws -> A2AReader {
    let lines = try column.lines()
    let credential = try column.certificate()
    return try await gateway.client(.people, showing: credential) { client in
      let reader = EventReader(client)
      try reader.ask("/agents/checker/tasks/\(id):subscribe", .get, lines + ["A2A-Version: 1.0"])
      _ = reader.read { $0.head != nil }
      return A2AReader(reader)
    }
  }
}

/// A stream of A2A events as its client reads it.
///
/// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
final class A2AReader: @unchecked Sendable {
  private let reader: EventReader
  private var seen = 0

  init(_ reader: EventReader) { self.reader = reader }

  var status: Int? { reader.head?.status.code }

  /// The next event; nil at the end.
  func next() async throws -> TaskEvent? {
    let event = await onThread { [self] in
      reader.read { $0.events.count > seen || $0.isComplete } && reader.events.count > seen ? reader.events[seen] : nil
    }
    guard let event else { return nil }
    seen += 1
    guard event.type == "message" else {
      throw TLSClient.Failure(description: "\(event.type): \(String(decoding: event.data, as: UTF8.self))")
    }
    return try TaskEvent(reading: JSONValue(parsing: event.data))
  }

  func disconnect() { reader.client.disconnect() }
}

import A2A
import A2AWire
import Identity
import JSON
import Journal
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A gateway's journal, a receiver, and desks between them that come and go as gateways do. Time passes at once where a desk waits.
struct PushStand: Sendable {
  let stand: RecordStand
  let hook: PushHook
  let url: String
  let hub: Hub
  let identities: Identities
  let log = KeptLines()
  let delays = Kept<[Duration]>([])
  private let metrics = Kept(MetricsRegistry())
  private let authority: String

  var journal: any Journal { stand.journal }

  static func run(
    _ script: [PushHook.Answer] = [], on redis: RedisConfiguration? = nil, _ body: (PushStand) async throws -> Void
  ) async throws {
    try await RecordStand.run {
      $0.journal.redis = redis
    } _: { stand async throws in
      try await PushHook.run(script, stand.gateway.files) { hook, url async throws in
        let gateway = stand.gateway.gateway
        let records = try #require(await gateway.records)
        let identity = try #require(await gateway.identity)
        try await body(
          PushStand(
            stand: stand, hook: hook, url: url, hub: records.hub, identities: identity.identities,
            authority: stand.gateway.files.serverAuthority))
      }
    }
  }

  /// From a gateway's start to its end.
  func desk<Value>(_ body: (PushDesk) async throws -> Value) async throws -> Value {
    var configuration = WorkConfiguration()
    configuration.pushAuthorityFile = authority
    configuration.allowsPrivatePush = true
    let metrics = MetricsRegistry()
    self.metrics.set(metrics)
    let started = try await PushDesk.start(
      configuration, hub: hub, identities: identities,
      log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), metrics: metrics,
      surroundings: PushSurroundings(
        now: { .now },
        sleep: { [delays] delay in
          try Task.checkCancellation()
          delays.change { $0.append(delay) }
          await Task.yield()
        },
        random: { 0 }))
    let desk = try #require(started)
    do {
      try await desk.begin()
      let value = try await body(desk)
      await desk.stop()
      return value
    } catch {
      await desk.stop()
      throw error
    }
  }

  // MARK: Who asks

  func asker(_ person: TestPeople = .oscar) throws -> Asker {
    let claims = TokenClaims(
      issuer: TestTokens.issuer, subject: "\(person)", tenant: nil, roles: [], expires: UnixTime(seconds: 1),
      id: nil)
    guard case .known(let principal) = identities.policy.identify(.token(claims)) else {
      throw TLSClient.Failure(description: "nobody knows \(person)")
    }
    return Asker(principal: principal, credential: .token(claims))
  }

  @discardableResult
  func create(
    _ id: String, of task: String, at desk: PushDesk, after offset: Int64? = nil, _ version: ProtocolVersion = .v1,
    by person: TestPeople = .oscar
  ) async throws -> PushConfig {
    try await desk.create(
      PushConfig(url: "\(url)/\(id)", id: id), for: try await self.task(task), after: offset, version, by: asker(person)
    )
  }

  func task(_ id: String) async throws -> StoredTask { try #require(try await journal.task(id)) }

  /// What the journal remembers of a configuration.
  func entry(_ id: String, of task: String, by person: TestPeople = .oscar) async throws -> PushEntry? {
    try await journal.memos(of: task, under: PushEntry.name(id, of: "\(person)")).first.flatMap(PushEntry.init)
  }

  // MARK: What happens

  /// A task of Oscar's.
  func open(_ task: String) async throws {
    let opening = TaskOpening(owner: "oscar", tenant: "acme", agent: "checker", context: "talk")
    let shown = TaskEvent.task(AgentTask(id: task, contextID: "talk", status: TaskStatus(.submitted)))
    try await stand.append(
      Batch(
        task: task, entries: [RunRecords.event(shown, origin: "gateway")], opening: opening,
        change: TaskChange(state: "submitted")))
  }

  /// An artifact with each of these texts, and between them what is not told to anybody.
  func say(_ task: String, _ texts: some Sequence<String>) async throws {
    for text in texts {
      let update = TaskEvent.ArtifactUpdate(
        taskID: task, contextID: "talk", artifact: Artifact(id: text, parts: [.text(text)]))
      try await stand.append(
        Batch(
          task: task,
          entries: [
            RunRecords.note("aside"), RunRecords.event(.artifact(update), origin: "checker"),
            Entry(.event, origin: "checker", payload: Array(#"{"n":1}"#.utf8)),
          ]))
    }
  }

  func end(_ task: String) async throws {
    let status = TaskEvent.status(.init(taskID: task, contextID: "talk", status: TaskStatus(.completed)))
    try await stand.append(
      Batch(
        task: task, entries: [RunRecords.event(status, origin: "checker")],
        change: TaskChange(state: "completed", isFinal: true)))
  }

  // MARK: What was told

  /// Configurations that have more to tell.
  var active: Int? {
    let lines = String(decoding: metrics.value.render(), as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("signalbox_push_configurations ") }?.split(separator: " ").last.flatMap {
      Int($0)
    }
  }

  /// To one configuration: the texts, and `submitted` and `completed` for the beginning and the end.
  func told(_ id: String) -> [String] {
    hook.received.filter { $0.path == "/\(id)" }.map { received in
      switch try? TaskEvent(readingPushBody: received.body) {
      case .artifact(let update): update.artifact.id
      case .status(let update): update.status.state.word
      case .task(let task): task.status.state.word
      case .message, nil: "?"
      }
    }
  }
}

extension [String] {
  /// Each run of the same text as one.
  var withoutRepeats: [String] {
    reduce(into: []) { texts, text in if texts.last != text { texts.append(text) } }
  }
}

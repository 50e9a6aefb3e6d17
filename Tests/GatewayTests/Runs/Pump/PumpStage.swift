import A2A
import A2AWire
import AgentKit
import HTTP
import Identity
import JSON
import Journal
import Synchronization
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A journal, an agent behind a real listener with client certificates, and runs between them.
struct PumpStage {
  let journal: any Journal
  let agent: KnownAgent
  let news = Kept<[RunNews]>([])
  let log: KeptLines

  static func run(
    _ service: (any TaskService)? = nil, agent: any Agent = NoAgent(), versions: [ProtocolVersion] = [.v1],
    _ body: (PumpStage) async throws -> Void
  ) async throws {
    try await ServedAgent.run(agent) {
      $0.versions = versions
    } service: {
      service ?? $0
    } _: { origin async throws in
      try await run(at: origin, body)
    }
  }

  /// - Parameter origin: of an agent that somebody else runs.
  static func run(
    at origin: String, deadlines: RunDeadlines = RunDeadlines(), _ body: (PumpStage) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let log = KeptLines()
    let journal = try await SQLiteJournal.open(
      SQLiteJournalOptions(path: folder.path("journal.sqlite"), clock: UnixClock.milliseconds, newEpoch: { "test" }),
      log: Log(sink: KeptLines(), clock: { 0 }), metrics: MetricsRegistry())
    let loop = try await Loop.start(name: "agent")
    let certificates = try CertificateFiles.certificates()
    let tls = ClientTLS(
      trust: try ServerTrust(authorityPEM: Array(certificates.serverAuthority.certificatePEM.utf8)),
      identity: try TLSIdentity(certificates[.good]))
    let configuration = AgentConfiguration(name: "agent", url: origin, authorityFile: "")
    let agent = try KnownAgent(
      configuration, AgentFiles(tls: tls, cardKeys: nil), deadlines, on: loop, pace: AgentPace(), clock: .system,
      log: Log(sink: KeptLines(), clock: { 0 }))
    let stage = PumpStage(journal: journal, agent: agent, log: log)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(stage)) } catch { outcome = .failure(error) }
    await agent.close()
    await loop.stop()
    await journal.close()
    // The journal is there as long as somebody holds on to it.
    withExtendedLifetime(folder) {}
    try outcome.get()
  }

  // MARK: Tasks

  /// A task that is in the journal, and of which its agent has not heard.
  func open(_ id: String = "t1", message: String = "m1", context: String = "outer") async throws -> RunStart {
    var random = SystemRandomNumberGenerator()
    let order = WorkOrder(
      message: Message(id: message, role: .user, text: "Do it."), trace: TraceContext.generate(using: &random))
    let opening = RunOpening(
      order, id: id, context: context, agentContext: "inner",
      facts: TaskFacts(owner: "kim", tenant: nil, agent: "agent"), by: "kim")
    let batch = opening.batch(place: nil, at: UnixClock.milliseconds())
    guard case .stored(let records) = try await journal.append(batch) else { throw NotOpened() }
    return .fresh(opening.task(records, snapshot: batch.change?.snapshot), opening.memory, opening.message)
  }

  struct NotOpened: Error {}

  func pump(_ start: RunStart, deadlines: RunDeadlines = RunDeadlines(), time: RunTime = .real) -> RunPump {
    RunPump(
      start, at: agent, journal: journal, deadlines: deadlines, time: time,
      log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), random: { 0.1 },
      news: { item in news.change { $0.append(item) } })
  }

  /// As a restart finds it.
  func taken(up id: String = "t1") async throws -> RunStart {
    try #require(try await RestartedRun(id, in: journal)?.start)
  }

  // MARK: What is in the journal

  func records(of id: String = "t1") async throws -> [Record] {
    try await journal.records(.tasks([id]), after: 0, limit: ReadLimit(records: .max)).records
  }

  func trail(of id: String = "t1") async throws -> [String] {
    try await records(of: id).map { Entry($0.kind, origin: $0.origin, payload: $0.payload).short }
  }

  /// The same, with a journal that takes what the agent says in these words when the gate opens.
  func holding(_ words: String, at gate: Gate) -> PumpStage {
    let slow = HeldJournal(base: journal) { batch async throws(JournalError) in
      if batch.entries.contains(where: { String(decoding: $0.payload, as: UTF8.self).contains(words) }) {
        await gate.pass()
      }
    }
    return PumpStage(journal: slow, agent: agent, log: log)
  }

  /// What is in the journal when the end is: nobody reads on behind it.
  func end(of id: String = "t1") async throws -> [String] {
    _ = try await eventually { try await task(id).isFinal }
    return try await trail(of: id)
  }

  func task(_ id: String = "t1") async throws -> StoredTask { try #require(try await journal.task(id)) }

  func memory(of id: String = "t1") async throws -> RunMemory {
    try #require(try await journal.memos(of: id, under: RunMemory.memoName).compactMap(RunMemory.init).first)
  }

  /// Waits until a record of the task is told of so.
  func heard(_ word: String, of id: String = "t1", times: Int = 1) async throws -> Bool {
    try await eventually { try await trail(of: id).count { $0 == word } >= times }
  }

  /// What everyone may check of a task that has ended: numbers without a hole, one end, the snapshot is what the records say.
  func expectWhole(_ id: String = "t1", as state: TaskState) async throws {
    let records = try await records(of: id)
    #expect(records.map(\.seq) == (1...records.count).map(Int64.init))
    let task = try await task(id)
    #expect(task.isFinal && task.state == state.word)
    var image = TaskImage(task: AgentTask(id: id, contextID: "outer", status: TaskStatus(.submitted)))
    for record in records { image.take(record) }
    let kept = try #require(task.snapshot.flatMap(TaskImage.init(reading:)))
    var current = kept
    for record in records { current.take(record) }
    #expect(current.task == image.task)
    #expect(image.task.status.state == state)
    #expect(kept.task.status.state == state)
  }
}

struct NoAgent: Agent {
  let profile = AgentProfile(
    name: "none", description: "Does nothing.", version: "1",
    skills: [AgentSkill(id: "none", name: "None", description: "Nothing.", tags: ["none"])])

  func run(_ context: TaskContext) async throws -> AgentMessage? { nil }
}

extension RunTime {
  static let real = RunTime(
    now: { RunMoment(wall: UnixClock.milliseconds(), steady: UnixClock.steadyMilliseconds()) },
    sleep: { try await Task.sleep(for: .milliseconds($0)) })
}

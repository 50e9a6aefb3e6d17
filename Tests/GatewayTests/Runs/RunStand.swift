import A2A
import HTTP
import Identity
import Journal
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// The table of runs on a real journal, with runs that do what the test says.
struct RunStand: Sendable {
  let runs: Runs
  let journal: any Journal
  let made: MadeRuns
  let metrics: MetricsRegistry

  /// Starts on the journal in this folder, runs `body`, and stops: the next stand in the same folder is the gateway after a restart.
  static func run<Value>(
    _ folder: TemporaryFolder, agents: [String: Int] = ["checker": 2], limits: WorkLimits = WorkLimits(),
    submitsPerMinute: Int = 0, clock: GatewayClock = .system, on redis: RedisConfiguration? = nil,
    configure: (inout WorkConfiguration) -> Void = { _ in },
    wrap: (any Journal) -> any Journal = { $0 },
    _ body: (RunStand) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let log = Log(sink: KeptLines(), minimumLevel: .error, clock: { 0 })
    let metrics = MetricsRegistry()
    let newEpoch: @Sendable () -> String = { "e\(UInt32.random(in: 0 ... .max))" }
    let journal: any Journal
    if let redis {
      let options = try redis.options(clock: clock.milliseconds, newEpoch: newEpoch)
      journal = try await RedisJournal.open(options, log: log, metrics: metrics)
    } else {
      journal = try await SQLiteJournal.open(
        SQLiteJournalOptions(path: folder.path("journal.sqlite"), clock: clock.milliseconds, newEpoch: newEpoch),
        log: log, metrics: metrics)
    }
    var configuration = WorkConfiguration()
    configuration.limits = limits
    let files = try CertificateFiles.written()
    configuration.agents = agents.sorted { $0.key < $1.key }.map { name, places in
      var agent = AgentConfiguration(
        name: name, url: "https://127.0.0.1:1/", authorityFile: files.serverAuthority)
      agent.running = places
      return agent
    }
    configure(&configuration)
    let directory = try await AgentDirectory.start(
      configuration, gatewayLoops: 2, clock: clock, log: log, metrics: metrics)
    var rates = IdentityConfiguration.RateLimits()
    rates.submitsPerPrincipal = submitsPerMinute
    let made = MadeRuns(journal)
    let runs = Runs(
      journal: wrap(journal), directory: directory, configuration: configuration,
      rates: RateGate(limits: rates, clock: clock), clock: clock, log: log, metrics: metrics,
      orders: journal.leases.map { OrderDesk($0, clock: clock) }, line: (journal as? RedisJournal)?.line
    ) { start, _, fence in made.make(start, under: fence) }
    let outcome: Result<Value, any Error>
    do {
      if journal.leases == nil { try await runs.begin() }
      outcome = .success(try await body(RunStand(runs: runs, journal: journal, made: made, metrics: metrics)))
    } catch {
      outcome = .failure(error)
    }
    await runs.stop()
    await directory.stop()
    // The files go with it.
    withExtendedLifetime(files) {}
    await journal.close()
    return try outcome.get()
  }

  @discardableResult
  func submit(
    _ text: String = "Look at this.", to agent: String? = nil, by asker: Asker = .probe("kim"), key: String? = nil,
    context: String? = nil
  ) async throws -> Submitted {
    try await runs.submit(.saying(text, to: agent, key: key, context: context), by: asker)
  }

  func refusal(_ order: WorkOrder, by asker: Asker = .probe("kim")) async throws -> Refusal? {
    do {
      _ = try await runs.submit(order, by: asker)
      return nil
    } catch let refusal as Refusal {
      return refusal
    }
  }

  func task(_ id: String) async throws -> StoredTask {
    guard let task = try await journal.task(id) else { throw TLSClient.Failure(description: "no task \(id)") }
    return task
  }

  /// The task as all its records tell it.
  func image(_ id: String) async throws -> TaskImage? {
    try await RestartedRun.image(of: try await task(id), in: journal)
  }

  func records(_ id: String) async throws -> [Record] {
    try await journal.records(.tasks([id]), after: 0, limit: ReadLimit(records: 10_000)).records
  }

  func memory(_ id: String) async throws -> RunMemory? {
    try await journal.memos(of: id, under: RunMemory.memoName).first.flatMap(RunMemory.init)
  }
}

extension WorkOrder {
  static func saying(
    _ text: String, to agent: String? = nil, key: String? = nil, context: String? = nil
  ) -> WorkOrder {
    var random = SystemRandomNumberGenerator()
    var order = WorkOrder(
      message: Message(id: "m-\(UInt64.random(in: 0 ... .max))", role: .user, text: text, contextID: context),
      trace: .generate(using: &random))
    (order.agent, order.key) = (agent, key)
    return order
  }
}

extension Asker {
  /// May do everything with tasks of the own, unless it is said otherwise.
  func wanting(_ act: RunCommand.Act, id: String = "c1") -> RunCommand {
    RunCommand(id: id, by: principal.name, act: act)
  }

  static func probe(
    _ name: String, _ actions: Set<Action> = [.watch, .submit, .cancel, .answer], _ tasks: TaskScope = .own,
    agents: AgentScope = .all
  ) -> Asker {
    Asker(
      principal: Principal(
        name: name, tenant: nil, roles: [],
        grants: [Grant(actions: actions, tasks: tasks, agents: agents, source: "test")]),
      credential: .certificate(
        CertificateClaims(uris: [], dnsNames: [], fingerprint: "", serial: "", expires: UnixTime(seconds: 0))))
  }
}

/// All runs that were made.
final class MadeRuns: Sendable {
  private let journal: any Journal
  private let all = Mutex<[ScriptedRun]>([])

  init(_ journal: any Journal) { self.journal = journal }

  func make(_ start: RunStart, under fence: Fence?) -> any Run {
    let run = ScriptedRun(start, journal, under: fence)
    all.withLock { $0.append(run) }
    return run
  }

  var tasks: [String] { all.withLock { $0.map(\.start.task.id) } }

  /// Waits for the run of a task.
  func run(of task: String) async throws -> ScriptedRun {
    _ = await eventually { self.tasks.contains(task) }
    guard let run = all.withLock({ $0.last { $0.start.task.id == task } }) else {
      throw TLSClient.Failure(description: "no run of \(task) was made")
    }
    return run
  }
}

/// A run that ends when the test says so.
final class ScriptedRun: Run {
  let start: RunStart
  private let journal: any Journal
  private let fence: Fence?
  private let over = Gate()
  private let heard = Mutex<[String]>([])
  /// It takes its time to let go.
  let lingers = Mutex(false)

  init(_ start: RunStart, _ journal: any Journal, under fence: Fence?) {
    self.start = start
    self.journal = journal
    self.fence = fence
  }

  var isFresh: Bool { if case .fresh = start { true } else { false } }
  /// What it was told.
  var words: [String] { heard.withLock { $0 } }

  func run() async { await over.pass() }
  func take(_ command: RunCommand) async throws -> CommandReceipt {
    let words = if case .say(let message) = command.act { message.text } else { command.word }
    heard.withLock { $0.append("\(words) by \(command.by)") }
    return CommandReceipt(id: command.id, task: start.task.id, command: command.word, seq: 99)
  }
  func stop() async { if !lingers.withLock({ $0 }) { over.open() } }

  /// Lets go without an end, as when the journal is full.
  func giveUp() { over.open() }

  /// Remembers so much of its agent.
  func remember(_ phase: RunMemory.Phase) async throws {
    guard case .fresh(let task, var memory, _) = start else { return }
    memory.phase = phase
    _ = try await journal.remember([memory.memo], of: task.id)
  }

  /// Ends the task.
  func finish(_ state: TaskState = .completed) async throws {
    let id = start.task.id
    let event = TaskEvent.status(
      .init(taskID: id, contextID: start.task.opening.context ?? id, status: TaskStatus(state)))
    var batch = Batch(
      task: id, entries: [RunRecords.event(event, origin: "checker")],
      change: TaskChange(state: state.word, isFinal: true))
    batch.fence = fence
    _ = try await journal.append(batch)
    over.open()
  }
}

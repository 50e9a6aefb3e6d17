import A2A
import HTTP
import Identity
import Journal
import Telemetry

/// The work that the gateway has agents do: begins it, goes on with it, stops it. One for the gateway.
actor Runs {
  let journal: any Journal
  let directory: AgentDirectory
  let clock: GatewayClock
  let log: Log
  let metrics: RunMetrics
  let rates: RateGate
  let spans: (any SpanSink)?
  /// Makes the run of a task that has a place.
  let makeRun: @Sendable (RunStart, KnownAgent) -> any Run
  var queue: AdmissionQueue
  var live: [String: LiveTask] = [:]
  var contexts = InnerContexts()
  /// Tells places to those who wait, while somebody does.
  var teller: Task<Void, Never>?
  /// The runs that the journal knew of at the start. Nil before the start.
  var restart: Task<Void, any Error>?
  /// After one that has failed: waits, and begins the next.
  var nextRestart: Task<Void, Never>?
  private(set) var isStopping = false

  /// A task of which this gateway has something to do.
  enum LiveTask {
    /// It is being journaled.
    case opening(hasPlace: Bool)
    case waiting(WaitingTask)
    /// It has a place; nil for the moment until its run is made.
    case running((any Run)?, Task<Void, Never>?)
    /// It is being ended before its agent heard of it.
    case leaving
  }

  init(
    journal: any Journal, directory: AgentDirectory, configuration: WorkConfiguration, rates: RateGate,
    clock: GatewayClock, log: Log, metrics: MetricsRegistry, spans: (any SpanSink)? = nil,
    makeRun: @escaping @Sendable (RunStart, KnownAgent) -> any Run
  ) {
    self.journal = journal
    self.directory = directory
    self.rates = rates
    self.clock = clock
    self.log = log
    self.metrics = RunMetrics(metrics)
    self.spans = spans
    self.makeRun = makeRun
    queue = AdmissionQueue(configuration.limits)
    for agent in configuration.agents { _ = queue.setPlaces(agent.running, of: agent.name) }
  }

  /// Says something to an agent that works on a task or waits for somebody. Returns when it is in the journal.
  func send(_ message: Message, to task: StoredTask, by asker: Asker) async throws {
    guard !message.parts.isEmpty else { throw Refusal.noMessageParts }
    switch try await whereabouts(of: task) {
    case .ended(let state): throw Refusal.ended(state)
    case .waiting: throw Refusal.stillWaiting
    case .running(let run): try await run.send(message, by: asker.principal.name)
    }
  }

  /// Asks the agent to stop. Returns when it has answered, or cannot be asked.
  func cancel(_ task: StoredTask, by asker: Asker) async throws -> CancelOutcome {
    switch try await whereabouts(of: task) {
    case .ended(let state): return .ended(state ?? .failed)
    case .waiting: return try await cancelWaiting(task, by: asker)
    case .running(let run): return await run.cancel(by: asker.principal.name)
    }
  }

  /// Lets go of the agents; their tasks go on, and are taken up again after the next start.
  func stop() async {
    isStopping = true
    teller?.cancel()
    nextRestart?.cancel()
    restart?.cancel()
    _ = await restart?.result
    await nextRestart?.value
    await teller?.value
    let runs = live.values.compactMap { task in
      if case .running(let run, let work) = task { (run: run, work: work) } else { nil }
    }
    for (run, work) in runs {
      if let run { await run.stop() } else { work?.cancel() }
    }
    for (_, work) in runs { await work?.value }
    live = [:]
  }

  /// What a reload has brought: agents may have more places, or fewer.
  func adopt(_ agents: [AgentConfiguration]) {
    for agent in agents {
      for ticket in queue.setPlaces(agent.running, of: agent.name) { placed(ticket) }
    }
    count()
  }

  // MARK: One task

  private enum Whereabouts {
    case ended(TaskState?)
    case waiting
    case running(any Run)
  }

  /// Throws 409 for the tasks of producers.
  private func whereabouts(of task: StoredTask) async throws -> Whereabouts {
    // What was known before the start is all known again behind this.
    try await restart?.value
    if task.isFinal { return .ended(TaskState(word: task.state)) }
    switch live[task.id] {
    case .running(let run?, _): return .running(run)
    case .waiting, .opening, .leaving, .running(nil, _): return .waiting
    case nil: break
    }
    // It may have ended since it was read.
    if let now = try await journal.task(task.id), now.isFinal { return .ended(TaskState(word: now.state)) }
    guard try await journal.memos(of: task.id, under: RunMemory.memoName).isEmpty else { throw Refusal.endingNow }
    throw Refusal.notRunHere
  }

  // MARK: Figures

  struct Figures: Sendable, Equatable {
    let running: Int
    let waiting: Int
  }

  var figures: Figures { Figures(running: queue.runningCount, waiting: queue.waitingCount) }

  /// After each change.
  func count() { metrics.standing(running: queue.runningCount, waiting: queue.waitingCount) }
}

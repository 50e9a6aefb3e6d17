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
  let makeRun: @Sendable (RunStart, KnownAgent, Fence?) -> any Run
  /// Takes commands to other gateways. Nil where there are none.
  let orders: OrderDesk?
  /// Under which all runs are that are live here. Nil: there are no other gateways, or this one has no lease at the moment.
  var fence: Fence?
  var queue: AdmissionQueue
  /// Places of all gateways of the journal together. Nil where this one is alone.
  let line: RedisLine?
  /// The number of the last ticket of that line that this gateway has heard of.
  var seenTickets: Int64 = 0
  /// How many waited when it was last looked at.
  var lineLength = 0
  var live: [String: LiveTask] = [:]
  var contexts = InnerContexts()
  /// Tells places to those who wait, while somebody does.
  var teller: Task<Void, Never>?
  /// The task of which a place is being journaled, and who waits for that.
  var telling: String?
  var afterTelling: [CheckedContinuation<Void, Never>] = []
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
    /// It is being ended before its agent heard of it; who waits to hear whether it has.
    case leaving([CheckedContinuation<Void, Never>])
  }

  init(
    journal: any Journal, directory: AgentDirectory, configuration: WorkConfiguration, rates: RateGate,
    clock: GatewayClock, log: Log, metrics: MetricsRegistry, spans: (any SpanSink)? = nil, orders: OrderDesk? = nil,
    line: RedisLine? = nil,
    makeRun: @escaping @Sendable (RunStart, KnownAgent, Fence?) -> any Run
  ) {
    self.journal = journal
    self.directory = directory
    self.rates = rates
    self.clock = clock
    self.log = log
    self.metrics = RunMetrics(metrics)
    self.spans = spans
    self.makeRun = makeRun
    self.orders = orders
    self.line = line
    queue = AdmissionQueue(configuration.limits, isShared: line != nil)
    for agent in configuration.agents { _ = queue.setPlaces(agent.running, of: agent.name) }
  }

  /// Takes a command: it is in the journal when this returns. The same one again has the same answer, also when the task has ended since.
  /// Whether its sender may give it is not asked here.
  /// - Parameter mayForward: false for what another gateway has brought here.
  func take(_ command: RunCommand, on task: StoredTask, mayForward: Bool = true) async throws -> CommandReceipt {
    if case .say(let message) = command.act, message.parts.isEmpty { throw Refusal.noMessageParts }
    if let receipt = try await receipt(again: command, in: task.id) { return receipt }
    do {
      return try await takeFirst(command, on: task, mayForward)
    } catch let refusal as Refusal {
      // It may have been taken, and all be over, since it was looked for.
      guard let receipt = try await receipt(again: command, in: task.id) else { throw refusal }
      return receipt
    }
  }

  private func takeFirst(
    _ command: RunCommand, on task: StoredTask, _ mayForward: Bool
  ) async throws -> CommandReceipt {
    if case .review(let review) = command.act { return try await keep(review, command, on: task) }
    switch try await whereabouts(of: task) {
    case .ended(let state): throw try await refusal(of: command, to: task) ?? Refusal.ended(state)
    case .running(let run):
      do {
        return try await run.take(command)
      } catch let refusal as Refusal where refusal.code == Refusal.ended(nil).code {
        throw try await self.refusal(of: command, to: task) ?? refusal
      } catch let refusal as Refusal where refusal == .endingNow && orders != nil && !isStopping {
        // It is another's since a moment.
        return try await forward(command, to: task, mayForward)
      }
    case .elsewhere: return try await forward(command, to: task, mayForward)
    case .waiting:
      guard case .cancel = command.act, let receipt = try await cancelWaiting(task, command) else {
        throw Refusal.stillWaiting
      }
      return receipt
    }
  }

  /// The answer to a command that was taken before. Throws where it was another one.
  func receipt(again command: RunCommand, in task: String) async throws -> CommandReceipt? {
    guard let known = try await memory(of: command.key, in: task) else { return nil }
    guard let receipt = known.receipt(for: command, of: task) else { throw Refusal.commandIDTaken }
    return receipt
  }

  /// What is remembered of a command; nil where it never came.
  func memory(of command: RunCommand.Key, in task: String) async throws(JournalError) -> CommandMemory? {
    let name = CommandMemory.name(of: command)
    return try await journal.memos(of: task, under: name).first { $0.name == name }.flatMap { CommandMemory($0) }
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
    for case .leaving(let others) in live.values { for other in others { other.resume() } }
    live = [:]
  }

  /// What a reload has brought: agents may have more places, or fewer.
  func adopt(_ agents: [AgentConfiguration]) async {
    for agent in agents {
      for ticket in queue.setPlaces(agent.running, of: agent.name) { placed(ticket) }
    }
    count()
    await settleLine()
  }

  // MARK: One task

  private enum Whereabouts {
    case ended(TaskState?)
    case waiting
    case running(any Run)
    /// Another gateway has it, or it is on its way from there.
    case elsewhere
  }

  /// Throws 409 for the tasks of producers.
  private func whereabouts(of task: StoredTask) async throws -> Whereabouts {
    // What was known before the start is all known again behind this.
    try await restart?.value
    if task.isFinal { return .ended(TaskState(word: task.state)) }
    await hasLeft(task.id)
    switch live[task.id] {
    case .running(let run?, _): return .running(run)
    case .waiting, .opening, .leaving, .running(nil, _): return .waiting
    case nil: break
    }
    // It may have ended since it was read.
    let now = try await journal.task(task.id)
    if let now, now.isFinal { return .ended(TaskState(word: now.state)) }
    if orders != nil, let lease = now?.lease {
      // Its next owner is not to be waited for by a gateway that ends.
      if isStopping, lease == fence { throw Refusal.endingNow }
      return .elsewhere
    }
    guard try await journal.memos(of: task.id, under: RunMemory.memoName).isEmpty else { throw Refusal.endingNow }
    throw Refusal.notRunHere
  }

  // MARK: Figures

  struct Figures: Sendable, Equatable {
    let running: Int
    let waiting: Int
  }

  /// The same by agent; where there are none, there is no entry.
  struct Load: Sendable {
    let all: Figures
    let runningAtAgent: [String: Int]
    let waitingAtAgent: [String: Int]
  }

  var figures: Figures { Figures(running: queue.runningCount, waiting: queue.waitingCount) }

  var load: Load {
    Load(all: figures, runningAtAgent: queue.runningAtAgent, waitingAtAgent: queue.waitingAtAgent)
  }

  /// After each change.
  func count() { metrics.standing(running: queue.runningCount, waiting: queue.waitingCount) }
}

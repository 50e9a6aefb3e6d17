import A2A
import A2AWire
import HTTP
import Identity
import Journal
import Telemetry
import Wire

/// Who is told of which task by push notifications. What is due is in the journal, so nothing of it is lost with the gateway: each receiver
/// is told from where it was told last, in order, at least once, for as long as the task is kept and its owner may watch it.
actor PushDesk {
  /// Of one task and owner.
  static let configLimit = 16
  static let idLimit = 256

  private struct Key: Hashable {
    let task: String
    let name: String
  }

  private struct Worker {
    let number: Int
    let task: Task<Void, Never>
  }

  let hub: Hub
  private let identities: Identities
  private let courier: PushCourier
  private let loop: Loop
  private let surroundings: PushSurroundings
  let log: Log
  private let active: Gauge
  private var workers: [Key: Worker] = [:]
  private var lastNumber = 0
  private var isStopped = false
  /// The last change that was asked for: one is made after the other.
  private var lastChange: Task<Void, Never>?
  /// Under which receivers are told from here. Nil: this gateway has the journal alone, or no lease at the moment.
  var fence: Fence?
  /// What was alive when it was last looked whose receivers nobody tells. Nil: it is to be looked now.
  var alive: Set<Fence>?

  var journal: any Journal { hub.journal }

  /// Nil where no authority is configured. Throws with the file that is wrong; nothing is left open then.
  static func start(
    _ configuration: WorkConfiguration, hub: Hub, identities: Identities, log: Log, metrics: MetricsRegistry,
    surroundings: PushSurroundings = .real
  ) async throws -> PushDesk? {
    // Also where none are sent: what can be measured does not come and go with a setting.
    let telemetry = PushTelemetry(log: log, metrics: metrics)
    let active = metrics.gauge(
      "signalbox_push_configurations", help: "Push configurations of tasks that have more to tell.")
    guard let tls = try await readTLS(configuration) else { return nil }
    let loop = try await Loop.start(name: "push")
    do {
      var options = PushOptions()
      options.allowsPrivateAddresses = configuration.allowsPrivatePush
      // What is due is kept in the journal, as long as the task is.
      options.attempts = nil
      options.giveUpAfter = nil
      options.backoff.longest = .seconds(300)
      options.attemptsAtOnce = 128
      let courier = try PushCourier(
        loop: loop, tls: tls, options: options, surroundings: surroundings, telemetry: telemetry)
      return PushDesk(hub, identities, courier, loop, surroundings, log, active)
    } catch {
      await loop.stop()
      throw error
    }
  }

  /// What receivers must show. Nil where no authority is configured. Throws with the file that is wrong.
  static func readTLS(_ configuration: WorkConfiguration) async throws -> ClientTLS? {
    guard let file = configuration.pushAuthorityFile else { return nil }
    return ClientTLS(trust: try await BlockingPool.shared.run { try ServerTrust.load(authorityFile: file) })
  }

  private init(
    _ hub: Hub, _ identities: Identities, _ courier: PushCourier, _ loop: Loop, _ surroundings: PushSurroundings,
    _ log: Log, _ active: Gauge
  ) {
    (self.hub, self.identities, self.courier, self.loop) = (hub, identities, courier, loop)
    (self.surroundings, self.log, self.active) = (surroundings, log, active)
  }

  /// Takes up what was due when the gateway stopped, also of tasks that have ended meanwhile.
  func begin() async throws(JournalError) {
    // Otherwise it begins with the lease.
    guard journal.leases == nil else { return }
    for found in try await journal.memos(under: PushEntry.family, ofRunning: false) {
      guard let entry = PushEntry(found.memo) else {
        log.error("a push configuration cannot be read", ["task": .string(found.task)])
        continue
      }
      if !entry.isDone { start(entry, of: found.task) }
    }
  }

  /// What is under way is told again after the next start.
  func stop() async {
    isStopped = true
    await lastChange?.value
    let tasks = workers.values.map(\.task)
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    await courier.close()
    await loop.stop()
  }

  /// New connections demand this from now on. An authority that was not there at the start takes a restart.
  func adopt(_ tls: ClientTLS) async throws(WireError) {
    try await courier.reload(tls)
  }

  // MARK: Configurations

  /// Throws `invalidParams` for a configuration that could never be delivered to.
  nonisolated func check(_ config: PushConfig) throws(A2AError) {
    try courier.check(config)
    guard config.id?.utf8.count ?? 0 <= Self.idLimit else {
      throw A2AError(.invalidParams, "The id of a push configuration has at most \(Self.idLimit) bytes.")
    }
  }

  /// Tells a receiver of everything behind an offset. One with the same id that the asker has made takes its place.
  /// - Parameter offset: nil: of what happens from now on.
  func create(
    _ config: PushConfig, for task: StoredTask, after offset: Int64? = nil, _ version: ProtocolVersion, by asker: Asker
  ) async throws -> PushConfig {
    try check(config)
    var config = config
    config.taskID = task.id
    if config.id?.isEmpty ?? true { config.id = TaskID.make() }
    let entry = PushEntry(
      config, version, of: asker.principal, asker.credential.claims, offset: offset ?? task.lastOffset)
    try await inTurn { try await self.put(entry, for: task.id) }
    return config
  }

  /// Those that the asker has made, by id.
  func configs(of task: String, by asker: Asker) async throws(JournalError) -> [PushConfig] {
    try await journal.memos(of: task, under: PushEntry.names(of: asker.principal.name)).compactMap {
      PushEntry($0)?.config
    }
  }

  /// Returns when nothing more is told. Deleting what is not there is no mistake.
  func delete(_ id: String, of task: String, by asker: Asker) async throws {
    let name = PushEntry.name(id, of: asker.principal.name)
    try await inTurn {
      await self.end(Key(task: task, name: name))
      _ = try await self.journal.remember([Memo(name, nil)], of: task)
    }
  }

  private func put(_ entry: PushEntry, for task: String) async throws {
    guard !isStopped else { throw JournalError(.closed, "The gateway is stopping.") }
    let known = try await journal.memos(of: task, under: PushEntry.names(of: entry.owner))
    guard known.count < Self.configLimit || known.contains(where: { $0.name == entry.name }) else {
      throw A2AError(
        .invalidParams, "You have \(known.count) push configurations for this task, which is all. Delete one first.")
    }
    await end(Key(task: task, name: entry.name))
    guard journal.leases == nil || fence != nil else { throw Refusal.runMoving }
    var entry = entry
    entry.sender = fence
    guard try await journal.remember([entry.memo], of: task) else {
      throw A2AError(.taskNotFound, "There is no task \(task).")
    }
    // Under a lease that is over since, it is found by whoever looks next.
    if entry.sender != fence { alive = nil }
    start(entry, of: task)
  }

  /// After all changes that were asked for before.
  private func inTurn(_ change: @escaping @Sendable () async throws -> Void) async throws {
    let before = lastChange
    let task = Task {
      await before?.value
      try await change()
    }
    lastChange = Task { _ = await task.result }
    try await task.value
  }

  // MARK: Work

  func start(_ entry: PushEntry, of task: String) {
    guard !isStopped, entry.sender == fence else { return }
    lastNumber += 1
    let key = Key(task: task, name: entry.name)
    let number = lastNumber
    let round = PushRound(task: task, entry: entry, hub: hub, loop: loop, courier: courier) { [identities] in
      identities.mayWatch($0, $1)
    }
    let worker = Task(executorPreference: loop.tasks) { await self.work(round, key, number) }
    workers[key] = Worker(number: number, task: worker)
    active.set(workers.count)
  }

  func isTelling(_ entry: PushEntry, of task: String) -> Bool {
    workers[Key(task: task, name: entry.name)] != nil
  }

  /// Returns when nothing is told any more.
  func endTelling(_ entry: PushEntry, of task: String) async {
    await end(Key(task: task, name: entry.name))
  }

  /// Others tell from now on. Waits for nothing.
  func endAll() {
    for worker in workers.values { worker.task.cancel() }
  }

  private func end(_ key: Key) async {
    guard let worker = workers[key] else { return }
    worker.task.cancel()
    await worker.task.value
  }

  private nonisolated func work(_ round: PushRound, _ key: Key, _ number: Int) async {
    var failures = 0
    while true {
      do throws(JournalError) {
        return await ended(key, number, try await round.run())
      } catch {
        failures += 1
        log.warning(
          "push notifications wait for the journal",
          ["task": .string(key.task), "why": .string(error.description)])
      }
      let delay = courier.delay(after: failures)
      guard (try? await surroundings.sleep(delay)) != nil else { return await ended(key, number, .stopped) }
    }
  }

  private func ended(_ key: Key, _ number: Int, _ end: PushRound.End) async {
    switch end {
    case .done, .gone, .stopped:
      break
    case .forbidden:
      log.info(
        "push notifications ended: their owner may not watch the task any more", ["task": .string(key.task)])
      _ = try? await journal.remember([Memo(key.name, nil)], of: key.task)
    case .unusable(let why):
      log.warning("push configuration cannot be used", ["task": .string(key.task), "why": .string(why)])
    }
    if workers[key]?.number == number { workers[key] = nil }
    active.set(workers.count)
  }
}

extension Identities {
  /// Whether whoever has asked for it may watch the task, by the policy of this moment. The credential that was shown then need not be
  /// good any more: what it was asked for lasts longer.
  fileprivate func mayWatch(_ entry: PushEntry, _ task: TaskFacts) -> Bool {
    guard case .known(let principal) = policy.identify(entry.claims), principal.name == entry.owner,
      principal.tenant == entry.tenant
    else { return false }
    return principal.decide(.watch, on: .task(task)).isAllowed
  }
}

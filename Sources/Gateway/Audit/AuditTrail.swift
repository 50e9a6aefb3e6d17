import Identity
import Synchronization
package import Telemetry
import Wire

/// Keeps what happened: a file of JSON lines, and the last ones in memory for operators. Any thread; never waits for the disk on a loop.
///
/// What the disk does not take waits in memory and is tried again with each record that follows. When too many wait, the newest are
/// left out, and counted, and a record says how many as soon as there is room.
package final class AuditTrail: Sendable {
  private static let kept = 1000
  private static let batch = 256

  private let clock: GatewayClock
  private let log: Log
  private let metrics: AuditMetrics
  /// How many may wait for the disk.
  private let limit: Int
  private let state: Mutex<State>

  private struct State: Sendable {
    var file: AppendFile
    var ring = AuditRing(capacity: AuditTrail.kept)
    var lastID: Int64
    var waiting: [AuditEntry] = []
    /// Records left out since the last one that was taken.
    var lost = 0
    var writer = Writer.idle
    /// The last try failed. The next record is the next try.
    var isFailing = false
  }

  private enum Writer: Sendable {
    case idle
    case writing(flushes: [CheckedContinuation<Void, Never>])
  }

  /// Opens the file, or makes it, for this user alone. Throws when that cannot be. Blocks on the disk.
  package convenience init(file: String, clock: GatewayClock, log: Log, metrics: MetricsRegistry) throws {
    try self.init(file: file, clock: clock, log: log, metrics: metrics, limit: 8192)
  }

  init(file: String, clock: GatewayClock, log: Log, metrics: MetricsRegistry, limit: Int) throws {
    self.clock = clock
    self.log = log
    self.metrics = AuditMetrics(metrics)
    self.limit = limit
    // Ids go on growing from one run to the next, as long as there are less than a thousand records a second.
    state = Mutex(State(file: try AppendFile(file), lastID: clock.now().seconds * 1000))
  }

  package func write(_ record: AuditRecord) {
    let record = record.printable
    let (mustStart, isFirstLoss) = state.withLock { state in
      if state.lost > 0, state.waiting.count + 1 < limit {
        let loss = Self.loss(of: state.lost)
        state.lost = 0
        append(loss, to: &state)
      }
      append(record, to: &state)
      return (begin(&state), state.lost == 1)
    }
    if isFirstLoss { log.error("audit records are being lost", ["waiting": .int(limit)]) }
    if mustStart { startWriting() }
  }

  /// The first `limit` records behind that id; without an id the last `limit` ones. Oldest first; of those that are in memory.
  func entries(after id: Int64?, limit: Int) -> [AuditEntry] {
    state.withLock { $0.ring.entries(after: id, limit: limit) }
  }

  /// Returns when all records so far are in the file, or when that was tried once more in vain.
  package func flush() async {
    await withCheckedContinuation { continuation in
      let mustStart = state.withLock { state in
        let mustStart = begin(&state)
        guard case .writing(let flushes) = state.writer else { preconditionFailure("Somebody writes after begin.") }
        state.writer = .writing(flushes: flushes + [continuation])
        return mustStart
      }
      if mustStart { startWriting() }
    }
  }

  /// Goes on in a file of that name, which may be another one by now: somebody may have moved the old one away. Throws, and goes on in
  /// the old one, when that cannot be.
  package func reopen() async throws {
    let path = state.withLock { $0.file.path }
    let file = try await BlockingPool.shared.run { try AppendFile(path) }
    state.withLock { $0.file = file }
    await flush()
  }

  private func append(_ record: AuditRecord, to state: inout State) {
    state.lastID += 1
    let entry = AuditEntry(id: state.lastID, time: clock.now(), record: record)
    metrics.count(record)
    state.ring.append(entry)
    if state.waiting.count < limit {
      state.waiting.append(entry)
    } else {
      state.lost += 1
      metrics.lost.add()
    }
  }

  private static func loss(of count: Int) -> AuditRecord {
    var record = AuditRecord(.loss, .failed, from: "gateway")
    record.detail = "The \(count) records before this one are not in the file, because it could not be written."
    return record
  }
}

// MARK: - Writing to the file

extension AuditTrail {
  /// - Returns: whether the caller has to start the writer, which was idle.
  private func begin(_ state: inout State) -> Bool {
    if case .writing = state.writer { return false }
    state.writer = .writing(flushes: [])
    return true
  }

  private func startWriting() {
    Task.detached { [self] in
      while let (file, entries) = next() {
        do {
          try await BlockingPool.shared.run { try file.append(entries.flatMap(\.line)) }
          succeed(with: entries.count)
        } catch {
          return fail(error)
        }
      }
    }
  }

  /// What is to be written next. Nil when that is nothing; the writer is idle then.
  private func next() -> (AppendFile, [AuditEntry])? {
    let (work, flushes) = state.withLock { state -> ((AppendFile, [AuditEntry])?, [CheckedContinuation<Void, Never>]) in
      guard state.waiting.isEmpty else { return ((state.file, Array(state.waiting.prefix(Self.batch))), []) }
      return (nil, end(&state))
    }
    for flush in flushes { flush.resume() }
    return work
  }

  private func succeed(with count: Int) {
    let hasRecovered = state.withLock { state in
      state.waiting.removeFirst(count)
      defer { state.isFailing = false }
      return state.isFailing
    }
    if hasRecovered { log.warning("audit records are written again") }
  }

  private func fail(_ error: any Error) {
    metrics.failures.add()
    let (isNew, waiting, flushes) = state.withLock { state in
      defer { state.isFailing = true }
      return (!state.isFailing, state.waiting.count, end(&state))
    }
    if isNew { log.error("audit records not written", ["error": .string("\(error)"), "waiting": .int(waiting)]) }
    for flush in flushes { flush.resume() }
  }

  /// - Returns: those who wait for the end.
  private func end(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    defer { state.writer = .idle }
    guard case .writing(let flushes) = state.writer else { return [] }
    return flushes
  }
}

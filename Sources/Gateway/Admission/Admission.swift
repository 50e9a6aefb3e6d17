import Synchronization

/// The desk at which everybody passes who opens a stream, with those who stand before it. Any thread: one short lock.
///
/// A waiting stream is a suspended task and a few words here: nothing was read for it yet.
final class Admission: Sendable {
  enum Verdict: Sendable, Equatable {
    case admitted
    /// It may come again after so many milliseconds.
    case deferred(Int64)
    /// The same, because the gateway is going away.
    case draining(Int64)
    case tooMany
    /// Whoever waited does not any more.
    case left
  }

  private typealias Continuation = CheckedContinuation<Verdict, Never>
  /// What is told to whom, once the lock is open.
  private typealias Tidings = [(Continuation, Verdict)]

  private struct Wait {
    let ticket: AdmissionTicket
    var continuations: [UInt64: Continuation]
  }

  private struct State {
    var desk: AdmissionDesk
    var waits: [UInt64: Wait] = [:]
    /// Those who had gone before they were here.
    var cancelled: Set<UInt64> = []
    var lastNumber: UInt64 = 0
    var alarm: (time: Int64, task: Task<Void, Never>)?
    var isClosed = false

    mutating func number() -> UInt64 {
      lastNumber += 1
      return lastNumber
    }
  }

  private let clock: AdmissionClock
  private let metrics: AdmissionMetrics
  private let state: Mutex<State>

  init(_ settings: AdmissionDesk.Settings, clock: AdmissionClock, metrics: AdmissionMetrics) {
    self.clock = clock
    self.metrics = metrics
    state = Mutex(State(desk: AdmissionDesk(settings, now: clock.now())))
  }

  deinit {
    state.withLock { $0.alarm?.task.cancel() }
  }

  func ticket(_ kind: AdmissionTicket.Kind, of principal: String) -> AdmissionTicket {
    AdmissionTicket(id: state.withLock { $0.number() }, kind: kind, principal: principal)
  }

  /// Waits for the ticket's turn. Several may wait with one ticket: they get in together, and count once. Whoever is cancelled has left;
  /// when all of a ticket have, its place is free.
  func pass(_ ticket: AdmissionTicket) async -> Verdict {
    let number = state.withLock { $0.number() }
    let verdict = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        tell(state.withLock { arrive(ticket, number, continuation, &$0) })
      }
    } onCancel: {
      tell(state.withLock { leave(ticket, number, &$0) })
    }
    // It may have been cancelled when its turn had come.
    state.withLock { _ = $0.cancelled.remove(number) }
    return verdict
  }

  /// From now on it is like this.
  func change(_ settings: AdmissionDesk.Settings) {
    tell(
      state.withLock { state in
        guard state.desk.settings != settings else { return [] }
        return apply(state.desk.change(settings, now: clock.now()), &state)
      })
  }

  /// Nobody gets in any more, and all who wait are sent away.
  func close() {
    tell(
      state.withLock { state in
        state.isClosed = true
        return apply(state.desk.close(now: clock.now()), &state)
      })
  }

  func waitingCount(_ kind: AdmissionTicket.Kind) -> Int { state.withLock { $0.desk.waitingCount(kind) } }

  // MARK: Under the lock

  private func arrive(
    _ ticket: AdmissionTicket, _ number: UInt64, _ continuation: Continuation, _ state: inout State
  ) -> Tidings {
    if state.cancelled.remove(number) != nil {
      metrics.count(ticket.kind, .left)
      return [(continuation, .left)]
    }
    if state.waits[ticket.id] != nil {
      state.waits[ticket.id]?.continuations[number] = continuation
      return []
    }
    state.waits[ticket.id] = Wait(ticket: ticket, continuations: [number: continuation])
    metrics.wait(ticket.kind)
    return apply(state.desk.come(ticket, now: clock.now()), &state)
  }

  private func leave(_ ticket: AdmissionTicket, _ number: UInt64, _ state: inout State) -> Tidings {
    guard let continuation = state.waits[ticket.id]?.continuations.removeValue(forKey: number) else {
      state.cancelled.insert(number)
      return []
    }
    if state.waits[ticket.id]?.continuations.isEmpty == true {
      state.waits[ticket.id] = nil
      state.desk.leave(ticket.id)
      metrics.stopWaiting(ticket.kind)
      metrics.count(ticket.kind, .left)
    }
    return [(continuation, .left)]
  }

  private func apply(_ actions: [AdmissionDesk.Action], _ state: inout State) -> Tidings {
    var tidings: Tidings = []
    for action in actions {
      switch action {
      case .admit(let id): settle(id, .admitted, .admitted, &state, &tidings)
      case .sendAway(let id, let wait):
        settle(id, state.isClosed ? .draining(wait) : .deferred(wait), .deferred, &state, &tidings)
      case .refuse(let id): settle(id, .tooMany, .refused, &state, &tidings)
      }
    }
    setAlarm(&state)
    return tidings
  }

  private func settle(
    _ id: UInt64, _ verdict: Verdict, _ outcome: AdmissionMetrics.Outcome, _ state: inout State,
    _ tidings: inout Tidings
  ) {
    guard let wait = state.waits.removeValue(forKey: id) else { return }
    metrics.stopWaiting(wait.ticket.kind)
    metrics.count(wait.ticket.kind, outcome)
    for continuation in wait.continuations.values { tidings.append((continuation, verdict)) }
  }

  private func setAlarm(_ state: inout State) {
    guard let time = state.desk.next(now: clock.now()), time < state.alarm?.time ?? .max else { return }
    state.alarm?.task.cancel()
    let clock = clock
    // Detached: whoever came last may go, and those who wait stay.
    let task = Task.detached(priority: .high) { [weak self] in
      guard (try? await clock.sleepUntil(time)) != nil else { return }
      self?.timeHasCome(time)
    }
    state.alarm = (time, task)
  }

  // MARK: Outside

  private func timeHasCome(_ time: Int64) {
    tell(
      state.withLock { state in
        // Another one may have taken its place.
        if state.alarm?.time == time { state.alarm = nil }
        return apply(state.desk.look(now: clock.now()), &state)
      })
  }

  private func tell(_ tidings: Tidings) {
    for (continuation, verdict) in tidings { continuation.resume(returning: verdict) }
  }
}

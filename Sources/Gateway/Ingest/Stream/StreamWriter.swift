import A2A
import HTTP
import Identity
import JSON
import Journal

/// Brings steps into the journal, in the name of the configured principal. Any thread.
struct StreamWriter: Sendable {
  let tasks: TaskAccess
  let gate: PublishGate
  let clock: GatewayClock

  /// What became of an entry.
  enum Outcome: Sendable {
    case stored
    case repeated
    case refused(Refusal)
  }

  typealias Settled = (id: String, outcome: Outcome)

  /// How many tasks are written to at once.
  private static let width = 32

  /// Throws when the journal cannot do it now; some of it may be stored then.
  func write(_ segment: StreamPage.Segment, by asker: Asker) async throws -> [Settled] {
    try await withThrowingTaskGroup(of: [Settled].self) { group in
      var settled: [Settled] = []
      for (index, chain) in segment.chains.enumerated() {
        if index >= Self.width, let done = try await group.next() { settled += done }
        group.addTask { try await write(chain, by: asker) }
      }
      for try await done in group { settled += done }
      return settled
    }
  }

  private func write(_ chain: [StreamPage.Step], by asker: Asker) async throws -> [Settled] {
    var settled: [Settled] = []
    for step in chain { settled += try await write(step, by: asker) }
    return settled
  }

  private func write(_ step: StreamPage.Step, by asker: Asker) async throws -> [Settled] {
    if let fault = step.fault {
      if let stamp = fault.stamp { try await leaveAGap(in: step.task, stamp, fault.refusal, by: asker) }
      return [(step.id, .refused(fault.refusal))]
    }
    if let opening = step.opening {
      let opened = try await open(opening, by: asker)
      guard !step.events.isEmpty else { return [(step.id, opened)] }
      // One that is there already is published to, if that is allowed.
      if case .refused(let refusal) = opened, refusal.code != Self.taskExists {
        return step.ids.map { ($0, .refused(refusal)) }
      }
    }
    return try await publish(step.events, to: step.task, by: asker)
  }

  // MARK: Opening

  private static let taskExists = "task-exists"

  private func open(_ asked: NewTask, by asker: Asker) async throws -> Outcome {
    guard let id = asked.id else { return .refused(.badEntry("There is no \"task\": its id.")) }
    do {
      let facts = try asker.requireNewTask(at: asked.agent, owner: asked.owner, tenant: asked.tenant)
      let batch = OpenedTask.batch(
        id, asked, facts, key: "stream:\(id)", at: Timestamp(millisecondsSince1970: clock.milliseconds()))
      switch try await tasks.journal.append(batch) {
      case .stored: return .stored
      case .duplicate: return .repeated
      case .refused(let reason): return .refused(Refusal(reason))
      }
    } catch let refusal as Refusal {
      return .refused(refusal)
    }
  }

  // MARK: Publishing

  private func publish(
    _ events: [(id: String, event: StreamEntry.Event)], to task: String, by asker: Asker
  ) async throws -> [Settled] {
    guard let first = events.first, let last = events.last else { return [] }
    let outcome: Outcome
    do {
      var states: TaskState?
      for (_, event) in events { states = event.state ?? states }
      let batch = Batch(
        task: task, entries: events.map { Entry(.event, origin: asker.principal.name, payload: $0.event.payload) },
        change: states.map { TaskChange(state: $0.word, isFinal: $0.isTerminal) }, stamp: first.event.stamp)
      switch try await gate.append(batch, saying: events.compactMap(\.event.news), by: asker) {
      case .stored: outcome = .stored
      case .duplicate(.stamp(let through)) where through >= last.event.stamp.seq: outcome = .repeated
      // Some of them are here.
      case .duplicate: outcome = .refused(.producerOverlap(expected: first.event.stamp.seq))
      case .refused(let reason): outcome = .refused(Refusal(reason))
      }
    } catch let refusal as Refusal {
      outcome = .refused(refusal)
    }
    // What cannot be stored as one is tried one by one, so that each is told its own reason.
    guard case .refused = outcome, events.count > 1 else { return events.map { ($0.id, outcome) } }
    var settled: [Settled] = []
    for event in events { settled += try await publish([event], to: task, by: asker) }
    return settled
  }

  /// What is missing, for whoever reads the task. Where that cannot be stored either, it is as if nothing had come.
  private func leaveAGap(in task: String, _ stamp: ProducerStamp, _ refusal: Refusal, by asker: Asker) async throws {
    var writer = JSONWriter()
    writer.object { object in
      object.member("why", "An event of \(stamp.producer) was refused: \(refusal.detail)")
      object.array("missing") { $0.string("event \(stamp.seq)") }
    }
    let batch = Batch(task: task, entries: [Entry(.gap, origin: "gateway", payload: writer.bytes)], stamp: stamp)
    do {
      _ = try await gate.append(batch, by: asker)
    } catch is Refusal {}
  }
}

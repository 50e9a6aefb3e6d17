import Journal

/// Which tasks run, and which wait for a place: bounded for each agent, for each principal and in all. A value: no clock, nothing waits.
///
/// Fair between principals: whoever was given a place longest ago is next, so one with a thousand tasks does not hold up one with a single
/// task. Of one principal, the first come is the first. A task that has no place at its agent lets others pass, who are for another agent.
///
/// Where several gateways share a journal, all of them together decide (see `SharedLine`), and this only keeps what has become of the tasks here.
struct AdmissionQueue: Sendable {
  typealias Ticket = LineTicket

  enum Answer: Sendable, Equatable {
    /// It has a place.
    case runs
    case waits
    /// So many wait that no more may.
    case full
  }

  let limits: WorkLimits
  /// Places are given by all gateways together.
  private let isShared: Bool
  private var running: [String: Ticket] = [:]
  private(set) var runningAtAgent: [String: Int] = [:]
  private var runningOfOwner: [String: Int] = [:]
  /// In the order in which they came.
  private var waiting: [Ticket] = []
  private(set) var waitingAtAgent: [String: Int] = [:]
  /// When an owner was last given a place, as a number that only grows. Of those only who have a task here.
  private var served: [String: Int] = [:]
  private var turn = 0
  /// Tasks that an agent works on at once.
  private var places: [String: Int] = [:]

  init(_ limits: WorkLimits, isShared: Bool = false) {
    self.limits = limits
    self.isShared = isShared
  }

  var runningCount: Int { running.count }
  var waitingCount: Int { waiting.count }
  func isRunning(_ task: String) -> Bool { running[task] != nil }
  func knows(_ task: String) -> Bool { isRunning(task) || waiting.contains { $0.task == task } }
  /// Tasks that run, and tasks that wait.
  var tickets: (running: [Ticket], waiting: [Ticket]) { (Array(running.values), waiting) }
  /// Tasks that an agent works on at once.
  func places(of agent: String) -> Int { places[agent, default: .max] }

  /// How many tasks an agent works on at once, from now on. Returns who has a place now.
  mutating func setPlaces(_ count: Int, of agent: String) -> [Ticket] {
    places[agent] = count
    return fill()
  }

  /// A new task. It has a place only where nobody waits for the same, because otherwise that one would have it.
  mutating func enter(_ ticket: Ticket) -> Answer {
    if hasPlace(ticket) {
      place(ticket)
      return .runs
    }
    guard waiting.count < limits.waiting else { return .full }
    wait(ticket)
    return .waits
  }

  /// One from before a restart that waited: whatever the bound says, it is not turned away.
  mutating func enterAgain(_ ticket: Ticket) -> Answer {
    if hasPlace(ticket) {
      place(ticket)
      return .runs
    }
    wait(ticket)
    return .waits
  }

  /// One that its agent has already: it runs, whatever the bounds say by now.
  mutating func keep(_ ticket: Ticket) {
    place(ticket)
  }

  /// One that waits has been given a place by all gateways together. Nil where it does not wait here.
  mutating func grant(_ task: String) -> Ticket? {
    guard let index = waiting.firstIndex(where: { $0.task == task }) else { return nil }
    let ticket = waiting.remove(at: index)
    waitingAtAgent.lower(ticket.agent)
    place(ticket)
    return ticket
  }

  /// A task has ended, or does not wait any more. Returns who has a place now.
  mutating func leave(_ task: String) -> [Ticket] {
    if let ticket = running.removeValue(forKey: task) {
      runningAtAgent.lower(ticket.agent)
      runningOfOwner.lower(ticket.owner)
      forget(ticket.owner)
    } else if let index = waiting.firstIndex(where: { $0.task == task }) {
      let ticket = waiting.remove(at: index)
      waitingAtAgent.lower(ticket.agent)
      forget(ticket.owner)
    }
    return fill()
  }

  /// Where tasks stand that wait.
  func placesInLine() -> [String: Int] {
    var owners: [String: LineStanding.Owner] = [:]
    for ticket in waiting where owners[ticket.owner] == nil {
      owners[ticket.owner] = .init(served: served[ticket.owner] ?? 0, running: runningOfOwner[ticket.owner] ?? 0)
    }
    return WaitingLine(bounds: limits.bounds, running: running.count, owners: owners, waiting: waiting).places()
  }

  private func hasPlace(_ ticket: Ticket) -> Bool {
    !isShared && running.count < limits.running
      && runningAtAgent[ticket.agent, default: 0] < places(of: ticket.agent)
      && runningOfOwner[ticket.owner, default: 0] < limits.perPrincipal
  }

  /// Gives all places that there are. Nobody waits afterwards who could have one.
  private mutating func fill() -> [Ticket] {
    var placed: [Ticket] = []
    while let index = next() {
      let ticket = waiting.remove(at: index)
      waitingAtAgent.lower(ticket.agent)
      place(ticket)
      placed.append(ticket)
    }
    return placed
  }

  /// Of those that can have a place, the first of the owner who was served longest ago.
  private func next() -> Int? {
    guard !isShared, running.count < limits.running else { return nil }
    var best: (index: Int, served: Int)?
    for (index, ticket) in waiting.enumerated() {
      let last = served[ticket.owner] ?? 0
      if let best, best.served <= last { continue }
      guard hasPlace(ticket) else { continue }
      best = (index, last)
      if last == 0 { break }
    }
    return best?.index
  }

  private mutating func wait(_ ticket: Ticket) {
    waiting.append(ticket)
    waitingAtAgent[ticket.agent, default: 0] += 1
  }

  private mutating func place(_ ticket: Ticket) {
    running[ticket.task] = ticket
    runningAtAgent[ticket.agent, default: 0] += 1
    runningOfOwner[ticket.owner, default: 0] += 1
    turn += 1
    served[ticket.owner] = turn
  }

  private mutating func forget(_ owner: String) {
    guard runningOfOwner[owner] == nil, !waiting.contains(where: { $0.owner == owner }) else { return }
    served[owner] = nil
  }
}

extension [String: Int] {
  /// One less; what is at none is not kept.
  fileprivate mutating func lower(_ key: String) {
    guard let count = self[key] else { return }
    self[key] = count > 1 ? count - 1 : nil
  }
}

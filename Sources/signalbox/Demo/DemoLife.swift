/// From the first process to the last: what a demo does when something happens, without doing it.
///
/// Agents come first, because the gateway's configuration says where they are; those that call others come behind those. An agent that dies later is told of and missed; the
/// gateway goes on, and shows what becomes of its tasks. Without the gateway there is no demo.
struct DemoLife: Sendable {
  enum State: Sendable, Equatable {
    case starting
    case running
    case stopping
  }

  enum Event: Sendable, Equatable {
    case signal
    case process(DemoRole, DemoProcess.Event)
    /// Everything runs, and could not be told to anybody.
    case unannounced
    /// The time for that state is over.
    case tooLate(State)
  }

  enum Action: Sendable, Equatable {
    /// Whoever it calls listens.
    case startAgent(AgentName)
    /// The agents listen.
    case startGateway
    case announce
    /// Whoever reads ready.json is not to go where nobody will be.
    case withdraw
    case stop(DemoRole)
    case kill(DemoRole)
    /// Reports `tooLate` when that state has lasted too long.
    case limit(State)
    case tellDeath(DemoRole, DemoProcess.End)
    case end(Failure?)
  }

  enum Failure: Sendable, Equatable {
    case died(DemoRole, DemoProcess.End)
    case late(DemoRole)
    case unannounced
  }

  private(set) var state = State.starting
  private var waiting: [AgentName]
  private let agents: [DemoRole]
  /// In the order in which they are stopped: the gateway before those that work for it.
  private var alive: [DemoRole]
  private var listening: Set<DemoRole> = []
  private var failure: Failure?

  init(agents: [AgentName]) {
    self.agents = agents.map(DemoRole.agent)
    waiting = agents
    alive = []
  }

  mutating func begin() -> [Action] { [.limit(.starting)] + goOn() }

  /// Starts whoever calls nobody that does not listen yet.
  private mutating func goOn() -> [Action] {
    guard !listening.isSuperset(of: agents) else { return startGateway() }
    let ready = waiting.filter { name in
      name.callees.allSatisfy { listening.contains(.agent($0)) || !agents.contains(.agent($0)) }
    }
    waiting.removeAll(where: ready.contains)
    // Who calls others is stopped before them.
    alive.insert(contentsOf: ready.map(DemoRole.agent), at: 0)
    return ready.map(Action.startAgent)
  }

  mutating func take(_ event: Event) -> [Action] {
    switch (event, state) {
    case (.process(let role, .listening), .starting):
      listening.insert(role)
      if role == .gateway {
        state = .running
        return [.announce]
      }
      return goOn()
    case (.process(let role, .exited(let end)), _): return exited(role, end)
    case (.unannounced, .running): return stop(because: .unannounced)
    case (.tooLate(.starting), .starting):
      return stop(because: .late(agents.first { !listening.contains($0) } ?? .gateway))
    case (.signal, .starting), (.signal, .running): return stop()
    // Once more: what is under way is cut off.
    case (.signal, .stopping): return alive.map(Action.stop)
    case (.tooLate(.stopping), .stopping): return alive.map(Action.kill)
    case (.process(_, .listening), _), (.unannounced, _), (.tooLate, _): return []
    }
  }

  private mutating func startGateway() -> [Action] {
    alive.insert(.gateway, at: 0)
    return [.startGateway]
  }

  private mutating func exited(_ role: DemoRole, _ end: DemoProcess.End) -> [Action] {
    alive.removeAll { $0 == role }
    switch state {
    case .running where role != .gateway: return [.tellDeath(role, end)]
    case .starting, .running: return stop(because: .died(role, end))
    case .stopping:
      guard !alive.isEmpty else { return [.end(failure)] }
      return role == .gateway ? alive.map(Action.stop) : []
    }
  }

  private mutating func stop(because reason: Failure? = nil) -> [Action] {
    failure = reason
    state = .stopping
    guard !alive.isEmpty else { return [.withdraw, .end(failure)] }
    let first = alive.contains(.gateway) ? [.gateway] : alive
    return [.withdraw] + first.map(Action.stop) + [.limit(.stopping)]
  }
}

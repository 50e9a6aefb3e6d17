/// One client's side of the conversation: what was asked for, what is under way, and how much of it there may be. A value: messages come in,
/// with their time, and what is to be done comes out.
struct SocketSession: Sendable {
  let limits: SocketLimits
  private var budget: SocketBudget
  /// That have come, however many stood in one text.
  private(set) var messages = 0
  private var badInARow = 0
  /// The tasks of each subscription, nil for all; those that are being ended included.
  private var subscriptions: [String: [String]?] = [:]
  /// Which subscription a task was named in.
  private var named: [String: String] = [:]
  private var ending: Set<String> = []
  /// Of each lane the command that runs and those behind it.
  private var lanes: [String: [SocketCommand]] = [:]
  private(set) var commandsInFlight = 0
  private(set) var verdictsAwaited = 0

  init(_ limits: SocketLimits, now: ContinuousClock.Instant) {
    self.limits = limits
    budget = SocketBudget(limits, now: now)
  }

  // MARK: From the client

  mutating func receive(_ text: [UInt8], at now: ContinuousClock.Instant) -> [SocketAction] {
    var actions: [SocketAction] = []
    let read = ClientMessageReader.read(text)
    // Length counts, so that the longest messages cannot be sent as fast as the shortest.
    var cost = 1 + Double(text.count / ClientMessageReader.byteLimit)
    for message in read {
      messages += 1
      switch budget.take(cost, at: now) {
      case .passes: actions += take(message)
      case .refused(let seconds): actions.append(.say(.tooManyMessages(message.id, retryAfter: seconds)))
      case .flood: return actions + [.close(.flood)]
      }
      cost = 1
      if badInARow >= limits.badInARow { return actions + [.close(.flood)] }
    }
    return actions
  }

  private mutating func take(_ message: Result<ClientMessage, ClientFault>) -> [SocketAction] {
    switch message {
    case .failure(let fault):
      badInARow += 1
      return [.say(.nack(fault.id, code: fault.code, fault.text))]
    case .success(let message):
      badInARow = 0
      return act(on: message)
    }
  }

  private mutating func act(on message: ClientMessage) -> [SocketAction] {
    let id = message.id
    switch message.order {
    case .subscribe(let tasks, let after):
      return subscribe(SocketSubscription(id: id, tasks: tasks, after: after))
    case .unsubscribe(let subscription):
      guard subscriptions[subscription] != nil, ending.insert(subscription).inserted else {
        return [.say(.noSuchSubscription(id, subscription))]
      }
      return [.unsubscribe(subscription, id: id)]
    case .refresh(let token):
      return [.refresh(token: token, id: id)]
    case .ping:
      return [.say(.ack(id))]
    case .questions: return follow(id, .questions)
    case .presence(let task): return follow(id, .presence(of: task))
    case .submit, .cancelRound:
      return run(SocketCommand(id: id, lane: "", order: message.order))
    case .cancel(let task, _), .say(let task, _), .answer(let task, _, _), .claim(let task, _), .release(let task, _),
      .pause(let task, _), .resume(let task), .review(let task, _, _):
      return run(SocketCommand(id: id, lane: task, order: message.order))
    }
  }

  // MARK: Subscriptions

  private mutating func subscribe(_ subscription: SocketSubscription) -> [SocketAction] {
    let id = subscription.id
    guard subscriptions[id] == nil else { return [.say(.alreadySubscribed(id, "There is a subscription of this id."))] }
    if let tasks = subscription.tasks {
      if let task = tasks.first(where: { named[$0] != nil }) {
        return [.say(.alreadySubscribed(id, task: task, by: named[task] ?? ""))]
      }
      guard named.count + tasks.count <= limits.tasks else { return [.say(.tooManyTasks(id, limits.tasks))] }
      for task in tasks { named[task] = id }
    } else if subscriptions.values.contains(where: { $0 == nil }) {
      return [.say(.alreadySubscribed(id, "All tasks are subscribed to already."))]
    }
    subscriptions.updateValue(subscription.tasks, forKey: id)
    return [.subscribe(subscription)]
  }

  /// Something else than records.
  private mutating func follow(_ id: String, _ what: SocketFollowing) -> [SocketAction] {
    guard subscriptions[id] == nil else { return [.say(.alreadySubscribed(id, "There is a subscription of this id."))] }
    guard subscriptions.count < limits.tasks else { return [.say(.tooManyTasks(id, limits.tasks))] }
    subscriptions.updateValue([], forKey: id)
    return [.follow(what, id: id)]
  }

  /// A subscription is over, or has never begun.
  mutating func subscriptionEnded(_ id: String) {
    ending.remove(id)
    guard let tasks = subscriptions.removeValue(forKey: id) else { return }
    for task in tasks ?? [] where named[task] == id { named[task] = nil }
  }

  // MARK: Commands

  private mutating func run(_ command: SocketCommand) -> [SocketAction] {
    guard commandsInFlight < limits.commandsInFlight, verdictsAwaited < limits.verdictsAwaited else {
      return [.say(.busy(command.id))]
    }
    commandsInFlight += 1
    lanes[command.lane, default: []].append(command)
    return lanes[command.lane]?.count == 1 ? [.run(command)] : []
  }

  /// It was answered; the next one behind it may go.
  mutating func commandAnswered(_ command: SocketCommand) -> [SocketAction] {
    guard var lane = lanes[command.lane], !lane.isEmpty else { return [] }
    commandsInFlight -= 1
    lane.removeFirst()
    lanes[command.lane] = lane.isEmpty ? nil : lane
    return lane.first.map { [.run($0)] } ?? []
  }

  mutating func verdictIsAwaited() {
    verdictsAwaited += 1
  }

  mutating func verdictHasCome() {
    verdictsAwaited -= 1
  }
}

extension Result where Success == ClientMessage, Failure == ClientFault {
  /// The message's id, where it has a good one.
  var id: String? {
    switch self {
    case .success(let message): message.id
    case .failure(let fault): fault.id
    }
  }
}

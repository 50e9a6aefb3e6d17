import HTTP
import Identity
import JSON
import Journal
import Telemetry
import Wire

/// One client's WebSocket: does what its session wants done, on the connection's loop.
actor SocketConnection: LoopActor {
  nonisolated let loop: Loop
  let socket: WebSocket
  let grant: StreamGrant
  let origin: SocketOrigin
  let services: SocketServices
  let asker: Asker
  var session: SocketSession
  var open: [String: OpenSubscription] = [:]
  /// What the subscription to all tasks does not show.
  let elsewhere: LoopConfined<ToldElsewhere>
  let turns: LoopConfined<PageTurns>
  /// Its turn among those who open streams has come: once, whatever it subscribes to.
  var isAdmitted = false
  /// With which it waits for that.
  var tickets: [AdmissionTicket.Kind: AdmissionTicket] = [:]
  private var work: [Int: Task<Void, Never>] = [:]
  private var lastWork = 0
  private var refused = 0

  /// A subscription that is served.
  struct OpenSubscription {
    let task: Task<Void, Never>
    /// What its right depends on; nil for all tasks, which are judged record by record, and until it is known.
    var facts: [TaskFacts]?
    /// Its message has its answer.
    var isAnswered = false
    /// Its end was said, or is not to be said.
    var isOver = false
  }

  init(
    _ socket: WebSocket, under grant: StreamGrant, of asker: Asker, _ origin: SocketOrigin, _ services: SocketServices
  ) {
    loop = socket.loop
    (self.socket, self.grant, self.asker, self.origin, self.services) = (socket, grant, asker, origin, services)
    session = SocketSession(services.limits, now: .now)
    elsewhere = LoopConfined(ToldElsewhere(), on: socket.loop)
    turns = LoopConfined(PageTurns(), on: socket.loop)
  }

  /// Returns when the socket is closed and nothing of it is under way any more.
  func serve() async {
    services.metrics.open.add()
    say(
      .welcome(
        asker, grant: grant.id, epoch: services.epoch, now: services.clock.milliseconds(), services.limits))
    let notices = Task(executorPreference: loop.tasks) { await self.hearNotices() }
    do {
      while let message = try await socket.receive() { await receive(message) }
    } catch {
      // The connection broke off, or is to go: either way this is the end.
    }
    notices.cancel()
    for subscription in open.values { subscription.task.cancel() }
    for task in work.values { task.cancel() }
    for task in work.values { await task.value }
    await notices.value
    services.metrics.open.subtract()
    tellEnd(await socket.untilEnded())
  }

  private func receive(_ message: WebSocketMessage) async {
    switch message {
    case .binary: await close(.binary)
    case .text(let text): await perform(session.receive(Array(text.utf8), at: .now))
    }
  }

  // MARK: Doing

  func perform(_ actions: [SocketAction]) async {
    for action in actions {
      switch action {
      case .say(let message): answer(message)
      case .subscribe(let subscription): subscribe(subscription)
      case .follow(let what, let id): follow(what, id)
      case .unsubscribe(let subscription, let id): unsubscribe(subscription, id: id)
      case .run(let command): start { await $0.run(command) }
      case .refresh(let token, let id): start { await $0.refresh(token, id: id) }
      case .close(let end): await close(end)
      }
    }
  }

  /// Something that takes its time; it is over before the socket is.
  @discardableResult
  func start(_ body: @escaping @Sendable (isolated SocketConnection) async -> Void) -> Task<Void, Never> {
    lastWork += 1
    let number = lastWork
    let task = Task(executorPreference: loop.tasks) {
      await body(self)
      await self.finish(number)
    }
    work[number] = task
    return task
  }

  private func finish(_ number: Int) {
    work[number] = nil
  }

  /// Puts a message on its way, without waiting. To a socket that is closing nothing is said.
  func say(_ message: ServerMessage) {
    socket.offer(EncodedMessage(text: message.bytes))
  }

  /// The answer to one of the client's messages.
  func answer(_ message: ServerMessage) {
    if message.code != nil { refused += 1 }
    services.metrics.countAnswer(isRefusal: message.code != nil)
    say(message)
  }

  private func close(_ end: SocketEnd) async {
    await socket.close(end.code, reason: end.reason)
  }

  // MARK: The right to it

  private func hearNotices() async {
    for await notice in grant.notices {
      switch notice {
      case .expiring(let end): say(.expiring(at: end, now: services.clock.now()))
      case .refreshed(let end): say(.refreshed(until: end))
      case .reconsidered: judgeSubscriptions()
      // Each command is judged when it comes.
      case .changed: break
      // Browsers have room for many more WebSockets than for streams.
      case .crowded: break
      case .sentAway(let retry):
        if let retry { say(.retry(milliseconds: retry)) }
        await close(.draining)
      case .ended(let reason): await close(SocketEnd(reason))
      }
    }
  }

  private func refresh(_ token: String, id: String) async {
    do {
      let end = try grant.refresh(by: try await services.gate.asker(token: token))
      answer(.ack(id) { $0.member("expires", end.description) })
    } catch let denial as Denial {
      refuse(id, denial.refusal, reason: denial.reason)
    } catch {
      refuse(id, error)
    }
  }

  // MARK: Saying no

  /// - Parameter reason: for operators, where the refusal does not say it.
  func refuse(_ id: String, _ error: any Error, reason: String? = nil) {
    let refusal: Refusal
    switch error {
    case let error as Refusal: refusal = error
    case let error as JournalError: refusal = Refusal(error)
    // Nobody is left to hear it.
    case is CancellationError, is WireError: return
    default:
      services.log.error(
        "a message could not be served", ["request": .string(origin.request.id), "error": .string("\(error)")])
      refusal = Refusal(.internalServerError, "The gateway failed; its log tells why. Try again.")
    }
    services.gate.record(refusal, reason: reason, of: grant.asker ?? asker, origin.request, origin.row)
    answer(.nack(id, refusal))
  }

  private func tellEnd(_ end: WebSocketEnd) {
    services.metrics.countClose(end.code?.rawValue)
    services.log.info(
      "socket closed",
      [
        "request": .string(origin.request.id), "principal": .string(asker.principal.name),
        "by": .string("\(end.cause)"), "code": .int(Int(end.code?.rawValue ?? 0)), "reason": .string(end.reason),
        "messages": .int(session.messages), "refused": .int(refused),
      ])
  }
}

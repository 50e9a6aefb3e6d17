import HTTP
import Identity
import JSON
import Journal
import Telemetry
import Wire

// Watching.
extension SocketConnection {
  func subscribe(_ subscription: SocketSubscription) {
    services.metrics.subscriptions.add()
    let task = start { await $0.serve(subscription) }
    open[subscription.id] = OpenSubscription(task: task)
  }

  private func serve(_ subscription: SocketSubscription) async {
    let id = subscription.id
    do {
      let start: StreamStart = if let after = subscription.after { try StreamStart(after) } else { .unsaid }
      try await admit(start)
      let (opening, facts) = try await find(subscription, from: start)
      open[id]?.facts = facts
      services.hub.metrics.count(opening)
      let farewell = try await watch(subscription, opening)
      // It was there a moment ago.
      guard isAnswered(id) else {
        try Task.checkCancellation()
        throw Refusal.noSuchTask
      }
      end(id, farewell.rawValue)
    } catch {
      giveUp(id, because: error)
    }
    forget(id)
  }

  func giveUp(_ id: String, because error: any Error) {
    switch (error, isAnswered(id)) {
    case (is CancellationError, false): refuse(id, Refusal.unsubscribed)
    case (_, false): refuse(id, error)
    // Its client wants no more of it, or has gone.
    case (is CancellationError, true), (is WireError, true): break
    case (_, true):
      services.log.error(
        "a subscription failed", ["request": .string(origin.request.id), "error": .string("\(error)")])
      end(id, "failed")
    }
  }

  private func isAnswered(_ id: String) -> Bool { open[id]?.isAnswered == true }

  /// It is about to begin.
  func acknowledge(_ id: String, _ beginning: StreamBeginning) {
    open[id]?.isAnswered = true
    answer(.subscribed(id, beginning))
  }

  private func watch(_ subscription: SocketSubscription, _ opening: StreamOpening) async throws
    -> StreamSession.Farewell
  {
    let scope: StreamRequest.Scope = if let tasks = subscription.tasks { .tasks(tasks) } else { .everything }
    let audience = SocketAudience(
      connection: self, socket: socket, subscription: subscription.id, epoch: services.epoch, turns: turns,
      settlingMark: services.settlingMark)
    return try await StreamSession(
      hub: services.hub, scope: scope, opening: opening, principal: asker.principal.name
    ).run(for: audience, under: grant, besides: elsewhere)
  }

  /// Where it begins, if whoever asks may see all of it.
  private func find(
    _ subscription: SocketSubscription, from start: StreamStart
  ) async throws -> (StreamOpening, [TaskFacts]?) {
    var tasks: [StoredTask]?
    if let ids = subscription.tasks {
      let found = try await services.hub.standing(.tasks(ids), limit: ids.count).tasks
      try judge(found, ids)
      tasks = found
    }
    let bounds = try await services.hub.bounds(from: start, ofAll: tasks == nil)
    let opening = StreamOpening(start, of: tasks, epoch: services.epoch, bounds: bounds)
    // What follows happens at once, or on a change: nothing passes by in between.
    let facts = tasks?.map { TaskFacts($0.opening) }
    if let facts, !maySee(facts) { throw Refusal.noSuchTask }
    return (opening, facts)
  }

  private func judge(_ found: [StoredTask], _ ids: [String]) throws {
    guard let asker = grant.asker else { throw Refusal.notAllowed }
    let facts = Dictionary(found.map { ($0.id, TaskFacts($0.opening)) }) { first, _ in first }
    for id in ids {
      do throws(Refusal) {
        try asker.require(.watch, on: facts[id])
      } catch {
        // With many it helps to know which; and it is the same for one that is not there.
        guard error == .noSuchTask, ids.count > 1 else { throw error }
        throw Refusal.noSuchTask(id)
      }
    }
  }

  private func maySee(_ facts: [TaskFacts]) -> Bool {
    guard let holder = grant.holder else { return false }
    return facts.allSatisfy { holder.decide(.watch, on: .task($0)).isAllowed }
  }

  // MARK: Ending

  func unsubscribe(_ subscription: String, id: String) {
    stop(subscription) { $0.answer(.ack(id) { $0.member("subscription", subscription) }) }
  }

  /// Ends it, and then has something said: behind that, nothing comes of it any more.
  private func stop(_ id: String, _ say: @escaping @Sendable (isolated SocketConnection) -> Void) {
    open[id]?.isOver = true
    let task = open[id]?.task
    task?.cancel()
    start { connection in
      await task?.value
      say(connection)
    }
  }

  /// The policy, or the credential, has changed.
  func judgeSubscriptions() {
    for (id, subscription) in open {
      guard !subscription.isOver, let facts = subscription.facts, !maySee(facts) else { continue }
      stop(id) { $0.say(.end(id, "forbidden")) }
    }
  }

  func end(_ id: String, _ reason: String) {
    guard open[id]?.isOver == false else { return }
    open[id]?.isOver = true
    // Where the socket is closing, nobody hears it: it is the socket's end, and no word of the tasks'.
    if !Task.isCancelled { say(.end(id, reason)) }
  }

  func forget(_ id: String) {
    guard open.removeValue(forKey: id) != nil else { return }
    services.metrics.subscriptions.subtract()
    session.subscriptionEnded(id)
  }
}

extension Refusal {
  static let unsubscribed = Refusal(
    .conflict, "The subscription was ended before it had begun.", code: "no-such-subscription")

  /// The same as `noSuchTask`, where several were named.
  static func noSuchTask(_ id: String) -> Refusal {
    Refusal(
      .notFound,
      "There is no task \(Excerpt.quoting(id.utf8)), or you may not see it. Check its id, and as whom you are signed in."
    )
  }
}

import HTTP
import Journal

// Places at agents: given here, or, where several gateways share the journal, by all of them together.
extension Runs {
  /// Asks for a place for a new task, which is known here already as one that is opened. Throws where too many wait.
  func askForPlace(_ ticket: AdmissionQueue.Ticket) async throws {
    switch queue.enter(ticket) {
    case .runs: placed(ticket)
    case .full: throw Refusal.tooMuchWork(waiting: queue.waitingCount)
    case .waits:
      guard let answer = try await ask(.enter, for: ticket) else { return }
      switch answer.outcome {
      case .runs, .waits, .done: break
      case .full: throw Refusal.tooMuchWork(waiting: queue.limits.waiting)
      case .over: throw Refusal.runMoving
      }
    }
  }

  /// The same for one that waited before; it is told later where it cannot be told now.
  func askAgain(_ ticket: AdmissionQueue.Ticket) async { _ = try? await ask(.again, for: ticket) }

  /// Its agent has it already.
  func keepPlace(_ ticket: AdmissionQueue.Ticket) {
    queue.keep(ticket)
    if line != nil { Task { _ = try? await ask(.keep, for: ticket) } }
  }

  /// A task has no place any more, and does not wait for one.
  func leavePlace(_ id: String) {
    for ticket in queue.leave(id) { placed(ticket) }
    guard let line, let fence else { return }
    Task {
      // What cannot be told now is found out when the line is settled.
      guard let answer = try? await line.leave(id, under: fence, queue.limits.bounds) else { return }
      take(answer, under: fence)
    }
  }

  /// Tasks that have been given a place by all gateways together. Those that do not wait here any more are on their way out.
  func grant(_ tasks: [String]) {
    for ticket in tasks.compactMap({ queue.grant($0) }) { placed(ticket) }
    count()
  }

  /// Where tasks stand that wait, also those of other gateways. Nothing where that cannot be said.
  func placesInLine() async -> [String: Int] {
    guard let line else { return queue.placesInLine() }
    guard let standing = try? await line.look() else { return [:] }
    lineLength = standing.waiting.count
    return WaitingLine(standing, queue.limits.bounds).places()
  }

  /// Seconds from one look at the line to the next. Others' tasks are read, too, so a long line is not read as often.
  var secondsToLook: Int64 { 1 + Int64(lineLength / 1000) }

  /// How often the line is settled: each so many times that it could be. A long list keeps the server busy.
  var roundsToSettle: Int { 1 + (queue.runningCount + queue.waitingCount) / 1000 }

  /// Puts right what was said in vain, or lost: at this gateway, or in the journal.
  func settleLine() async {
    guard let line, let fence, !isStopping else { return }
    let tickets = queue.tickets
    let entries =
      tickets.running.map { RedisLine.Entry(.keep, $0, places: queue.places(of: $0.agent)) }
      + tickets.waiting.map { RedisLine.Entry(.again, $0, places: queue.places(of: $0.agent)) }
    guard let answer = try? await line.settle(entries, seen: seenTickets, under: fence, queue.limits.bounds) else {
      return
    }
    take(answer, under: fence)
    guard isMine(fence) else { return }
    // What has left meanwhile may have come in again with that.
    for entry in entries where !queue.knows(entry.ticket.task) { leavePlace(entry.ticket.task) }
  }

  /// Nil where this gateway gives places by itself, or has no lease.
  private func ask(
    _ how: RedisLine.Entrance, for ticket: AdmissionQueue.Ticket
  ) async throws(JournalError) -> LineAnswer? {
    guard let line, let fence else { return nil }
    let entry = RedisLine.Entry(how, ticket, places: queue.places(of: ticket.agent))
    let answer = try await line.enter(entry, under: fence, queue.limits.bounds)
    take(answer, under: fence)
    if isMine(fence), answer.outcome == .runs { grant([ticket.task]) }
    return answer
  }

  private func take(_ answer: LineAnswer, under fence: Fence) {
    guard isMine(fence), answer.outcome != .over else { return }
    seenTickets = answer.seen
    grant(answer.placed)
  }
}

import A2A
import HTTP
import Journal
import Telemetry

// Where several gateways share the journal: which runs are this one's.
extension Runs {
  /// Whether what was begun under this lease still is this gateway's.
  func isMine(_ fence: Fence?) -> Bool { fence == self.fence }

  /// Whether there is something under which runs may be begun and written to here.
  var mayOwn: Bool { orders == nil || fence != nil }

  /// A new lease. What was had under the one before is not had under this one.
  func hold(_ fence: Fence) {
    if let old = self.fence, old != fence { letGo(of: old) }
    self.fence = fence
  }

  /// All runs are somebody else's from now on. Lets go of their agents, and waits for nothing.
  func letGo(of fence: Fence) {
    guard isMine(fence) else { return }
    self.fence = nil
    let lost = live
    live = [:]
    for id in lost.keys { _ = queue.leave(id) }
    count()
    for task in lost.values {
      switch task {
      case .running(let run?, _): Task { await run.stop() }
      case .running(nil, let work): work?.cancel()
      case .leaving(let others): for other in others { other.resume() }
      case .opening, .waiting: break
      }
    }
  }

  /// Goes on with tasks that belong to this lease. Gives those of which the journal could not tell enough.
  func adopt(_ ids: [String], under fence: Fence) async -> [String] {
    var taken = TakenUp()
    var left: [String] = []
    for id in ids where isMine(fence) && !isStopping && live[id] == nil {
      do {
        guard let run = try await RestartedRun(id, in: journal), run.task.lease == fence else { continue }
        guard isMine(fence), !isStopping, live[id] == nil else { continue }
        await takeUp(run, &taken)
      } catch {
        left.append(id)
      }
    }
    if isMine(fence), !isStopping { await finish(&taken) }
    return left + taken.unended
  }

  /// To whoever has the run.
  func forward(_ command: RunCommand, to task: StoredTask, _ mayForward: Bool) async throws -> CommandReceipt {
    guard mayForward, let orders else { throw Refusal.runMoving }
    do {
      return try await orders.give(command, to: task.id)
    } catch let refusal as Refusal where refusal.code == Refusal.ended(nil).code {
      guard let now = try await journal.task(task.id), now.isFinal else { throw refusal }
      throw try await self.refusal(of: command, to: now) ?? Refusal.ended(TaskState(word: now.state))
    }
  }

  /// What another gateway has brought.
  func outcome(of order: Order) async -> OrderReply.Outcome {
    do {
      guard let task = try await journal.task(order.task) else { return .refused(OrderRefusal(.noSuchTask)) }
      return .taken(try await take(order.command, on: task, mayForward: false))
    } catch let refusal as Refusal {
      // The run is leaving, or has left: nobody has done anything.
      return refusal == .runMoving || refusal == .endingNow ? .moving : .refused(OrderRefusal(refusal))
    } catch let error as JournalError {
      return .refused(OrderRefusal(Refusal(error)))
    } catch {
      return .refused(OrderRefusal(Refusal(.internalServerError, "The gateway failed; its log tells why.")))
    }
  }
}

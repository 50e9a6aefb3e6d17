import Identity
import Journal
import Telemetry

/// A task that waits for a place, with all that is needed to begin.
struct WaitingTask: Sendable {
  let start: RunStart
  let agent: KnownAgent
  /// How many were before it when that was last journaled.
  var told: Int?
  /// Milliseconds of the steady clock.
  var toldAt: Int64 = 0
}

extension Runs {
  /// Has a run worked on, one that has its place.
  func work(_ start: RunStart, at agent: KnownAgent) {
    let id = start.task.id
    guard !isStopping, mayOwn else {
      live[id] = nil
      return
    }
    let fence = fence
    let run = makeRun(start, agent, fence)
    live[id] = .running(run, Task { await see(run, of: id, at: agent, under: fence) })
  }

  /// Sees a run to its end; then the next has its place.
  private func see(_ run: any Run, of id: String, at agent: KnownAgent, under fence: Fence?) async {
    await placeIsTold(id)
    await run.run()
    while await hasMore(id, under: fence) {
      // The journal took no more. Once it does again, the agent is asked how far it is.
      live[id] = .running(nil, work(of: id))
      guard (try? await clock.sleepUntil(clock.now().adding(seconds: Self.journalPause))) != nil else { return }
      guard let again = try? await RestartedRun(id, in: journal)?.start, !isStopping else { continue }
      guard isMine(fence) else { return }
      let run = makeRun(again, agent, fence)
      live[id] = .running(run, work(of: id))
      await run.run()
    }
    guard !isStopping, isMine(fence) else { return }
    await settle(id, under: fence)
    guard isMine(fence) else { return }
    forget(id)
  }

  static let journalPause: Int64 = 5

  private func work(of id: String) -> Task<Void, Never>? {
    if case .running(_, let work) = live[id] { work } else { nil }
  }

  /// Whether this gateway has to go on with it. True also where nobody can tell.
  private func hasMore(_ id: String, under fence: Fence?) async -> Bool {
    let isOpen: Bool
    do throws(JournalError) {
      // One that the journal does not have any more goes on nowhere.
      guard let task = try await journal.task(id) else { return false }
      isOpen = !task.isFinal && (fence == nil || task.lease == fence)
    } catch {
      isOpen = true
    }
    return isOpen && !isStopping && isMine(fence)
  }

  /// A task has no place any more, and does not wait for one.
  func forget(_ id: String) {
    live[id] = nil
    leavePlace(id)
    count()
  }

  /// A task that waited has a place.
  func placed(_ ticket: AdmissionQueue.Ticket) {
    switch live[ticket.task] {
    case .opening: live[ticket.task] = .opening(hasPlace: true)
    case .waiting(let waiting): work(waiting.start, at: waiting.agent)
    case .leaving, .running, nil: break
    }
  }
}

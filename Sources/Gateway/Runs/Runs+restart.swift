import A2A
import Identity
import Journal
import Telemetry

// What was under way when the gateway last stopped, however it did.
extension Runs {
  /// Takes up the runs that the journal knows of. Returns at once; the work goes on.
  func begin() async throws {
    guard restart == nil else { return }
    restartRuns()
  }

  private func restartRuns() {
    restart = Task {
      do {
        try await takeUp()
      } catch {
        tryAgain(after: error)
        throw error
      }
    }
  }

  /// Nobody else would take them up. Until it succeeds, whoever asks something of one of them is told what is wrong with the journal.
  private func tryAgain(after error: any Error) {
    guard !isStopping, !(error is CancellationError) else { return }
    log.error("runs not taken up", ["error": .string("\(error)")])
    nextRestart = Task {
      guard (try? await clock.sleepUntil(clock.now().adding(seconds: Self.journalPause))) != nil else { return }
      if !isStopping { restartRuns() }
    }
  }

  /// Oldest first, so that those who waited keep their order; and those that their agents have, before those that wait.
  private func takeUp() async throws {
    var taken = TakenUp()
    for memo in try await journal.memos(under: RunMemory.memoName, ofRunning: true) {
      try Task.checkCancellation()
      guard live[memo.task] == nil, let run = try await RestartedRun(memo.task, memo: memo.memo, in: journal) else {
        continue
      }
      await takeUp(run, &taken)
    }
    await finish(&taken)
    if let trouble = taken.trouble { tryAgain(after: trouble) }
  }

  /// What a round has taken up.
  struct TakenUp {
    var resumed = 0
    /// Those of which the agent has not heard.
    var waiting: [(RestartedRun, KnownAgent)] = []
    /// Those that nobody can work on, and whose end the journal did not take; and why not.
    var unended: [String] = []
    var trouble: (any Error)?
  }

  func takeUp(_ run: RestartedRun, _ taken: inout TakenUp) async {
    guard mayOwn else { return }
    guard let agent = directory[run.task.opening.agent] else { return await endWithoutAgent(run, &taken) }
    switch run.memory.phase {
    case .waiting: taken.waiting.append((run, agent))
    case .handingOver, .handedOver:
      taken.resumed += 1
      keepPlace(ticket(of: run.task))
      if let start = run.start { work(start, at: agent) }
    }
    count()
  }

  func finish(_ taken: inout TakenUp) async {
    for (run, agent) in taken.waiting { await queueAgain(run, at: agent, &taken) }
    if taken.resumed > 0 || !taken.waiting.isEmpty {
      log.info("runs taken up", ["resumed": .int(taken.resumed), "queued": .int(taken.waiting.count)])
    }
  }

  private func queueAgain(_ run: RestartedRun, at agent: KnownAgent, _ taken: inout TakenUp) async {
    guard mayOwn else { return }
    guard let start = run.start else {
      await fail(run, .agentUnavailable, "The message that began this task cannot be read any more.", &taken)
      return
    }
    let ticket = ticket(of: run.task)
    if queue.enterAgain(ticket) == .runs {
      work(start, at: agent)
    } else {
      live[run.task.id] = .waiting(WaitingTask(start: start, agent: agent))
      await askAgain(ticket)
      tellPlaces()
    }
    count()
  }

  private func endWithoutAgent(_ run: RestartedRun, _ taken: inout TakenUp) async {
    let code: RunFailure = run.memory.phase == .waiting ? .agentUnavailable : .agentLost
    await fail(
      run, code, "The agent \(run.task.opening.agent) is not configured any more, so nobody works on this task.", &taken
    )
  }

  private func fail(
    _ run: RestartedRun, _ code: RunFailure, _ sentence: String, _ taken: inout TakenUp
  ) async {
    let task = run.task
    let entry = RunRecords.failure(
      code, sentence, task: task.id, context: task.opening.context ?? task.id, at: clock.milliseconds())
    do {
      try await end(task, Ending(state: .failed, event: entry, why: sentence))
      ended(task, run.memory, as: .failed, code, sentence)
    } catch {
      log.error("task not ended", ["task": .string(task.id), "error": .string("\(error)")])
      taken.unended.append(task.id)
      taken.trouble = error
    }
  }

  private func ticket(of task: StoredTask) -> AdmissionQueue.Ticket {
    AdmissionQueue.Ticket(task: task.id, agent: task.opening.agent, owner: task.opening.owner)
  }
}

import A2A
import HTTP
import Identity
import Journal
import Telemetry

// The end of a task that no agent works on. With it come the verdicts on all that was wanted of it.
extension Runs {
  /// How such a task ends.
  struct Ending {
    let state: TaskState
    /// The event that says so.
    let event: Entry
    /// What the gateway could not do; nil where it is what somebody wanted.
    var why: String?
    /// Whoever wanted it.
    var command: RunCommand?
  }

  /// Journals the last records of a task. Gives the receipt of the command, if it was one.
  @discardableResult
  func end(_ task: StoredTask, _ ending: Ending) async throws -> CommandReceipt? {
    guard mayOwn else { throw Refusal.runMoving }
    // Should the run become another's meanwhile, this is not stored.
    let fence = fence
    let task = try await journal.task(task.id) ?? task
    let now = clock.milliseconds()
    var image = try await RestartedRun.image(of: task, in: journal)
    let before = try await RunCommands.of(task.id, in: journal)
    var commands = before
    if let command = ending.command { commands.take(command, command.memory(seq: 0, since: now), message: nil) }
    let verdicts = commands.verdicts(at: ending.state, why: ending.why, now: now)
    let opening = ending.command.map { [RunRecords.command($0, why: $0.why)] } ?? []
    let entries = opening + [ending.event] + verdicts.map(RunRecords.verdict)
    for (index, entry) in entries.enumerated() {
      image?.take(entry.kind, entry.payload, seq: task.lastSeq + Int64(index + 1))
    }

    /// What is remembered, if its first record has that number.
    func memories(from first: Int64) -> [CommandMemory] {
      var commands = before
      if let command = ending.command { commands.take(command, command.memory(seq: first, since: now), message: nil) }
      return commands.settle(verdicts, from: first + Int64(opening.count) + 1)
    }
    var batch = Batch(
      task: task.id, entries: entries,
      change: TaskChange(state: ending.state.word, isFinal: ending.state.isTerminal, snapshot: image?.encoded))
    batch.fence = fence
    var settled = memories(from: task.lastSeq + 1)
    let outline = TaskOutline(task.outline).with(ending.event).memo
    batch.memos = settled.map(\.memo) + [outline]
    switch try await journal.append(batch) {
    case .refused(let reason): throw Refusal(reason)
    case .duplicate: break
    case .stored(let records):
      // Whoever else has written meanwhile: numbers are what is stored.
      guard let first = records.first?.seq, first != task.lastSeq + 1 else { break }
      settled = memories(from: first)
      _ = try await journal.remember(settled.map(\.memo), of: task.id, under: batch.fence)
    }
    for verdict in settled.compactMap(\.verdict) { metrics.came(verdict) }
    guard let command = ending.command, let memory = settled.first(where: { $0.key == command.key }) else { return nil }
    return CommandReceipt(
      id: command.id, task: task.id, command: command.word, seq: memory.seq, verdict: memory.verdict)
  }

  /// Verdicts on what is still open of a task that somebody else has ended: its run had no say in that end.
  ///
  /// The task is nobody's any more, so nobody else would tell them: a journal that is away or full is waited for.
  func settle(_ id: String, under fence: Fence?) async {
    while true {
      do {
        return try await tellVerdicts(on: id, under: fence)
      } catch {
        log.error("commands not settled", ["task": .string(id), "error": .string("\(error)")])
        guard [.unreachable, .full].contains((error as? JournalError)?.code) else { return }
      }
      guard isMine(fence), !isStopping else { return }
      // Whoever stops the gateway need not wait for this.
      if case .running(_, let work) = live[id] { live[id] = .running(nil, work) }
      guard (try? await clock.sleepUntil(clock.now().adding(seconds: Self.journalPause))) != nil, isMine(fence) else {
        return
      }
    }
  }

  private func tellVerdicts(on id: String, under fence: Fence?) async throws {
    var commands = try await RunCommands.of(id, in: journal)
    guard !commands.open.isEmpty, let task = try await journal.task(id), task.isFinal,
      let state = TaskState(word: task.state)
    else { return }
    let verdicts = commands.verdicts(at: state, why: nil, now: clock.milliseconds())
    var batch = Batch(task: id, entries: verdicts.map(RunRecords.verdict))
    batch.fence = fence
    var settled = commands
    batch.memos = settled.settle(verdicts, from: task.lastSeq + 1).map(\.memo)
    guard case .stored(let records) = try await journal.append(batch), let first = records.first?.seq else { return }
    // Whoever else has written meanwhile: numbers are what is stored.
    let kept = commands.settle(verdicts, from: first)
    if first != task.lastSeq + 1 { _ = try await journal.remember(kept.map(\.memo), of: id, under: fence) }
    for verdict in kept.compactMap(\.verdict) { metrics.came(verdict) }
  }
}

extension RunCommand {
  /// What is remembered of it when it is taken.
  func memory(seq: Int64, since: Int64) -> CommandMemory {
    CommandMemory(key: key, command: word, fingerprint: fingerprint, seq: seq, since: since)
  }

  /// As its sender says.
  var why: String? {
    switch act {
    case .cancel(let why), .pause(let why): why
    case .review(let review): review.why
    case .say, .answer, .claim, .release, .resume: nil
    }
  }
}

import A2A
import HTTP
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
      _ = try await journal.remember(settled.map(\.memo), of: task.id)
    }
    for verdict in settled.compactMap(\.verdict) { metrics.came(verdict) }
    guard let command = ending.command, let memory = settled.first(where: { $0.key == command.key }) else { return nil }
    return CommandReceipt(
      id: command.id, task: task.id, command: command.word, seq: memory.seq, verdict: memory.verdict)
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

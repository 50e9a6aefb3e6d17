import HTTP
import Identity
import Journal
import Wire

/// The one way by which people act on tasks, whatever the transport: who may is found out here, what is said goes to the run, and what comes
/// of it is read in the journal.
struct Control: Sendable {
  let tasks: TaskAccess
  let runs: Runs
  let hub: Hub
  let rates: RateGate
  let audit: AuditTrail

  /// A command that was taken.
  struct Taken: Sendable {
    let receipt: CommandReceipt
    /// The task as it was before.
    let task: StoredTask
  }

  /// Takes a command to a task. It is in the journal when this returns.
  /// - Parameter agent: where only its tasks are looked for.
  func take(
    _ command: RunCommand, on id: String, at agent: String? = nil, by asker: Asker, from source: CommandSource
  ) async throws -> Taken {
    try CommandWords.check(command)
    try rates.pass(.command, principal: asker.principal.name)
    let task = try await task(id, for: command.act.right, at: agent, by: asker)
    return Taken(receipt: try await give(command, to: task, by: asker, from: source), task: task)
  }

  /// The task, if this asker may give it commands of that kind: the same rule for every way. Throws 404 where the asker may not even watch
  /// it, 403 where watching is all.
  func task(
    _ id: String, for right: CommandRight, at agent: String? = nil, by asker: Asker
  ) async throws -> StoredTask {
    let task = try await tasks.task(id, .watch, at: agent, by: asker)
    try asker.require(right, to: task)
    return task
  }

  /// Gives a command to a task of which it is known that the asker may. What is new is in the audit trail.
  func give(
    _ command: RunCommand, to task: StoredTask, by asker: Asker, from source: CommandSource
  ) async throws -> CommandReceipt {
    let receipt = try await runs.take(command, on: task)
    if !receipt.isRepeated { record(command, receipt, by: asker, from: source) }
    return receipt
  }

  private func record(_ command: RunCommand, _ receipt: CommandReceipt, by asker: Asker, from source: CommandSource) {
    var record = AuditRecord(.command, .ok, who: asker.principal.name, from: source.address)
    record.credential = asker.credential.kind
    if case .session(let session) = asker.credential { record.session = session.id }
    record.request = source.request
    record.route = source.route
    record.action = command.act.right.action
    record.task = receipt.task
    record.detail = "The command \(receipt.command) with the id \(receipt.id) was taken, as record \(receipt.seq)."
    audit.write(record)
  }

  /// Waits for what comes of a command; nil where that is not known within the time.
  /// - Parameter loop: where it waits.
  func verdict(of taken: Taken, by asker: Asker, within time: Duration?, on loop: Loop) async throws -> Verdict? {
    if let verdict = taken.receipt.verdict { return verdict }
    let key = RunCommand.Key(by: asker.principal.name, id: taken.receipt.id)
    let feed = hub.feed(of: taken.task.id, after: taken.task.lastOffset, on: loop)
    defer { feed.close() }
    let timer = time.map { time in
      Task {
        try await Task.sleep(for: time)
        feed.close()
      }
    }
    defer { timer?.cancel() }
    while let records = try await feed.next() {
      for record in records {
        if let verdict = Verdict(record), verdict.key == key { return verdict }
      }
    }
    // Of a task that has ended, a feed tells no more.
    return try await runs.memory(of: key, in: taken.task.id)?.verdict
  }
}

import HTTP
import Identity
import Journal

// Many tasks with one word: what an operator needs when something goes wrong on a large scale.
extension Control {
  /// Cancels what the filter finds, each task by a command of its own. It is in the journal when this returns.
  /// - Parameters:
  ///   - id: the asker's word for the round. The same one again asks no task twice.
  ///   - isDryRun: finds, and does nothing.
  func cancel(
    _ filter: CancelFilter, why: String? = nil, id: String, isDryRun: Bool, by asker: Asker,
    from source: CommandSource
  ) async throws -> CancelRound {
    try CommandWords.check(id: id)
    try CommandWords.check(why: why)
    // One act of one person, however many tasks it is about.
    try rates.pass(.command, principal: asker.principal.name)
    if let agent = filter.agent { _ = try runs.directory.agent(agent, for: asker.principal) }
    var found = try await running(filter, by: asker, limit: CancelRound.limit + 1)
    let hasMore = found.count > CancelRound.limit
    if hasMore { found.removeLast() }
    var round = CancelRound(isDryRun: isDryRun, tasks: found, hasMore: hasMore)
    guard !isDryRun else { return round }
    for outcome in await cancel(found, why, id, by: asker, from: source) {
      switch outcome {
      case .success(let receipt): round.receipts.append(receipt)
      case .failure(let no): round.refused.append(.init(task: no.task, refusal: no.refusal))
      }
    }
    return round
  }

  // MARK: Finding

  /// So many are read at once.
  private static let page = 200

  /// Newest first. Those in line are among them, those of producers are not: nobody here could stop them.
  private func running(_ filter: CancelFilter, by asker: Asker, limit: Int) async throws -> [StoredTask] {
    var query = TaskQuery(visible: asker.principal.visibleTasks, limit: Self.page)
    query.isFinal = false
    query.withSnapshots = false
    query.agent = filter.agent
    if filter.whose == .mine { query.owner = asker.principal.name }
    var found: [StoredTask] = []
    while found.count < limit {
      let page = try await tasks.journal.tasks(query)
      let live = try await runs.live(among: page)
      found += page.filter { task in
        live.contains(task.id) && asker.principal.decide(.cancel, on: .task(TaskFacts(task.opening))).isAllowed
      }
      guard page.count == Self.page, let last = page.last else { break }
      query.before = last.firstOffset
    }
    return Array(found.prefix(limit))
  }

  // MARK: Doing

  /// So many are on their way into the journal at once.
  private static let atOnce = 16

  private struct Refused: Error {
    let task: String
    let refusal: Refusal
  }

  /// What came of each, in the order of the tasks.
  private func cancel(
    _ found: [StoredTask], _ why: String?, _ id: String, by asker: Asker, from source: CommandSource
  ) async -> [Result<CommandReceipt, Refused>] {
    await withTaskGroup(of: (Int, Result<CommandReceipt, Refused>).self) { group in
      var outcomes: [Int: Result<CommandReceipt, Refused>] = [:]
      for (index, task) in found.enumerated() {
        if index >= Self.atOnce, let (done, outcome) = await group.next() { outcomes[done] = outcome }
        let command = RunCommand(
          id: CancelRound.command(of: id, for: task.id), by: asker.principal.name, act: .cancel(why: why))
        group.addTask { (index, await cancel(task, command, by: asker, from: source)) }
      }
      for await (done, outcome) in group { outcomes[done] = outcome }
      return found.indices.compactMap { outcomes[$0] }
    }
  }

  private func cancel(
    _ task: StoredTask, _ command: RunCommand, by asker: Asker, from source: CommandSource
  ) async -> Result<CommandReceipt, Refused> {
    do {
      return .success(try await give(command, to: task, by: asker, from: source))
    } catch {
      return .failure(Refused(task: task.id, refusal: Self.refusal(error)))
    }
  }

  /// What goes wrong with one task is no reason to leave the others.
  private static func refusal(_ error: any Error) -> Refusal {
    switch error {
    case let refusal as Refusal: refusal
    case let error as JournalError: Refusal(error)
    default: Refusal(.internalServerError, "The gateway failed; its log tells why.")
    }
  }
}

extension Runs {
  /// Those of these tasks that a gateway has an agent work on, or that wait for one.
  func live(among tasks: [StoredTask]) async throws -> Set<String> {
    // What was known before the start is all known again behind this.
    try await restart?.value
    return Set(tasks.filter { live[$0.id] != nil || $0.lease != nil }.map(\.id))
  }
}

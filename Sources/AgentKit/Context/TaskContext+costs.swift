extension TaskContext {
  /// What the task has cost so far, and whether something may still be bought.
  package var costs: CostBudget {
    get async throws { try await book(0) }
  }

  /// Books what something paid has cost. The task's people are warned once when four fifths of its budget are used, and told once when all of
  /// it is; it is the agent's part to buy nothing more then.
  /// - Parameter cost: in millionths of a US dollar; below zero what had been estimated too high.
  @discardableResult
  package func book(_ cost: Int) async throws -> CostBudget {
    try Task.checkCancellation()
    return try await store.book(cost, for: taskID)
  }
}

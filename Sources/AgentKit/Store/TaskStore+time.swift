import A2A

// How long a task may work, and what happens later.
extension TaskStore {
  /// Unless there is another reason for the clock to stand still.
  func runBudget(_ entry: TaskEntry) {
    guard !entry.isPaused, !entry.isAsking, let left = entry.budget?.run(at: world.uptime()) else { return }
    entry.limitTimer?.cancel()
    let id = entry.record.id
    entry.limitTimer = after(left) { store in await store.timeIsOver(id) }
  }

  func stopBudget(_ entry: TaskEntry) {
    entry.budget?.stop(at: world.uptime())
    entry.limitTimer?.cancel()
    entry.limitTimer = nil
  }

  private func timeIsOver(_ id: String) {
    guard let entry = tasks[id], !entry.record.isEnded, let limit = profile.timeLimit else { return }
    change(
      entry, to: .failed, saying: "The task has worked for \(limit.text), which is as long as it may.", isSaid: true)
  }

  /// Does something later, unless the returned task is cancelled before.
  func after(_ time: Duration, _ action: @escaping @Sendable (TaskStore) async -> Void) -> Task<Void, Never> {
    Task { [world] in
      do {
        try await world.sleep(time)
      } catch {
        return
      }
      if !Task.isCancelled { await action(self) }
    }
  }
}

import A2A

// Other agents that do a part of a task's work: they pause with it.
extension TaskStore {
  /// Passes on to another agent that its part is to pause, or to go on.
  typealias Following = @Sendable (PauseRequest) async -> Void

  /// The beginning of a part, in one with the look at whether it may begin: none does behind the answer to a pause. What goes on with a
  /// part that is there is not held back; that part is paused first.
  /// - Returns: by which ``endPart(_:_:)`` knows it.
  func beginPart(_ id: String, isNew: Bool, _ following: @escaping Following) async throws -> Int {
    if isNew { try await checkpoint(id) }
    let entry = try live(id, "a call of another agent")
    entry.partCount += 1
    let number = entry.partCount
    entry.following[number] = following
    if entry.isPaused, !Uninterrupted.isInside { await passOn(.pause, to: [following], entry) }
    return number
  }

  func endPart(_ id: String, _ number: Int) { tasks[id]?.following[number] = nil }

  /// Returns when all of them have heard it, or had their time for it.
  func passOn(_ request: PauseRequest, _ entry: TaskEntry) async {
    await passOn(request, to: Array(entry.following.values), entry)
  }

  /// One after the other: a pause that overtakes the resume behind it would never end.
  private func passOn(_ request: PauseRequest, to followers: [Following], _ entry: TaskEntry) async {
    guard !followers.isEmpty else { return }
    let earlier = entry.passingOn
    let passing = Task {
      await earlier?.value
      await withTaskGroup { group in
        for follow in followers { group.addTask { await follow(request) } }
      }
    }
    entry.passingOn = passing
    await passing.value
  }
}

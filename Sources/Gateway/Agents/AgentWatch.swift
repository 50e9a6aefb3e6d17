import Synchronization

/// Looks at an agent again and again: calmly, or at once when somebody has cause to ask for it.
final class AgentWatch: Sendable {
  private struct State {
    /// The pause before the next look, if one is under way.
    var pause: Task<Void, any Error>?
    var isDue = false
  }

  private let state = Mutex(State())
  private let pace: AgentPace

  init(pace: AgentPace) {
    self.pace = pace
  }

  /// Until the task is cancelled.
  /// - Parameter look: returns how many looks in a row have failed.
  func run(_ look: () async -> Int) async {
    while !Task.isCancelled {
      let begun = ContinuousClock.now
      let failures = await look()
      await rest(pace.pause(after: failures, chance: .random(in: 0...1)))
      let early = begun + pace.shortest
      if early > .now { try? await Task.sleep(until: early) }
    }
  }

  /// Has the next look begin as soon as it may.
  func hurry() {
    state.withLock { state in
      state.isDue = true
      state.pause?.cancel()
    }
  }

  private func rest(_ duration: Duration) async {
    let pause = Task { try await Task.sleep(for: duration) }
    state.withLock { state in
      state.pause = pause
      if state.isDue { pause.cancel() }
    }
    await withTaskCancellationHandler {
      _ = await pause.result
    } onCancel: {
      pause.cancel()
    }
    state.withLock { state in
      state.pause = nil
      state.isDue = false
    }
  }
}

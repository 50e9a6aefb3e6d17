import Wire

/// The threads on which agents are called: none until there is an agent, then as many as may be, each with its share of them.
actor AgentLoops {
  private let limit: Int
  private var running: [Loop] = []
  private var next = 0

  init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// The loop for one more agent.
  func take() async throws -> Loop {
    defer { next += 1 }
    if next >= limit { return running[next % limit] }
    let loop = try await Loop.start(name: "agents-\(next)")
    running.append(loop)
    return loop
  }

  func stop() async {
    for loop in running { await loop.stop() }
    running = []
  }
}

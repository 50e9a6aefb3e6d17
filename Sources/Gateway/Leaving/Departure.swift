import Telemetry

/// Sends the clients of open streams away as the plan has it.
struct Departure {
  /// One step is a handful of streams, and short beside a client's way back.
  private static let step = Duration.milliseconds(20)
  /// So long the last ones have to hear their farewell: who reads so slowly does without it.
  private static let patience = Duration.seconds(1)

  let grants: StreamGrants
  let perSecond: Int
  let window: Duration
  let log: Log

  /// Returns when all have heard it who listened when it began. Cancelled, it leaves the rest as they are.
  func run() async {
    let ids = grants.leaving
    guard !ids.isEmpty else { return }
    let plan = LeavePlan(
      streams: ids.count, perSecond: perSecond, windowSeconds: Int(window.components.seconds))
    log.info(
      "sending streams away",
      ["streams": .int(ids.count), "perSecond": .int(perSecond), "takes": .duration(.milliseconds(plan.toldAfter))])
    do {
      try await sendAway(ids, as: plan)
      let end = ContinuousClock.now + Self.patience
      while !grants.leaving.isEmpty, .now < end { try await Task.sleep(for: Self.step) }
    } catch {
      // Somebody does not want to wait.
    }
  }

  private func sendAway(_ ids: [String], as plan: LeavePlan) async throws {
    let start = ContinuousClock.now
    var told = 0
    while true {
      let due = plan.told(after: Int((ContinuousClock.now - start) / .milliseconds(1)))
      for index in told..<due { grants.sendAway(ids[index], retry: plan.wait(of: index)) }
      told = due
      guard told < ids.count else { return }
      try await Task.sleep(for: Self.step)
    }
  }
}

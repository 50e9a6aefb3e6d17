/// How often agents are looked at.
struct AgentPace: Sendable, Equatable {
  /// While all is well.
  var calm: Duration = .seconds(30)
  /// After a first failure; twice as long after each further one.
  var first: Duration = .seconds(1)
  /// Never longer than that after a failure.
  var longest: Duration = .seconds(30)
  /// Between any two looks: a hundred calls that fail are one reason to look, not a hundred.
  var shortest: Duration = .seconds(1)

  /// Until the next look. No two agents, and no two gateways, are to keep step.
  /// - Parameter chance: from 0 to 1.
  func pause(after failures: Int, chance: Double) -> Duration {
    guard failures > 0 else { return calm * (0.8 + 0.4 * chance) }
    let doubled = first * Double(1 << min(failures - 1, 20))
    return max(shortest, min(doubled, longest) * (0.5 + 0.5 * chance))
  }
}

/// How long to wait before an agent is tried again: any time up to a limit that doubles, so that those who lost it together do not come
/// back together.
struct RunBackoff: Sendable, Equatable {
  /// Milliseconds.
  static let first: Int64 = 500
  static let longest: Int64 = 8000

  private(set) var attempts = 0

  /// - Parameter random: gives 0 to 1.
  mutating func next(_ random: () -> Double) -> Int64 {
    let limit = min(Self.first << min(attempts, 10), Self.longest)
    attempts += 1
    return Int64(Double(limit) * random())
  }
}

/// The upper bounds of a histogram's buckets, which it keeps for ever, and what it measures.
package struct Buckets: Sendable, Equatable {
  enum Unit: Sendable {
    /// Durations, shown in seconds.
    case microseconds
    /// Whole numbers of whatever the metric's name says.
    case amounts
  }

  let unit: Unit
  let bounds: [UInt64]

  private init(unit: Unit, bounds: [UInt64]) {
    precondition(!bounds.isEmpty, "A histogram needs at least one bucket.")
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "The bounds \(bounds) of a histogram do not increase.")
    self.unit = unit
    self.bounds = bounds
  }

  /// Buckets for durations, with bounds that increase. Durations are measured in microseconds, rounded.
  package static func durations(_ bounds: [Duration]) -> Buckets {
    Buckets(unit: .microseconds, bounds: bounds.map { UInt64(clamping: $0.wholeMicroseconds) })
  }

  /// Buckets for sizes and other amounts, with bounds that increase.
  package static func amounts(_ bounds: [UInt64]) -> Buckets {
    Buckets(unit: .amounts, bounds: bounds)
  }

  /// From one millisecond to ten seconds: how long people wait for an answer.
  package static let answerTimes = durations([
    .milliseconds(1), .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50), .milliseconds(100),
    .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(2500), .seconds(5), .seconds(10),
  ])
}

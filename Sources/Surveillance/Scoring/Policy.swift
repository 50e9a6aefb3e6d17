/// The figures that the scoring turns on: points, thresholds, factors. They are data, in a file with a version; which there are, and
/// what each is as a rule, is here.
package struct Policy: Sendable, Equatable {
  package let version: String
  private let values: [String: Double]

  /// - Parameter values: those that differ from the rule.
  package init(version: String, values: [String: Double] = [:]) {
    self.version = version
    self.values = values
  }

  package static let standard = Policy(version: "1")

  package subscript(key: PolicyKey) -> Double { values[key.name] ?? key.standard }
}

/// One figure of the policy.
package struct PolicyKey: Sendable, Hashable {
  /// Such as `insider.I4.points`.
  package let name: String
  package let standard: Double
  package let range: ClosedRange<Double>
  /// What it says, for the file's readers.
  package let meaning: String

  package init(_ name: String, _ standard: Double, in range: ClosedRange<Double> = 0...100, _ meaning: String) {
    self.name = name
    self.standard = standard
    self.range = range
    self.meaning = meaning
  }
}

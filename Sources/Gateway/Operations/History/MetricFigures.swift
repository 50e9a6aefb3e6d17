import Telemetry

/// The metrics as numbers to show: each is counted in one place, and read here.
struct MetricFigures: Sendable {
  let metrics: MetricsRegistry

  /// Of all series; nil where there is none, or one that does not know its value.
  func sum(_ name: String) -> Double? {
    let samples = metrics.samples(name)
    let sum = samples.reduce(0) { $0 + $1.value }
    return samples.isEmpty || sum.isNaN ? nil : sum
  }

  func sum(_ name: String, where label: String, is value: String) -> Double? {
    let samples = metrics.samples(name).filter { $0.labels[label] == value }
    return samples.isEmpty ? nil : samples.reduce(0) { $0 + $1.value }
  }

  /// The same as a whole number, none where there is none.
  func count(_ name: String) -> Int { sum(name).flatMap { Int(exactly: $0.rounded()) } ?? 0 }

  /// By the values of a label, in their order.
  func counts(_ name: String, by label: String) -> [(key: String, count: Int)] {
    var counts: [String: Double] = [:]
    for sample in metrics.samples(name) { counts[sample.labels[label] ?? "", default: 0] += sample.value }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, Int(exactly: $0.value.rounded()) ?? 0) }
  }

  /// By the values of two labels.
  func counts(
    _ name: String, by outer: String, and inner: String
  ) -> [(key: String, counts: [(key: String, count: Int)])] {
    var counts: [String: [String: Double]] = [:]
    for sample in metrics.samples(name) {
      counts[sample.labels[outer] ?? "", default: [:]][sample.labels[inner] ?? "", default: 0] += sample.value
    }
    return counts.sorted { $0.key < $1.key }.map { key, values in
      (key, values.sorted { $0.key < $1.key }.map { ($0.key, Int(exactly: $0.value.rounded()) ?? 0) })
    }
  }

  /// A histogram of durations, all its series together; nil where there is none.
  func times(_ name: String) -> Distribution? {
    let samples = metrics.distributions(name)
    guard var sum = samples.first?.value else { return nil }
    for sample in samples.dropFirst() { sum = sum.adding(sample.value) }
    return sum
  }

  func times(_ name: String, by label: String) -> [String: Distribution] {
    var times: [String: Distribution] = [:]
    for sample in metrics.distributions(name) {
      let key = sample.labels[label] ?? ""
      times[key] = times[key].map { $0.adding(sample.value) } ?? sample.value
    }
    return times
  }
}

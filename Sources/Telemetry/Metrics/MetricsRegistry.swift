import Synchronization

/// All metrics of a process, and their text for Prometheus.
///
/// Asking for a metric takes a lock and compares labels, so whoever counts often keeps the object that it got: the same
/// for the same name and labels. Counting itself takes no lock. A name that Prometheus forbids, and a name that is
/// asked for with another kind or other label names than before, are mistakes in the program and stop it. Label values
/// may be anything; a family keeps a bounded number of them, and what comes later is counted together under `other`,
/// and the asking for it in `signalbox_metrics_overflow_total`.
package final class MetricsRegistry: Sendable {
  /// Gives a value at the moment it is asked for. Called on the thread that renders; must not block.
  package typealias Reading = @Sendable () -> Double

  /// The media type of what `render` gives.
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private static let overflowName = "signalbox_metrics_overflow_total"

  private let seriesLimit: Int
  private let families = Mutex<[String: MetricFamily]>([:])

  /// Makes an empty registry, with room for this many label sets in each family, and `other`.
  package init(seriesLimit: Int = 200) {
    precondition(seriesLimit > 0, "The limit of \(seriesLimit) series leaves no room for a metric.")
    self.seriesLimit = seriesLimit
  }

  /// The counter with this name and these labels. Its name should end in `_total`.
  package func counter(_ name: String, help: String, labels: [String: String] = [:]) -> Counter {
    let instrument = instrument(name, help, .counter, labels)
    guard case .counter(let counter) = instrument else { preconditionFailure("\(name) is no counter.") }
    return counter
  }

  /// The gauge with this name and these labels.
  package func gauge(_ name: String, help: String, labels: [String: String] = [:]) -> Gauge {
    let instrument = instrument(name, help, .gauge, labels)
    guard case .gauge(let gauge) = instrument else { preconditionFailure("\(name) is no gauge.") }
    return gauge
  }

  /// Registers a gauge that is read when the metrics are rendered. Several readings with the same name and labels, such
  /// as one of each loop, are added up. A reading stays for as long as the registry.
  package func gauge(_ name: String, help: String, labels: [String: String] = [:], reading: @escaping Reading) {
    _ = instrument(name, help, .reading(isTotal: false), labels, reading: reading)
  }

  /// The same for a number that somebody else counts and that only grows. Its name should end in `_total`.
  package func counter(
    _ name: String, help: String, labels: [String: String] = [:], reading: @escaping Reading
  ) {
    _ = instrument(name, help, .reading(isTotal: true), labels, reading: reading)
  }

  /// The histogram with this name and these labels. All of one name have the same buckets.
  package func histogram(
    _ name: String, help: String, buckets: Buckets, labels: [String: String] = [:]
  ) -> Histogram {
    let instrument = instrument(name, help, .histogram(buckets), labels)
    guard case .histogram(let histogram) = instrument else { preconditionFailure("\(name) is no histogram.") }
    return histogram
  }

  /// All metrics in the text format 0.0.4, ordered by name and label values. Readings are called outside of the lock.
  package func render() -> [UInt8] {
    let families = families.withLock { Array($0.values) }
    var text = MetricsText()
    for family in families.sorted(by: { $0.name < $1.name }) { text.append(family) }
    return text.bytes
  }

  func family(_ name: String) -> MetricFamily? { families.withLock { $0[name] } }

  private func instrument(
    _ name: String, _ help: String, _ kind: MetricFamily.Kind, _ labels: [String: String], reading: Reading? = nil
  ) -> MetricFamily.Instrument {
    precondition(name != Self.overflowName, "The registry needs the metric \(name) for itself.")
    return families.withLock { families in
      Self.checkSampleNames(of: name, kind, against: families)
      var family =
        families.removeValue(forKey: name)
        ?? MetricFamily(name: name, help: help, kind: kind, labelNames: labels.keys.sorted())
      precondition(family.kind == kind, "The metric \(name) was registered as \(family.kind), not as \(kind).")
      let (index, isOverflow) = family.index(for: labels, limit: seriesLimit)
      if let reading { family.add(reading, at: index) }
      families[name] = family
      if isOverflow { Self.countOverflow(of: name, in: &families) }
      return family.series[index].instrument
    }
  }

  private static func countOverflow(of name: String, in families: inout [String: MetricFamily]) {
    var family =
      families.removeValue(forKey: overflowName)
      ?? MetricFamily(
        name: overflowName, help: "Requests for a series beyond the limit of a metric, by metric.", kind: .counter,
        labelNames: ["metric"])
    // No limit: the names of metrics are in the program, which has an end.
    let (index, _) = family.index(for: ["metric": name], limit: .max)
    if case .counter(let counter) = family.series[index].instrument { counter.add() }
    families[overflowName] = family
  }

  /// A histogram writes samples under three other names, which must not be metrics of their own.
  private static func checkSampleNames(
    of name: String, _ kind: MetricFamily.Kind, against families: [String: MetricFamily]
  ) {
    for suffix in MetricsText.histogramSuffixes {
      if case .histogram = kind {
        precondition(families[name + suffix] == nil, "The histogram \(name) writes \(name + suffix), another metric.")
      }
      guard name.hasSuffix(suffix) else { continue }
      let stem = String(name.dropLast(suffix.count))
      if case .histogram = families[stem]?.kind {
        preconditionFailure("The name \(name) belongs to the histogram \(stem).")
      }
    }
  }
}

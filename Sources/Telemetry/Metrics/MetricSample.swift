/// One series of a metric as it was at one moment.
package struct MetricSample<Value: Sendable>: Sendable {
  package let labels: [String: String]
  package let value: Value
}

extension MetricsRegistry {
  /// The series of a counter or a gauge, in the order of their labels; none where there is no such metric. A reading that does not know
  /// its value gives NaN. For whoever shows a number that is counted already.
  package func samples(_ name: String) -> [MetricSample<Double>] {
    guard let family = family(name) else { return [] }
    return family.series.compactMap { series in
      let value: Double
      switch series.instrument {
      case .counter(let counter): value = Double(counter.total)
      case .gauge(let gauge): value = Double(gauge.value)
      // Outside of the registry's lock: a reading may ask for a lock of its own.
      case .readings(let readings): value = readings.reduce(0) { $0 + $1() }
      case .histogram: return nil
      }
      return MetricSample(labels: family.labels(of: series), value: value)
    }
  }

  /// The series of a histogram.
  package func distributions(_ name: String) -> [MetricSample<Distribution>] {
    guard let family = family(name) else { return [] }
    return family.series.compactMap { series in
      guard case .histogram(let histogram) = series.instrument else { return nil }
      return MetricSample(
        labels: family.labels(of: series),
        value: Distribution(buckets: histogram.buckets, counts: histogram.snapshot.counts))
    }
  }
}

extension MetricFamily {
  fileprivate func labels(of series: Series) -> [String: String] {
    Dictionary(uniqueKeysWithValues: zip(labelNames, series.labelValues))
  }
}

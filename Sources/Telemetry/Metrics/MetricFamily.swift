/// All series of one metric name.
struct MetricFamily {
  enum Kind: Equatable {
    case counter
    case gauge
    /// A gauge, or a number that only grows, that is read when it is asked for.
    case reading(isTotal: Bool)
    case histogram(Buckets)
  }

  enum Instrument {
    case counter(Counter)
    case gauge(Gauge)
    case readings([MetricsRegistry.Reading])
    case histogram(Histogram)
  }

  struct Series {
    /// In the order of the family's label names.
    let labelValues: [String]
    /// `route="/",status="200"`, escaped; empty without labels.
    let labels: [UInt8]
    var instrument: Instrument
  }

  /// The value of every label of the series that takes what does not fit.
  static let overflowValue = "other"

  let name: String
  let help: String
  let kind: Kind
  let labelNames: [String]
  /// Ordered by label values.
  private(set) var series: [Series] = []

  init(name: String, help: String, kind: Kind, labelNames: [String]) {
    precondition(MetricNames.isMetricName(name), "\(name) is no name for a metric.")
    for label in labelNames {
      precondition(MetricNames.isLabelName(label), "\(label), a label of the metric \(name), is no name for a label.")
      if case .histogram = kind { precondition(label != "le", "The histogram \(name) needs the label le for itself.") }
    }
    self.name = name
    self.help = help
    self.kind = kind
    self.labelNames = labelNames
  }

  /// The index of the series with these labels, which is made if there is none yet; beyond `limit` series, that of the
  /// series whose label values are all `other`.
  mutating func index(for labels: [String: String], limit: Int) -> (index: Int, isOverflow: Bool) {
    let values = labelNames.compactMap { labels[$0] }
    precondition(
      values.count == labelNames.count && labels.count == labelNames.count,
      "The labels \(labels.keys.sorted()) of the metric \(name) are not its labels \(labelNames).")
    let place = place(of: values)
    if isSeries(values, at: place) { return (place, false) }
    guard series.count >= limit, !labelNames.isEmpty else {
      insert(values, at: place)
      return (place, false)
    }
    let other = labelNames.map { _ in Self.overflowValue }
    let otherPlace = self.place(of: other)
    if !isSeries(other, at: otherPlace) { insert(other, at: otherPlace) }
    return (otherPlace, true)
  }

  mutating func add(_ reading: @escaping MetricsRegistry.Reading, at index: Int) {
    guard case .readings(let readings) = series[index].instrument else { return }
    series[index].instrument = .readings(readings + [reading])
  }

  private mutating func insert(_ values: [String], at place: Int) {
    let instrument: Instrument =
      switch kind {
      case .counter: .counter(Counter())
      case .gauge: .gauge(Gauge())
      case .reading: .readings([])
      case .histogram(let buckets): .histogram(Histogram(buckets))
      }
    let labels = MetricsText.labels(zip(labelNames, values))
    series.insert(Series(labelValues: values, labels: labels, instrument: instrument), at: place)
  }

  private func isSeries(_ values: [String], at place: Int) -> Bool {
    place < series.count && series[place].labelValues == values
  }

  /// Where the series with these values is, or where it would have to be inserted.
  private func place(of values: [String]) -> Int {
    var range = series.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if series[middle].labelValues.lexicographicallyPrecedes(values) {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return range.lowerBound
  }
}

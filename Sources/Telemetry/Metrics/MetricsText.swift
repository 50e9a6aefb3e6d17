/// Writes metrics in the Prometheus text format 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct MetricsText {
  static let histogramSuffixes = ["_bucket", "_sum", "_count"]

  private(set) var bytes: [UInt8] = []

  mutating func append(_ family: MetricFamily) {
    appendHead(family)
    for series in family.series {
      switch series.instrument {
      case .counter(let counter):
        appendName(family.name, series.labels)
        bytes.append(decimal: counter.total)
        endLine()
      case .gauge(let gauge):
        appendName(family.name, series.labels)
        bytes.append(decimal: gauge.value)
        endLine()
      case .readings(let readings):
        appendName(family.name, series.labels)
        append(readings.reduce(0) { $0 + $1() })
        endLine()
      case .histogram(let histogram):
        append(histogram, family.name, series.labels)
      }
    }
  }

  private mutating func appendHead(_ family: MetricFamily) {
    bytes += "# HELP \(family.name) ".utf8
    bytes.append(escaping: family.help, quote: false)
    endLine()
    bytes += "# TYPE \(family.name) \(family.kind.word)\n".utf8
  }

  private mutating func append(_ histogram: Histogram, _ name: String, _ labels: [UInt8]) {
    let (counts, sum) = histogram.snapshot
    let unit = histogram.buckets.unit
    var total: UInt64 = 0
    for (index, count) in counts.enumerated() {
      total += count
      var labels = labels
      if !labels.isEmpty { labels.append(UInt8(ascii: ",")) }
      labels += "le=\"".utf8
      if index < histogram.buckets.bounds.count {
        labels.append(histogram.buckets.bounds[index], in: unit)
      } else {
        labels += "+Inf".utf8
      }
      labels.append(UInt8(ascii: "\""))
      appendName(name, suffix: "_bucket", labels)
      bytes.append(decimal: total)
      endLine()
    }
    appendName(name, suffix: "_sum", labels)
    bytes.append(sum, in: unit)
    endLine()
    // The same sum of buckets as in the last line of them, so that the two agree whatever is counted meanwhile.
    appendName(name, suffix: "_count", labels)
    bytes.append(decimal: total)
    endLine()
  }

  private mutating func appendName(_ name: String, suffix: String = "", _ labels: [UInt8]) {
    bytes += name.utf8
    bytes += suffix.utf8
    if !labels.isEmpty {
      bytes.append(UInt8(ascii: "{"))
      bytes += labels
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: " "))
  }

  private mutating func append(_ value: Double) {
    let text = value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : value.description
    bytes += text.utf8
  }

  private mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
  }

  /// `route="/",status="200"`, with what the values need escaped.
  static func labels(_ labels: some Sequence<(String, String)>) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in labels {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
      bytes += name.utf8
      bytes += "=\"".utf8
      bytes.append(escaping: value, quote: true)
      bytes.append(UInt8(ascii: "\""))
    }
    return bytes
  }
}

extension MetricFamily.Kind {
  fileprivate var word: String {
    switch self {
    case .counter, .reading(isTotal: true): "counter"
    case .gauge, .reading(isTotal: false): "gauge"
    case .histogram: "histogram"
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ value: UInt64, in unit: Buckets.Unit) {
    switch unit {
    case .microseconds: append(secondsFromMicroseconds: value)
    case .amounts: append(decimal: value)
    }
  }

  /// A help text escapes backslash and line feed, a label value the quote as well.
  fileprivate mutating func append(escaping text: String, quote: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): self += "\\\\".utf8
      case UInt8(ascii: "\n"): self += "\\n".utf8
      case UInt8(ascii: "\"") where quote: self += "\\\"".utf8
      default: append(byte)
      }
    }
  }
}

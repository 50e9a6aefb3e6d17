/// The value of one field of a log line.
///
/// Literals make one directly (`"status": 200`); a variable says its case (`"route": .string(route)`).
package enum LogValue: Sendable, Equatable {
  case string(String)
  case int(Int)
  case double(Double)
  case bool(Bool)
  /// Written as a number of seconds.
  case duration(Duration)
  /// Written as `"[redacted]"`.
  case secret(Secret)
  case list([LogValue])
}

extension LogValue: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .string(value) }
}

extension LogValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self = .int(value) }
}

extension LogValue: ExpressibleByFloatLiteral {
  package init(floatLiteral value: Double) { self = .double(value) }
}

extension LogValue: ExpressibleByBooleanLiteral {
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension LogValue: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: LogValue...) { self = .list(elements) }
}

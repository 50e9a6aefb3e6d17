/// A step of a trace that is over: what was done, for how long, and what came of it.
package struct TraceSpan: Sendable {
  package enum Kind: Int, Sendable {
    case `internal` = 1
    /// A request was answered.
    case server = 2
    /// Somebody else was asked.
    case client = 3
  }

  package let context: TraceContext
  /// The step from which this one came; nil for the first of its trace.
  package let parent: String?
  /// One of few: what differs between two steps of a kind is in the attributes.
  package let name: String
  package let kind: Kind
  /// Microseconds since 1970.
  package let start: Int64
  package let end: Int64
  package let attributes: LogFields
  /// Why it came to nothing; nil when it did not.
  package let error: String?

  /// - Parameter parent: a `spanID`.
  package init(
    _ name: String, _ kind: Kind, _ context: TraceContext, parent: String?, start: Int64, end: Int64,
    attributes: LogFields = [:], error: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.context = context
    self.parent = parent
    self.start = start
    // A clock that was set back meanwhile must not make it end before it began.
    self.end = max(start, end)
    self.attributes = attributes
    self.error = error
  }
}

/// Where spans go.
package protocol SpanSink: Sendable {
  /// Never waits.
  func take(_ span: TraceSpan)
}

import Telemetry

/// Spans that wait to be sent, as far as there is room: whoever does not take them must not cost more than this.
struct SpanQueue: Sendable {
  static let limit = 4096
  /// Spans that go in one request.
  static let batch = 512

  private var waiting: [TraceSpan] = []

  var isEmpty: Bool { waiting.isEmpty }
  /// There is enough for a request.
  var isFull: Bool { waiting.count >= Self.batch }

  /// False when there is no room for it.
  mutating func add(_ span: TraceSpan) -> Bool {
    guard waiting.count < Self.limit else { return false }
    waiting.append(span)
    return true
  }

  /// The oldest, at most a batch of them.
  mutating func take() -> [TraceSpan] {
    let batch = Array(waiting.prefix(Self.batch))
    waiting.removeFirst(batch.count)
    return batch
  }
}

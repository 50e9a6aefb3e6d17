/// Where a request stands in a distributed trace: the `traceparent` of W3C Trace Context, level 1.
///
/// https://www.w3.org/TR/trace-context-1/#traceparent-header
package struct TraceContext: Sendable, Hashable {
  private let traceHigh: UInt64
  private let traceLow: UInt64
  private let span: UInt64
  /// Whether the caller may have recorded the trace.
  package let isSampled: Bool
  /// What comes along beside it, from step to step.
  package let state: TraceState?

  init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, isSampled: Bool, state: TraceState? = nil) {
    self.traceHigh = traceHigh
    self.traceLow = traceLow
    self.span = span
    self.isSampled = isSampled
    self.state = state
  }

  /// Begins a trace.
  package static func generate(
    using generator: inout some RandomNumberGenerator, isSampled: Bool = true
  ) -> TraceContext {
    TraceContext(
      traceHigh: generator.next(), traceLow: nonZero(using: &generator), span: nonZero(using: &generator),
      isSampled: isSampled)
  }

  /// The next step of the same trace, to be sent with a request that this one causes.
  package func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
    TraceContext(
      traceHigh: traceHigh, traceLow: traceLow, span: Self.nonZero(using: &generator), isSampled: isSampled,
      state: state)
  }

  /// An identifier of nothing but zeros is invalid.
  private static func nonZero(using generator: inout some RandomNumberGenerator) -> UInt64 {
    max(generator.next(), 1)
  }

  /// The identifier of the whole trace, in 32 hexadecimal digits.
  package var traceID: String { text(appendTraceID(to:)) }

  /// The identifier of this step, in 16 hexadecimal digits.
  package var spanID: String { text { $0.append(hexadecimal: span, width: 16) } }

  /// The value of the header field, always in version 00.
  package var traceparent: String {
    text {
      $0 += "00-".utf8
      appendTraceID(to: &$0)
      $0.append(UInt8(ascii: "-"))
      $0.append(hexadecimal: span, width: 16)
      $0 += (isSampled ? "-01" : "-00").utf8
    }
  }

  private func appendTraceID(to bytes: inout [UInt8]) {
    bytes.append(hexadecimal: traceHigh, width: 16)
    bytes.append(hexadecimal: traceLow, width: 16)
  }

  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TraceContext: CustomStringConvertible {
  package var description: String { traceparent }
}

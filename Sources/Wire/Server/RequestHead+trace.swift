package import HTTP
package import Telemetry

extension RequestHead {
  /// The caller's step of a trace. Nil where the caller names none, or not in a way that the standard lets us take: then its trace ends
  /// here and another begins.
  package var callersTrace: TraceContext? {
    let values = fields.values(of: "traceparent")
    guard values.count == 1 else { return nil }
    return TraceContext(traceparent: values[0], state: TraceState(fields.values(of: "tracestate")))
  }

  func trace(using generator: inout some RandomNumberGenerator) -> TraceContext {
    callersTrace?.child(using: &generator) ?? .generate(using: &generator)
  }
}

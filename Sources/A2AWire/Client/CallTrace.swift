import A2A
package import Telemetry
import Wire

/// The step of a trace that an agent is called from, and where it is told how each call went.
package struct CallTrace: Sendable {
  let context: TraceContext
  /// Nil: nobody is told, and calls name the step itself.
  let sink: (any SpanSink)?

  package init(_ context: TraceContext, to sink: (any SpanSink)?) {
    self.context = context
    // Whoever begins a trace says whether it is recorded.
    self.sink = context.isSampled ? sink : nil
  }

  func begin(_ attempt: CallAttempt) -> CallStep {
    guard sink != nil else { return CallStep(trace: self, context: context, attempt: attempt, start: 0) }
    var random = SystemRandomNumberGenerator()
    return CallStep(
      trace: self, context: context.child(using: &random), attempt: attempt, start: UnixClock.microseconds())
  }
}

/// A call that is under way.
struct CallStep: Sendable {
  let trace: CallTrace
  /// What the agent is told as `traceparent`.
  let context: TraceContext
  let attempt: CallAttempt
  let start: Int64

  /// The answer has been read; of a stream, its beginning.
  func end(_ error: AgentCallError? = nil) {
    guard let sink = trace.sink else { return }
    let name = attempt.call.operation.name.method(in: .v1)
    var attributes: LogFields = [
      "rpc.system": "a2a", "rpc.method": .string(name), "a2a.agent": .string(attempt.agent),
      "a2a.version": .string(attempt.call.dialect.version.rawValue),
    ]
    if let error { attributes.append("error.type", .string(error.kind)) }
    sink.take(
      TraceSpan(
        name, .client, context, parent: trace.context.spanID, start: start, end: UnixClock.microseconds(),
        attributes: attributes, error: error?.description))
  }
}

extension AgentCallError {
  /// One of few words, for those who count.
  fileprivate var kind: String {
    switch reason {
    case .refused: "refused"
    case .answered: "answered"
    case .transport: "transport"
    case .cut: "cut"
    case .breach: "breach"
    case .unreadableCard: "card"
    case .noInterface: "interface"
    case .unsendable: "unsendable"
    case .cancelled: "cancelled"
    }
  }
}

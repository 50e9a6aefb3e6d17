import JSON
import Journal
import Telemetry

/// What has to be remembered of a run beside its records: how far it was handed over, and who it is at its agent. As a memo it is written
/// together with the records that it goes with.
struct RunMemory: Sendable, Equatable {
  static let memoName = "run"

  enum Phase: String, Sendable, Equatable {
    /// The agent has not been asked.
    case waiting
    /// It is being asked, or was when this was written: whether it knows is not known.
    case handingOver = "handing-over"
    /// It has told of the task.
    case handedOver = "handed-over"
  }

  var phase = Phase.waiting
  /// What the agent calls the conversation. Ours to choose, and nobody else's to know: it is how a task is found again that was being
  /// handed over.
  var agentContext: String
  /// What the agent calls the task.
  var agentTask: String?
  /// Media types that the sender takes.
  var acceptedOutputModes: [String] = []
  /// The step of the trace that the run is: a `traceparent`.
  var trace: String
  /// The `tracestate` that came along with the request that began it.
  var traceState: String?
  /// The step that it came from: the request that began it.
  var parentSpan: String?
  /// Milliseconds since 1970 when the agent was given it; nil before.
  var begun: Int64?
  /// Milliseconds that it has waited for a person since then.
  var waited: Int64 = 0

  init(agentContext: String, trace: String) {
    self.agentContext = agentContext
    self.trace = trace
  }

  var traceContext: TraceContext? {
    TraceContext(traceparent: trace, state: traceState.flatMap { TraceState([$0]) })
  }

  var memo: Memo {
    var writer = JSONWriter()
    writer.object { object in
      object.member("phase", phase.rawValue)
      object.member("agentContext", agentContext)
      object.member("agentTask", ifPresent: agentTask)
      object.array("acceptedOutputModes") { list in for mode in acceptedOutputModes { list.string(mode) } }
      object.member("trace", trace)
      object.member("traceState", ifPresent: traceState)
      object.member("parentSpan", ifPresent: parentSpan)
      object.member("begun", ifPresent: begun)
      object.member("waited", waited)
    }
    return Memo(Self.memoName, writer.bytes)
  }

  /// Nil for what this does not write.
  init?(_ memo: Memo) {
    guard memo.name == Self.memoName, let body = memo.body, let value = try? JSONValue(parsing: body),
      let phase = value["phase"]?.string.flatMap(Phase.init), let context = value["agentContext"]?.string,
      let trace = value["trace"]?.string
    else { return nil }
    self.init(agentContext: context, trace: trace)
    self.phase = phase
    traceState = value["traceState"]?.string
    parentSpan = value["parentSpan"]?.string
    agentTask = value["agentTask"]?.string
    acceptedOutputModes = value["acceptedOutputModes"]?.elements.compactMap(\.string) ?? []
    begun = value["begun"]?.int
    waited = value["waited"]?.int ?? 0
  }
}

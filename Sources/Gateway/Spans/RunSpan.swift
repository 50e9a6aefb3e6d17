import A2A
import Journal
import Telemetry

/// The step of a trace that a task is: from the moment it was begun to its end, restarts of the gateway and all.
enum RunSpan {
  /// Nil where it is not to be recorded: whoever began the trace said so.
  /// - Parameters:
  ///   - failure: nil where it is the agent's own end.
  ///   - end: milliseconds since 1970.
  static func of(
    _ task: StoredTask, _ memory: RunMemory, endedAs state: TaskState, _ failure: RunFailure?, _ why: String? = nil,
    at end: Int64
  ) -> TraceSpan? {
    guard let context = memory.traceContext, context.isSampled else { return nil }
    var attributes: LogFields = [
      "signalbox.task": .string(task.id), "signalbox.agent": .string(task.opening.agent),
      "signalbox.state": .string(state.word),
    ]
    if let failure { attributes.append("signalbox.failure", .string(failure.rawValue)) }
    return TraceSpan(
      "run \(task.opening.agent)", .internal, context, parent: memory.parentSpan, start: task.opened * 1000,
      end: end * 1000, attributes: attributes,
      error: state == .failed ? why ?? failure?.rawValue ?? "The agent has failed." : nil)
  }
}

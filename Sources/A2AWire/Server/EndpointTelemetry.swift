import A2A
package import Telemetry

/// What A2A endpoints tell about themselves. One for all endpoints of a process.
package struct EndpointTelemetry: Sendable {
  let log: Log
  let streamsOpen: Gauge
  let callersRefused: Counter
  private let metrics: MetricsRegistry

  package init(log: Log, metrics: MetricsRegistry) {
    self.log = log
    self.metrics = metrics
    streamsOpen = metrics.gauge("signalbox_a2a_streams_open", help: "A2A streams that are open now.")
    callersRefused = metrics.counter(
      "signalbox_a2a_callers_refused_total", help: "A2A requests of callers that may not call.")
    // They are there from the start, so that the first call is an increase.
    for operation in OperationName.allCases {
      for version in ProtocolVersion.allCases {
        for binding in Dialect.Binding.allCases { _ = calls(operation, Dialect(binding, version)) }
      }
    }
  }

  private func calls(_ operation: OperationName, _ dialect: Dialect) -> Counter {
    metrics.counter(
      "signalbox_a2a_calls_total", help: "A2A calls, by operation and dialect.",
      labels: ["operation": operation.method(in: .v1), "dialect": dialect.name])
  }

  /// One call, when its answer is known: that of a stream when it begins.
  func record(_ call: ServerCall, by caller: Caller, request: String, task: String?, error: A2AError?) {
    calls(call.operation.name, call.dialect).add()
    log.debug("a2a call", fields(call, by: caller, request: request, task: task, error: error))
  }

  private func fields(
    _ call: ServerCall, by caller: Caller, request: String, task: String?, error: A2AError?
  ) -> LogFields {
    var fields: LogFields = [
      "request": .string(request), "operation": .string(call.operation.name.method(in: .v1)),
      "dialect": .string(call.dialect.name), "caller": .string(caller.name),
    ]
    if let task = task ?? call.operation.taskID { fields.append("task", .string(task)) }
    if let error {
      fields.append("error", .string("\(error.code)"))
      fields.append("reason", .string(error.message))
    }
    return fields
  }
}

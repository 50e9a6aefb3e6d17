import A2A
import JSON
import Telemetry

/// What somebody wants an agent to do.
struct WorkOrder: Sendable {
  /// The agent's name; nil: the default one.
  var agent: String?
  /// As its sender wrote it. Its context is the sender's name for a conversation; the agent has another.
  var message: Message
  /// Media types that the sender takes; empty takes what comes.
  var acceptedOutputModes: [String] = []
  /// Of the request. An object.
  var metadata: JSONValue?
  /// For lists; nil: the beginning of the message.
  var title: String?
  /// The sender's word against beginning it twice.
  var key: String?
  var trace: TraceContext

  init(message: Message, trace: TraceContext) {
    self.message = message
    self.trace = trace
  }
}

/// A task that was begun, or was begun before with the same key.
struct Submitted: Sendable, Equatable {
  let task: String
  /// The conversation that it belongs to, as its owner calls it.
  let context: String
  /// Behind its first records.
  let offset: Int64
  let isNew: Bool
}

package import A2A
package import A2AWire

/// Sends a task's events to where a configuration says. It never waits for the receiver.
package protocol PushDelivery: Sendable {
  /// Throws `invalidParams` when nothing may be sent there.
  func check(_ config: PushConfig) throws(A2AError)
  /// - Parameters:
  ///   - task: as it is behind the event.
  ///   - version: in which the configuration was registered.
  func send(_ event: TaskEvent, of task: AgentTask, to config: PushConfig, version: ProtocolVersion)
  /// Nobody is to be told any more.
  func forget(taskID: String, configID: String)
}

extension PushSender: PushDelivery {}

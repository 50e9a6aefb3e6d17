import A2A
import AgentKit
import Synchronization

/// Takes notifications and keeps them.
final class PushLog: PushDelivery {
  struct Sent {
    let event: TaskEvent
    let task: AgentTask
    let config: PushConfig
  }

  private let log = Mutex<(sent: [Sent], forgotten: [String])>(([], []))

  var sent: [Sent] { log.withLock { $0.sent } }
  var forgotten: [String] { log.withLock { $0.forgotten } }

  func check(_ config: PushConfig) throws(A2AError) {
    if config.url == "bad" { throw A2AError(.invalidParams, "Nothing can be sent there.") }
  }

  func send(_ event: TaskEvent, of task: AgentTask, to config: PushConfig, version: ProtocolVersion) {
    log.withLock { $0.sent.append(Sent(event: event, task: task, config: config)) }
  }

  func forget(taskID: String, configID: String) {
    log.withLock { $0.forgotten.append(configID) }
  }
}

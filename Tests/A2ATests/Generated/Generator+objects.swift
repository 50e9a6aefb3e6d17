import A2A
import TestSupport

extension Generator {
  mutating func part() -> Part {
    let content: Part.Content =
      switch count(0...3) {
      case 0: .text(flip() ? "" : text())
      case 1: .raw(random.bytes(count(0...9)))
      case 2: .url("https://example.com/" + text())
      default: .data(anyValue())
      }
    var part = Part(content, filename: maybe { $0.text() }, mediaType: maybe { $0.text() })
    part.metadata = maybe { $0.object() }
    return part
  }

  mutating func message() -> Message {
    var message = Message(
      id: text(), role: pick([.user, .agent]), parts: list(1...3) { $0.part() }, contextID: maybe { $0.text() },
      taskID: maybe { $0.text() })
    message.metadata = maybe { $0.object() }
    message.extensions = list { $0.text() }
    message.referenceTaskIDs = list { $0.text() }
    return message
  }

  mutating func timestamp() -> Timestamp {
    Timestamp(millisecondsSince1970: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
  }

  mutating func status() -> TaskStatus {
    TaskStatus(pick(TaskState.allCases), message: maybe { $0.message() }, timestamp: maybe { $0.timestamp() })
  }

  mutating func artifact() -> Artifact {
    var artifact = Artifact(
      id: text(), parts: list(0...3) { $0.part() }, name: maybe { $0.text() }, description: maybe { $0.text() })
    artifact.metadata = maybe { $0.object() }
    artifact.extensions = list { $0.text() }
    return artifact
  }

  mutating func task() -> AgentTask {
    var task = AgentTask(id: text(), contextID: maybe { $0.text() }, status: status())
    task.artifacts = maybe { $0.list { $0.artifact() } }
    task.history = maybe { $0.list { $0.message() } }
    task.metadata = maybe { $0.object() }
    return task
  }

  mutating func event() -> TaskEvent {
    switch count(0...3) {
    case 0: .task(task())
    case 1: .message(message())
    case 2:
      .status(.init(taskID: text(), contextID: text(), status: status(), metadata: maybe { $0.object() }))
    default:
      .artifact(
        .init(
          taskID: text(), contextID: text(), artifact: artifact(), append: flip(), lastChunk: flip(),
          metadata: maybe { $0.object() }))
    }
  }

  mutating func pushConfig() -> PushConfig {
    var config = PushConfig(
      url: "https://example.com/" + text(), id: maybe { $0.text() }, taskID: maybe { $0.text() },
      token: maybe { $0.text() })
    config.authentication = maybe { .init(scheme: $0.text(), credentials: $0.maybe { $0.text() }) }
    return config
  }
}

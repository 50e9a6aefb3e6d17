import A2A
import JSON

// How much room things take up, nearly: what limits count.

extension Message {
  var byteCount: Int {
    id.utf8.count + parts.byteCount + (metadata?.bytes.count ?? 0) + 64
  }
}

extension [Part] {
  var byteCount: Int {
    reduce(0) { sum, part in
      let content =
        switch part.content {
        case .text(let text), .url(let text): text.utf8.count
        case .raw(let bytes): bytes.count
        case .data(let value): value.bytes.count
        }
      return sum + content + (part.metadata?.bytes.count ?? 0) + 32
    }
  }
}

extension Artifact {
  var byteCount: Int {
    id.utf8.count + (name?.utf8.count ?? 0) + (description?.utf8.count ?? 0) + parts.byteCount
      + (metadata?.bytes.count ?? 0) + 64
  }
}

extension TaskEvent {
  var byteCount: Int {
    switch self {
    case .message(let message): message.byteCount
    case .status(let update): (update.status.message?.byteCount ?? 0) + (update.metadata?.bytes.count ?? 0) + 128
    case .artifact(let update): update.artifact.byteCount + (update.metadata?.bytes.count ?? 0) + 128
    case .task(let task):
      (task.artifacts ?? []).reduce(0) { $0 + $1.byteCount } + (task.history ?? []).reduce(0) { $0 + $1.byteCount }
        + (task.status.message?.byteCount ?? 0) + 128
    }
  }
}

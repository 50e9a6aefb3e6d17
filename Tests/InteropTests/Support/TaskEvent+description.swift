import A2A
import A2AWire

extension TaskEvent {
  /// In a line that can be compared.
  var line: String {
    switch self {
    case .task(let task): "task \(task.status.state)"
    case .message(let message): "message: \(message.text)"
    case .status(let update):
      "status \(update.status.state)" + (update.status.message.map { ": \($0.text)" } ?? "")
    case .artifact(let update):
      "artifact" + (update.append ? " appended" : "") + (update.lastChunk ? " last" : "") + ": "
        + update.artifact.parts.text
    }
  }
}

extension [Part] {
  var text: String {
    compactMap { part in if case .text(let text) = part.content { text } else { nil } }.joined()
  }
}

extension TaskEventStream {
  /// What is left of it, to its proper end.
  func lines() async throws -> [String] {
    var lines: [String] = []
    while let event = try await next() { lines.append(event.line) }
    return lines
  }
}

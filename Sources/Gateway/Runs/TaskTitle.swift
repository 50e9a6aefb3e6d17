import A2A
import JSON

/// What a task is called where people choose among many.
enum TaskTitle {
  /// Bytes of one that the gateway finds itself.
  private static let byteLimit = 100
  /// Characters of one that an agent gives.
  static let limit = 120

  /// Before anybody has found a better one: the name of the file that it begins with, or the first line of what was said. Markup is no
  /// title, and neither is nothing.
  static func first(of message: Message, agent: String) -> String {
    if let name = message.parts.first?.filename.map(lastOfPath), let title = cleaned(name) { return title }
    let line = line(of: message.text)
    guard let start = line.unicodeScalars.first, start != "<", start != "{" else { return "Task for \(agent)" }
    return line
  }

  /// As an agent gives it, fit for a list; nil where nothing is left of it.
  static func cleaned(_ title: String) -> String? {
    let words = title.unicodeScalars
      .split { $0.properties.generalCategory == .control || $0.properties.isWhitespace }
    // What turns the direction of writing would turn what stands beside it, too.
    let line = words.map { String($0.filter { !$0.properties.isBidiControl }) }
      .filter { !$0.isEmpty }.joined(separator: " ")
    guard !line.isEmpty else { return nil }
    return line.count > limit ? line.prefix(limit - 1) + "…" : line
  }

  private static func lastOfPath(_ name: String) -> String {
    name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
  }

  private static func line(of text: String) -> String {
    // A mark of the byte order is no character of the text.
    let line = text.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
      .prefix { $0.properties.generalCategory != .control }
    var title = ""
    for scalar in line {
      guard title.utf8.count < byteLimit else { return title + "..." }
      title.unicodeScalars.append(scalar)
    }
    return title
  }
}

extension TaskEvent {
  /// What the agent calls the task from now on: the `title` of its report.
  var saidTitle: String? {
    let metadata: JSONValue? =
      switch self {
      case .status(let update): update.metadata
      case .artifact(let update): update.metadata
      case .task, .message: nil
      }
    return metadata?[ProgressReport.extensionURI]?["title"]?.string.flatMap(TaskTitle.cleaned)
  }
}

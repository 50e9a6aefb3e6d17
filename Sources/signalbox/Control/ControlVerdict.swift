import JSON

/// What came of a command.
struct ControlVerdict: Sendable, Equatable {
  /// Of the command.
  let id: String
  let task: String
  let command: String
  /// `stopped`, `refused`, …
  let word: String
  let why: String?
  let afterMilliseconds: Int64?
  /// As it came, one line.
  let line: String

  /// - Parameters:
  ///   - id: where the verdict itself does not name its command, as in a receipt.
  ///   - task: the same.
  init?(_ json: JSONValue, id: String? = nil, task: String? = nil, command: String? = nil) {
    guard let word = json["verdict"]?.string, let id = json["id"]?.string ?? id,
      let task = json["task"]?.string ?? task
    else { return nil }
    self.id = id
    self.task = task
    self.word = word
    self.command = json["command"]?.string ?? command ?? ""
    why = json["why"]?.string
    afterMilliseconds = json["afterMilliseconds"]?.int
    line = json["id"] == nil ? Self.line(json, id, task, self.command) : JSONLine.text(json)
  }

  private static func line(_ json: JSONValue, _ id: String, _ task: String, _ command: String) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("type", "verdict")
      object.member("id", id)
      object.member("task", task)
      object.member("command", command)
      for (key, value) in json.members where !["type", "id", "task", "command"].contains(key) {
        object.member(key, value)
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// How a command that waited for it ends.
  var code: ExitCode {
    switch word {
    case "stopped", "taken", "paused", "resumed": .ok
    case "refused": .agentRefused
    case "ignored": .ignored
    case "too-late": .tooLate
    default: .unknownOutcome
    }
  }

  /// "stopped", "refused: The decision is being written."
  var text: String {
    let word = TerminalText.line(word, limit: 40)
    return why.map { "\(word): \(TerminalText.line($0, limit: 300))" } ?? word
  }
}

import JSON

/// A task as the gateway describes it in lists and snapshots: of all members those that a terminal shows.
struct TaskSummary: Sendable, Equatable {
  let id: String
  let title: String
  let agent: String
  let owner: String
  let state: String
  let isFinal: Bool
  /// RFC 3339.
  let updated: String

  /// Nil for what is no task document.
  init?(_ json: JSONValue) {
    guard let id = json["id"]?.string, let state = json["state"]?.string, let isFinal = json["final"]?.bool else {
      return nil
    }
    self.id = id
    self.state = state
    self.isFinal = isFinal
    title = json["title"]?.string ?? ""
    agent = json["agent"]?.string ?? ""
    owner = json["owner"]?.string ?? ""
    updated = json["updated"]?.string ?? ""
  }

  /// What became of it, or how it stands: "failed".
  var standing: String { TerminalText.line(state, limit: 40) }
}

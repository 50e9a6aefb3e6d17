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
  let opened: String
  let updated: String

  /// Nil for what is no task document.
  init?(_ json: JSONValue) {
    guard let isFinal = json["final"]?.bool else { return nil }
    self.init(json, isFinal)
  }

  /// Where only running tasks are told of, no task says of itself that it is one.
  static func running(_ json: JSONValue) -> TaskSummary? {
    TaskSummary(json, json["final"]?.bool ?? false)
  }

  private init?(_ json: JSONValue, _ isFinal: Bool) {
    guard let id = json["id"]?.string, let state = json["state"]?.string else { return nil }
    self.id = id
    self.state = state
    self.isFinal = isFinal
    title = json["title"]?.string ?? ""
    agent = json["agent"]?.string ?? ""
    owner = json["owner"]?.string ?? ""
    opened = json["opened"]?.string ?? ""
    updated = json["updated"]?.string ?? ""
  }

  /// What became of it, or how it stands: "failed".
  var standing: String { TerminalText.line(state, limit: 40) }
}

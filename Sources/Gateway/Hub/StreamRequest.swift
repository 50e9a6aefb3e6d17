import HTTP

/// What somebody asks to watch, and from where on.
struct StreamRequest: Equatable {
  enum Scope: Equatable {
    /// In the order in which they were named, each once; at least one.
    case tasks([String])
    case everything
  }

  /// So many may be named at once.
  static let taskLimit = 100

  let scope: Scope
  let start: StreamStart
  let profile: Profile

  /// - Parameter task: the one in the path; nil where the query says which.
  init(_ head: RequestHead, task: String?) throws(Refusal) {
    let items = head.target.queryItems
    let known = Self.cursorNames + ["profile"] + (task == nil ? ["tasks", "all"] : [])
    if let unknown = items.first(where: { !known.contains($0.name) }) {
      throw Refusal(
        .badRequest, "There is no parameter \(Excerpt.quoting(unknown.name.utf8)) here. Leave it out, or mend it.",
        code: "bad-query")
    }
    start = try Self.start(head, items)
    scope = if let task { .tasks([task]) } else { try Self.scope(items) }
    profile = try Profile(askedWith: items.filter { $0.name == "profile" }.map(\.value))
    if profile != .native, task == nil { throw .oneTaskOnly(profile) }
  }

  // MARK: Where it begins

  private static let cursorNames = ["after", "last_event_id", "lastEventId", "lastEventID"]

  /// The field beats the query, which a browser goes on to send as it was.
  private static func start(_ head: RequestHead, _ items: [QueryItem]) throws(Refusal) -> StreamStart {
    let shown = Set(head.fields.values(of: "last-event-id")).subtracting([""])
    let asked = Set(items.filter { cursorNames.contains($0.name) }.map(\.value)).subtracting([""])
    let said = shown.isEmpty ? asked : shown
    guard said.count <= 1 else {
      throw Refusal(
        .badRequest, "The request gives two different places to begin at. Give one, as Last-Event-ID or as after.",
        code: "bad-cursor")
    }
    guard let text = said.first else { return .unsaid }
    return try StreamStart(text)
  }

  // MARK: What is watched

  private static func scope(_ items: [QueryItem]) throws(Refusal) -> Scope {
    let lists = items.filter { $0.name == "tasks" }.map(\.value)
    let alls = items.filter { $0.name == "all" }.map(\.value)
    guard alls.allSatisfy({ ["", "1", "true"].contains($0) }) else {
      throw Refusal(.badRequest, "The parameter all has no value. Write ?all, or leave it out.", code: "bad-scope")
    }
    guard lists.isEmpty != alls.isEmpty else {
      throw Refusal(
        .badRequest, "Say what to watch: ?tasks= with ids and commas between them, or ?all.", code: "bad-scope")
    }
    guard alls.isEmpty else { return .everything }
    var seen: Set<String> = []
    let ids = lists.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let tasks = ids.filter { seen.insert($0).inserted }
    guard !seen.contains("") else {
      throw Refusal(
        .badRequest, "The parameter tasks has an empty id. Write ids with one comma between them.", code: "bad-scope")
    }
    guard tasks.count <= taskLimit else {
      throw Refusal(
        .badRequest,
        "These are \(tasks.count) tasks, and one stream carries \(taskLimit). Open several, or ask for ?all.",
        code: "too-many-tasks")
    }
    return .tasks(tasks)
  }
}

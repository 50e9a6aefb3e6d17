import JSON

/// What the gateway says to a cancel of many tasks.
struct CancelRound: Sendable {
  struct Receipt: Sendable, Equatable {
    let id: String
    let task: String
  }

  private let json: JSONValue
  /// Those that fit.
  let tasks: [TaskSummary]
  let receipts: [Receipt]
  /// A sentence for each task that the gateway does not let one cancel.
  let refusals: [String]
  let hasMore: Bool

  var hasRefusals: Bool { !refusals.isEmpty }

  init(_ json: JSONValue) {
    self.json = json
    hasMore = json["more"]?.bool ?? false
    tasks = Self.list(json["tasks"]) { TaskSummary.running($0) }
    receipts = Self.list(json["receipts"]) { item in
      guard let id = item["id"]?.string, let task = item["task"]?.string else { return nil }
      return Receipt(id: id, task: task)
    }
    refusals = Self.list(json["refused"]) { item in
      guard let task = item["task"]?.string else { return nil }
      let said = item["message"]?.string ?? item["code"]?.string ?? "It is refused."
      return "\(TerminalText.line(task, limit: 200)): \(TerminalText.line(said, limit: 300))"
    }
  }

  /// For scripts, one line: what was found and done, without what belongs to the connection.
  var line: String {
    var writer = JSONWriter()
    writer.object { object in
      for (key, value) in json.members where !["type", "id"].contains(key) { object.member(key, value) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func list<Item>(_ json: JSONValue?, _ read: (JSONValue) -> Item?) -> [Item] {
    guard let json, json.kind == .array else { return [] }
    var items: [Item] = []
    for element in json.elements { if let item = read(element) { items.append(item) } }
    return items
  }
}

extension TaskQuery {
  /// The condition with a question mark for each value, and the values: what people typed is never part of the statement.
  var condition: (sql: String, values: [Statement.Value]) {
    var terms: [String] = []
    var values: [Statement.Value] = []
    func add(_ term: String, _ more: Statement.Value...) {
      terms.append(term)
      values += more
    }
    func list(_ column: String, _ names: Set<String>) -> String {
      values += names.sorted().map { .text($0) }
      return "\(column) IN (\(names.map { _ in "?" }.joined(separator: ", ")))"
    }
    // There are few that run, however many have ended: a plus keeps SQLite from going by the owner instead.
    let free = isFinal == false ? "+" : ""
    let alternatives = visible.map { visible in
      var parts: [String] = []
      if let owner = visible.owner {
        parts.append("\(free)owner = ?")
        values.append(.text(owner))
      }
      if let tenant = visible.tenant {
        parts.append("\(free)tenant = ?")
        values.append(.text(tenant))
      }
      if let agents = visible.agents { parts.append(list("agent", agents)) }
      return parts.isEmpty ? "1" : "(\(parts.joined(separator: " AND ")))"
    }
    terms.append(alternatives.isEmpty ? "0" : "(\(alternatives.joined(separator: " OR ")))")
    if let states { terms.append(list("state", states)) }
    // In so many words: the index of those that run is not used for a value.
    if let isFinal { add(isFinal ? "is_final = 1" : "is_final = 0") }
    if let agent { add("agent = ?", .text(agent)) }
    if let owner { add("owner = ?", .text(owner)) }
    if let text, !text.isEmpty {
      add(
        "(instr(lower(coalesce(said_title, title)), lower(?)) OR instr(lower(id), lower(?)))", .text(text), .text(text))
    }
    if let context { add("context = ?", .text(context)) }
    if let updatedSince { add("updated >= ?", .integer(updatedSince)) }
    if let before { add("\(order.column) < ?", .integer(before)) }
    return (terms.joined(separator: " AND "), values)
  }
}

extension TaskQuery.Order {
  var column: String {
    switch self {
    case .opening: "first_offset"
    case .update: "last_offset"
    }
  }

  func place(of task: StoredTask) -> Int64 {
    switch self {
    case .opening: task.firstOffset
    case .update: task.lastOffset
    }
  }
}

import JSON

/// One page of the gateway's list of tasks.
struct TaskListPage: Sendable {
  /// As they came, newest first.
  let documents: [JSONValue]
  /// Where the next page begins; nil on the last one.
  let next: String?

  init(_ json: JSONValue) throws(CommandFailure) {
    guard let tasks = json["tasks"], tasks.kind == .array else {
      throw .failure("What the gateway answered is no list of tasks; this program and that gateway do not match.")
    }
    documents = Array(tasks.elements)
    next = json["next"].flatMap { $0.string ?? $0.numberText }
  }
}

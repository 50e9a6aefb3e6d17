import A2A
import HTTP
import Journal

/// What `GET /api/tasks` is asked.
struct TaskListQuery: Sendable, Equatable {
  static let defaultLimit = 50
  static let highestLimit: Int64 = 200

  let limit: Int
  private let filter: TaskQuery

  /// - Parameter epoch: that of the journal; a page cursor of another one leads nowhere.
  init(_ target: RequestTarget, epoch: String) throws(Refusal) {
    let fields = try QueryFields(target, known: ["state", "final", "agent", "owner", "text", "before", "limit"])
    limit = Int(try fields.number("limit", in: 1...Self.highestLimit) ?? Int64(Self.defaultLimit))
    var filter = TaskQuery(visible: [])
    filter.states = try fields.words("state", of: TaskState.words)
    filter.isFinal = try fields.flag("final")
    filter.agent = try fields.text("agent")
    filter.owner = try fields.text("owner")
    filter.text = try fields.text("text")
    if let before = fields["before"] {
      guard let cursor = Cursor(before) else {
        throw Refusal(
          .badRequest,
          "\(Excerpt.quoting(before.utf8)) is no page cursor. Send the next of the page before, or no before.",
          code: "bad-cursor")
      }
      guard cursor.epoch == epoch else { throw .cursorLost }
      filter.before = cursor.offset
    }
    self.filter = filter
  }

  func query(visible: [TaskQuery.Visibility], limit: Int) -> TaskQuery {
    var query = filter
    query.visible = visible
    query.limit = limit
    query.withSnapshots = false
    return query
  }
}

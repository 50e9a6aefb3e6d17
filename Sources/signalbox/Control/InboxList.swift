import JSON

/// The questions that wait when one begins to listen, until all of them have come.
struct InboxList: Sendable {
  private let due: Int64
  /// Others wait behind these.
  let hasMore: Bool
  var questions: [OpenQuestion] = []

  /// Nil where the gateway does not say how many there are.
  init?(_ ack: JSONValue) {
    guard let due = ack["waiting"]?.int else { return nil }
    self.due = due
    hasMore = ack["more"]?.bool ?? false
  }

  var isWhole: Bool { questions.count >= due }
}

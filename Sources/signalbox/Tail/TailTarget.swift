import HTTP

/// What is followed.
enum TailTarget: Sendable, Equatable {
  /// At least one.
  case tasks([String])
  /// Every task that the policy lets this principal watch, also those to come.
  case all

  /// - Parameter after: a cursor or a reserved word; nil leaves it to the gateway.
  func path(after: String?) -> String {
    let items: [String]
    let path: String
    switch self {
    case .tasks(let tasks) where tasks.count == 1:
      (path, items) = ("/api/stream/\(PercentEncoding.encode(tasks[0]))", [])
    case .tasks(let tasks):
      (path, items) = ("/api/stream", ["tasks=\(tasks.map(PercentEncoding.encode).joined(separator: ","))"])
    case .all:
      (path, items) = ("/api/stream", ["all"])
    }
    let query = (items + (after.map { ["after=\(PercentEncoding.encode($0))"] } ?? [])).joined(separator: "&")
    return query.isEmpty ? path : "\(path)?\(query)"
  }

  /// How somebody goes on with it by hand: "tail t-1".
  var words: String {
    switch self {
    case .tasks(let tasks): "tail " + tasks.map(Shell.quoted).joined(separator: " ")
    case .all: "tail --all"
    }
  }

  var isOneTask: Bool {
    if case .tasks(let tasks) = self { tasks.count == 1 } else { false }
  }
}

import HTTP
import TestSupport
import Wire

/// Follows tasks to their end as a careful client does: whatever happens to the connection, it comes back with its cursor.
struct Watcher: Sendable {
  let clients: Clients
  let port: Int
  let tasks: [String]
  /// What to show at first; nil, nothing.
  var cursor: String?
  /// When it has seen enough and goes away, if that is before the end.
  var hasEnough: @Sendable (Watched) -> Bool = { _ in false }
  /// How long a connection may be silent before it is given up.
  var silence: Duration = .seconds(60)
  /// Comes by WebSocket, and not for an event stream.
  var usesSocket = false
  /// Told of each event as it comes.
  var onEvent: @Sendable (ReceivedEvent) -> Void = { _ in }

  /// The same, going away after so many records.
  func leaving(after records: Int) -> Watcher {
    var copy = self
    copy.hasEnough = { $0.checker.recordCount >= records }
    return copy
  }

  /// Returns when the stream has said that it is finished, or that there is nothing more.
  func watch() async throws -> Watched {
    var watched = Watched(Set(tasks))
    var shown = cursor
    while true {
      do {
        watched.checker.connect(showing: shown)
        let isOver =
          usesSocket
          ? try await connectSocket(showing: shown, &watched) : try await connect(showing: shown, &watched)
        if isOver { return watched }
      } catch is ClientError {
        watched.breaks += 1
      }
      if !watched.checker.lastID.isEmpty { shown = watched.checker.lastID }
      try await Pause.beforeRetry()
    }
  }

  /// One connection. True when there is nothing more to come.
  private func connect(showing cursor: String?, _ watched: inout Watched) async throws -> Bool {
    var fields = HTTPFields([("accept", "text/event-stream")])
    if let cursor { fields["last-event-id"] = cursor }
    var deadlines = ClientDeadlines()
    (deadlines.connect, deadlines.answer, deadlines.idle) = (.seconds(60), .seconds(60), silence)
    let path = tasks.count == 1 ? "/\(tasks[0])" : "?tasks=\(tasks.joined(separator: ","))"
    let url = try Clients.url(port, "/api/stream\(path)")
    let response = try await clients.watcher.send(ClientRequest(.get, url, fields: fields, deadlines: deadlines))
    if response.status.code == 204 { return true }
    guard response.status.code == 200 else {
      let body = String(decoding: try await response.body.collect(limit: 65_536), as: UTF8.self)
      throw Refused(status: response.status, text: body)
    }
    let stream = try await response.events()
    while let event = try await stream.next() {
      watched.take(event)
      onEvent(event)
      if hasEnough(watched) { return true }
    }
    return watched.checker.isFinished
  }
}

/// An answer that trying again would not change.
struct Refused: Error, CustomStringConvertible {
  let status: HTTPStatus
  let text: String
  var description: String { "\(status): \(text)" }
}

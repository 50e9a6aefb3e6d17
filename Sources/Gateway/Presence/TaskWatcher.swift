import JSON
import Telemetry

/// Somebody who watches a task just now, with however many streams.
struct TaskWatcher: Sendable, Equatable {
  let principal: String
  /// Milliseconds since 1970, from when on there was always at least one stream.
  let since: Int64
  /// The better one of those on which streams are open.
  let transport: PresenceTransport
  let streams: Int
}

enum PresenceTransport: String, Sendable, Hashable, CaseIterable {
  case sse, ws
}

/// What is told of who watches a task.
enum PresenceNews: Sendable, Equatable {
  /// All of them: first of all, and where changes were more than anybody fetched.
  case watchers([TaskWatcher])
  /// - Parameter count: of watchers, now.
  case joined(String, count: Int)
  case left(String, count: Int)
}

extension TaskWatcher {
  /// The members `watchers` and `count` of an answer.
  static func write(_ watchers: [TaskWatcher], into object: inout JSONWriter) {
    object.array("watchers") { list in
      for watcher in watchers {
        list.object { object in
          object.member("principal", watcher.principal)
          object.member("since", RFC3339.text(millisecondsSince1970: watcher.since))
          object.member("transport", watcher.transport.rawValue)
          object.member("streams", watcher.streams)
        }
      }
    }
    object.member("count", watchers.count)
  }
}

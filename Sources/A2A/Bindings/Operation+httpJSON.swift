import HTTP
import JSON

// What of a request goes into the body or the query in HTTP+JSON: what the path does not say.

extension Operation {
  /// The body of a POST; none where the path says it all.
  func body(as notation: Notation) -> [UInt8] {
    switch self {
    case .sendMessage(var request), .sendStreamingMessage(var request):
      request.tenant = nil
      return request.encoded(as: notation)
    case .cancelTask(let request):
      guard let metadata = request.metadata, metadata.kind == .object else { return [] }
      return Array(JSONValue.object { $0.member("metadata", metadata) }.bytes)
    case .createPushConfig(var request):
      request.tenant = nil
      return request.encoded(as: notation)
    case .subscribeToTask, .getTask, .listTasks, .getPushConfig, .listPushConfigs, .deletePushConfig, .getExtendedCard:
      return []
    }
  }

  /// The query of a GET or DELETE with its question mark, or nothing.
  func query(as notation: Notation) -> String {
    var items: [(String, String)] = []
    for (name, value) in Self.members(request, as: notation) where !path.contains(name) {
      items.append((name, value.string ?? value.description))
    }
    let pairs = items.map { PercentEncoding.encode($0.0) + "=" + PercentEncoding.encode($0.1) }
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
  }

  private static func members(_ request: some JSONCoded, as notation: Notation) -> JSONMembers {
    JSONValue.object { request.write(to: &$0, as: notation) }.members
  }

  /// The members that the path has.
  private var path: Set<String> {
    switch self {
    case .listTasks, .getExtendedCard: ["tenant"]
    default: ["tenant", "id", "taskId", "pushNotificationConfigId"]
    }
  }
}

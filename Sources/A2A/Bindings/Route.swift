import HTTP

/// Where an operation is in HTTP+JSON: the method and the path, below the interface's address.
struct Route {
  let operation: OperationName
  let version: ProtocolVersion
  /// What the path says of the request, by the names that the request's object has for it.
  let parameters: [(name: String, value: String)]

  /// Nil when there is nothing at this path, or not with this method.
  init?(_ method: HTTPMethod, _ path: [String]) {
    let isLegacy = path.first == "v1"
    version = isLegacy ? .v0_3 : .v1
    let path = isLegacy ? Array(path.dropFirst()) : path
    guard !path.contains(""), let first = path.first else { return nil }
    let (taskName, configName) = isLegacy ? ("id", "pushNotificationConfigId") : ("taskId", "id")
    switch (method, first, path.count) {
    case (.post, "message:send", 1):
      (operation, parameters) = (.sendMessage, [])
    case (.post, "message:stream", 1):
      (operation, parameters) = (.sendStreamingMessage, [])
    case (.get, "card", 1) where isLegacy:
      (operation, parameters) = (.getExtendedCard, [])
    case (.get, "extendedAgentCard", 1) where !isLegacy:
      (operation, parameters) = (.getExtendedCard, [])
    case (.get, "tasks", 1):
      (operation, parameters) = (.listTasks, [])
    case (.post, "tasks", 2):
      guard let (id, operation) = Self.verb(path[1]) else { return nil }
      (self.operation, parameters) = (operation, [("id", id)])
    case (.get, "tasks", 2):
      if let (id, operation) = Self.verb(path[1]), operation == .subscribeToTask {
        (self.operation, parameters) = (operation, [("id", id)])
      } else {
        (operation, parameters) = (.getTask, [("id", path[1])])
      }
    case (.post, "tasks", 3) where path[2] == "pushNotificationConfigs":
      (operation, parameters) = (.createPushConfig, [("taskId", path[1])])
    case (.get, "tasks", 3) where path[2] == "pushNotificationConfigs":
      (operation, parameters) = (.listPushConfigs, [(taskName, path[1])])
    case (.get, "tasks", 4) where path[2] == "pushNotificationConfigs":
      (operation, parameters) = (.getPushConfig, [(taskName, path[1]), (configName, path[3])])
    case (.delete, "tasks", 4) where path[2] == "pushNotificationConfigs":
      (operation, parameters) = (.deletePushConfig, [(taskName, path[1]), (configName, path[3])])
    default:
      return nil
    }
  }

  /// `{id}:cancel` and `{id}:subscribe`: the verb is what follows the last colon, because ids may have colons too.
  private static func verb(_ segment: String) -> (id: String, operation: OperationName)? {
    guard let colon = segment.utf8.lastIndex(of: UInt8(ascii: ":")), colon != segment.startIndex else { return nil }
    let id = String(segment[..<colon])
    switch segment[segment.index(after: colon)...] {
    case "cancel": return (id, .cancelTask)
    case "subscribe": return (id, .subscribeToTask)
    default: return nil
    }
  }
}

extension Operation {
  /// The method and the path for a client; its segments are encoded.
  func route(in version: ProtocolVersion) -> (method: HTTPMethod, path: String) {
    let (method, path) = route
    switch (version, self) {
    case (.v0_3, .getExtendedCard): return (.get, "/v1/card")
    case (.v0_3, _): return (method, "/v1" + path)
    case (.v1, _): return (method, (tenant.map { "/" + PercentEncoding.encode($0) } ?? "") + path)
    }
  }

  private var route: (method: HTTPMethod, path: String) {
    switch self {
    case .sendMessage: (.post, "/message:send")
    case .sendStreamingMessage: (.post, "/message:stream")
    case .getTask(let request): (.get, Self.task(request.id))
    case .listTasks: (.get, "/tasks")
    case .cancelTask(let request): (.post, Self.task(request.id) + ":cancel")
    case .subscribeToTask(let request): (.post, Self.task(request.id) + ":subscribe")
    case .createPushConfig(let request): (.post, Self.configs(request.taskID))
    case .getPushConfig(let request): (.get, Self.configs(request.taskID) + "/" + PercentEncoding.encode(request.id))
    case .listPushConfigs(let request): (.get, Self.configs(request.taskID))
    case .deletePushConfig(let request):
      (.delete, Self.configs(request.taskID) + "/" + PercentEncoding.encode(request.id))
    case .getExtendedCard: (.get, "/extendedAgentCard")
    }
  }

  private static func task(_ id: String) -> String { "/tasks/" + PercentEncoding.encode(id) }
  private static func configs(_ id: String) -> String { task(id) + "/pushNotificationConfigs" }
}

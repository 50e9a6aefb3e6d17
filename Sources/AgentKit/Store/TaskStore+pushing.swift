package import A2A
package import A2AWire
import HTTP

extension TaskStore {
  package func createPushConfig(
    _ request: CreatePushConfigRequest, _ call: CallContext
  ) async throws(A2AError) -> PushConfig {
    try add(request.config, to: find(request.taskID, call), call)
  }

  package func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    let entry = try find(request.taskID, call)
    guard let push = entry.pushConfigs.first(where: { $0.config.id == request.id }) else {
      throw A2AError(
        .taskNotFound, "The task \(entry.record.id) has no push configuration \(Excerpt.quoting(request.id.utf8)).")
    }
    return push.config
  }

  package func pushConfigs(
    _ request: ListPushConfigsRequest, _ call: CallContext
  ) async throws(A2AError) -> PushConfigPage {
    let configs = try find(request.taskID, call).pushConfigs.map(\.config)
    let size = request.pageSize ?? 50
    guard (1...100).contains(size) else { throw A2AError(.invalidParams, "pageSize is 1 to 100, not \(size).") }
    var start = 0
    if let token = request.pageToken, !token.isEmpty {
      guard let place = Int(token), configs.indices.contains(place) else {
        throw A2AError(.invalidParams, "The pageToken is none that this agent gave.")
      }
      start = place
    }
    let end = min(start + size, configs.count)
    return PushConfigPage(configs: Array(configs[start..<end]), nextPageToken: end < configs.count ? "\(end)" : nil)
  }

  /// Deleting what is not there any more is no mistake.
  package func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) {
    let entry = try find(request.taskID, call)
    guard let index = entry.pushConfigs.firstIndex(where: { $0.config.id == request.id }) else { return }
    entry.pushConfigs.remove(at: index)
    push?.forget(taskID: entry.record.id, configID: request.id)
  }

  @discardableResult
  func add(_ config: PushConfig, to entry: TaskEntry, _ call: CallContext) throws(A2AError) -> PushConfig {
    guard let push, profile.pushNotifications else {
      throw A2AError(.pushNotificationNotSupported, "This agent sends no push notifications.")
    }
    try push.check(config)
    var config = config
    config.taskID = entry.record.id
    if config.id?.isEmpty ?? true { config.id = world.newID() }
    let registered = TaskEntry.RegisteredPush(config: config, version: call.dialect.version)
    if let index = entry.pushConfigs.firstIndex(where: { $0.config.id == config.id }) {
      entry.pushConfigs[index] = registered
    } else {
      guard entry.pushConfigs.count < limits.pushConfigs else {
        throw .full(
          "The task \(entry.record.id) has \(limits.pushConfigs) push configurations, which is all it may have.")
      }
      entry.pushConfigs.append(registered)
    }
    return config
  }
}

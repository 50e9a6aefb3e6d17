import A2A
import A2AWire
import HTTP
import Journal

// What somebody has asked to be told elsewhere. It is for them alone: a configuration has secrets, and others who may watch the task have
// ones of their own.
extension FrontService {
  func createPushConfig(
    _ request: CreatePushConfigRequest, _ call: CallContext
  ) async throws(A2AError) -> PushConfig {
    try await answering {
      let desk = try pushDesk()
      return try await desk.create(
        request.config, for: find(request.taskID), Self.version(of: call), by: asker)
    }
  }

  func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    try await answering {
      guard let config = try await configs(of: request.taskID).first(where: { $0.id == request.id }) else {
        throw A2AError(
          .taskNotFound,
          "You have no push configuration \(Excerpt.quoting(request.id.utf8)) for the task \(request.taskID).")
      }
      return config
    }
  }

  func pushConfigs(
    _ request: ListPushConfigsRequest, _ call: CallContext
  ) async throws(A2AError) -> PushConfigPage {
    try await answering {
      let configs = try await configs(of: request.taskID)
      let size = request.pageSize ?? 50
      guard (1...100).contains(size) else { throw A2AError.invalid("pageSize is 1 to 100, not \(size).") }
      // A page begins behind an id, so that what comes and goes meanwhile moves nothing.
      let begin = request.pageToken.flatMap { $0.isEmpty ? nil : $0 } ?? ""
      let rest = configs.filter { $0.id ?? "" > begin }
      let page = Array(rest.prefix(size))
      return PushConfigPage(configs: page, nextPageToken: rest.count > size ? page.last?.id : nil)
    }
  }

  func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) {
    try await answering {
      let desk = try pushDesk()
      try await desk.delete(request.id, of: find(request.taskID).id, by: asker)
    }
  }

  /// What a message asks for beside its answer. For a task that begins with it, from its beginning.
  func tell(_ config: PushConfig?, of task: String, after offset: Int64?, _ call: CallContext) async throws {
    guard let config else { return }
    let desk = try pushDesk()
    _ = try await desk.create(config, for: find(task), after: offset, Self.version(of: call), by: asker)
  }

  /// Throws for what could never be told. Asked before anything is begun.
  func checkPush(_ config: PushConfig?) throws(A2AError) {
    if let config { try pushDesk().check(config) }
  }

  private func configs(of id: String) async throws -> [PushConfig] {
    let desk = try pushDesk()
    return try await desk.configs(of: find(id).id, by: asker).sorted { $0.id ?? "" < $1.id ?? "" }
  }

  private func pushDesk() throws(A2AError) -> PushDesk {
    guard let desk = front.work.push else { throw .noPush }
    return desk
  }

  private static func version(of call: CallContext) -> ProtocolVersion { call.dialect.version }
}

extension A2AError {
  static let noPush = A2AError(
    .pushNotificationNotSupported, "This gateway sends no push notifications. Subscribe to the task instead.")
}

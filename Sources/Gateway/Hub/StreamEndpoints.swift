import HTTP
import Identity
import Journal
import Telemetry
import Wire

/// `GET /api/stream/{task}` and `GET /api/stream?tasks=a,b` or `?all`.
struct StreamEndpoints: Sendable {
  let hub: Hub
  let tasks: TaskAccess
  let grants: StreamGrants
  let configuration: StreamConfiguration
  /// Nothing of it is asked for `native`.
  let profiles: ProfileStreams
  let admission: Admission

  /// Whoever waits for a turn goes with its client, as a stream does.
  static let options = Router.Options(endsWithPeer: true)

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/api/stream/{task}", .may(.watch), options: Self.options) { request, asker in
      try await answer(request, asker, task: request.parameters["task"])
    }
    router.on(.get, "/api/stream", .may(.watch), options: Self.options) { request, asker in
      try await answer(request, asker, task: nil)
    }
  }

  private func answer(_ request: Request, _ asker: Asker?, task: String?) async throws -> Response {
    guard let asker else { throw Refusal.notSignedIn }
    let asked = try StreamRequest(request.head, task: task)
    // Before anything is read for it.
    if let later = try await admission.answer(asked.start, epoch: hub.journal.epoch, of: asker) { return later }
    do {
      return try await answer(request, asker, asked)
    } catch let error as JournalError {
      throw Refusal(error)
    }
  }

  private func answer(_ request: Request, _ asker: Asker, _ asked: StreamRequest) async throws -> Response {
    var watched: [StoredTask]?
    if case .tasks(let ids) = asked.scope {
      var found: [StoredTask] = []
      for id in ids { found.append(try await tasks.task(id, .watch, by: asker)) }
      watched = found
      if asked.profile != .native, let task = found.first {
        return try await profiles.answer(request, asker, task: task, as: asked.profile, from: asked.start)
      }
    }
    let opening = StreamOpening(
      asked.start, of: watched, epoch: hub.journal.epoch,
      bounds: try await hub.bounds(from: asked.start, ofAll: watched == nil))
    hub.metrics.count(opening)
    if opening == .finished { return Response(.noContent, fields: HTTPFields([("cache-control", "no-store")])) }
    if let later = grants.comeBack(asker, request, asked.start, epoch: hub.journal.epoch) { return later }
    var options = EventStreamOptions()
    options.heartbeat = configuration.heartbeat
    options.backlog = configuration.backlog
    let facts = watched?.map { TaskFacts($0.opening) }
    let session = StreamSession(hub: hub, scope: asked.scope, opening: opening, principal: asker.principal.name)
    return try grants.events(
      for: asker, request, options, retry: configuration.nextRetry,
      mayGoOn: { principal in
        // Of all tasks, those that may be seen no more are left out; somebody who may see none has nothing to wait for.
        guard let facts else { return principal.decide(.watch, on: .something).isAllowed }
        return facts.allSatisfy { principal.decide(.watch, on: .task($0)).isAllowed }
      },
      { stream, grant in
        hub.metrics.open.add()
        defer { hub.metrics.open.subtract() }
        let farewell = try await session.run(for: EventAudience(stream: stream, epoch: hub.journal.epoch), under: grant)
        await stream.end(reason: farewell.rawValue)
        hub.metrics.count(await stream.untilEnded())
      })
  }
}

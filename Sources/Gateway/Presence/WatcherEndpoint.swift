import HTTP
import Identity
import JSON
import Journal
import Wire

/// `GET /api/tasks/{id}/watchers`: who else looks at a task, for all who may.
struct WatcherEndpoint: Sendable {
  let tasks: TaskAccess
  let presence: Presence

  func install(into router: inout SecuredRouter) {
    router.on(.get, "\(TaskEndpoints.path)/{id}/watchers", .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      _ = try QueryFields(request.head.target, known: [])
      let task = try await tasks.task(request.parameters["id"] ?? "", .watch, by: asker)
      var writer = JSONWriter()
      writer.object { TaskWatcher.write(presence.watchers(of: task.id), into: &$0) }
      return .json(writer.bytes)
    }
  }
}

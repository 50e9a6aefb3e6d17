import HTTP
import Identity
import JSON
import Wire

/// Tasks as workflows: `GET /api/workflows/{id}` and `GET /api/workflows/{id}/status`.
struct WorkflowEndpoints: Sendable {
  static let path = "/api/workflows/{id}"

  let tasks: TaskAccess

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      _ = try QueryFields(request.head.target, known: [])
      let task = try await tasks.workflow(request.parameters["id"] ?? "", by: asker)
      let story = try await WorkflowStory.of(task, in: tasks.journal)
      var writer = JSONWriter()
      WorkflowDocument.write(task, story, to: &writer)
      return .json(writer.bytes)
    }
    router.on(.get, "\(Self.path)/status", .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      _ = try QueryFields(request.head.target, known: [])
      let task = try await tasks.workflow(request.parameters["id"] ?? "", by: asker)
      var writer = JSONWriter()
      writer.object { object in
        WorkflowStatus.write(task, into: &object)
        object.member("has_final_response", WorkflowStatus(task) == .completed)
      }
      return .json(writer.bytes)
    }
  }
}

import A2A
import HTTP
import Identity
import JSON
import Journal
import Wire

/// Giving agents work: `POST /api/tasks`.
struct WorkEndpoints: Sendable {
  let tasks: TaskAccess
  let runs: Runs

  func install(into router: inout SecuredRouter) {
    router.on(.post, TaskEndpoints.path, .may(.submit), options: WorkBody.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await submit(request, by: asker)
    }
  }

  // MARK: Beginning

  private func submit(_ request: Request, by asker: Asker) async throws -> Response {
    let body = try await WorkBody(
      request, members: ["agent", "message", "text", "title", "key", "acceptedOutputModes"])
    var order = WorkOrder(message: try body.message(), trace: request.trace)
    guard order.message.taskID == nil else {
      throw Refusal.badTask(
        "The message names a task, which is there already. Send it to POST /api/tasks/ID/messages, or leave taskId out."
      )
    }
    order.agent = try body.text("agent")
    order.title = try body.title()
    order.key = try body.key()
    order.acceptedOutputModes = try body.texts("acceptedOutputModes")
    return begun(try await runs.submit(order, by: asker))
  }

  private func begun(_ task: Submitted) -> Response {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", task.task)
      object.member("context", task.context)
      object.member("cursor", Cursor(epoch: tasks.journal.epoch, offset: task.offset).description)
      object.member("streamUrl", TaskLinks.stream(task.task))
    }
    var response = Response.json(writer.bytes, status: task.isNew ? .created : .ok)
    response.fields["location"] = TaskLinks.task(task.task)
    return response
  }
}

/// Where a task is found.
enum TaskLinks {
  static func task(_ id: String) -> String { "\(TaskEndpoints.path)/\(id)" }
  static func stream(_ id: String) -> String { "/api/stream/\(id)" }
}

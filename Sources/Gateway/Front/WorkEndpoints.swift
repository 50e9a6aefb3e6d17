import A2A
import HTTP
import Identity
import JSON
import Journal
import Wire

/// Giving agents work: `POST /api/tasks`, `POST /api/tasks/{id}/messages`, `POST /api/tasks/{id}:cancel`.
struct WorkEndpoints: Sendable {
  let tasks: TaskAccess
  let runs: Runs

  func install(into router: inout SecuredRouter) {
    router.on(.post, TaskEndpoints.path, .may(.submit), options: WorkBody.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await submit(request, by: asker)
    }
    // What more than watching it takes depends on the task.
    router.on(.post, "\(TaskEndpoints.path)/{id}/messages", .may(.watch), options: WorkBody.options) {
      request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await send(request, by: asker)
    }
    router.on(.post, "\(TaskEndpoints.path)/{id}:cancel", .may(.cancel), options: SmallBody.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await cancel(request, by: asker)
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

  // MARK: Saying more

  private func send(_ request: Request, by asker: Asker) async throws -> Response {
    let id = request.parameters["id"] ?? ""
    let task = try await tasks.task(id, .watch, by: asker)
    try asker.requireSaying(to: task)
    let message = try await WorkBody(request, members: ["message", "text"]).message()
    guard message.taskID == nil || message.taskID == id else {
      throw Refusal.badTask("The message names another task than the path. Leave taskId out.")
    }
    try await runs.send(message, to: task, by: asker)
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", id)
      object.member("streamUrl", TaskLinks.stream(id))
    }
    return .json(writer.bytes, status: .accepted)
  }

  // MARK: Stopping

  private func cancel(_ request: Request, by asker: Asker) async throws -> Response {
    let task = try await tasks.task(request.parameters["id"] ?? "", .cancel, by: asker)
    _ = try await SmallBody.read(request, members: [])
    switch try await runs.cancel(task, by: asker) {
    case .stopped: return try await stopped(task, "stopped")
    case .ended: return try await stopped(task, "ended")
    case .accepted: return try await stopped(task, "accepted")
    case .refused(let words): throw Refusal.cancelRefused(words)
    case .undelivered(let why): throw Refusal.agentUnreachable(why)
    }
  }

  /// - Parameter outcome: what came of it. How the task stands now is asked anew.
  private func stopped(_ task: StoredTask, _ outcome: String) async throws -> Response {
    let now = try await tasks.journal.task(task.id) ?? task
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", now.id)
      object.member("state", now.state)
      object.member("outcome", outcome)
    }
    return .json(writer.bytes)
  }
}

/// Where a task is found.
enum TaskLinks {
  static func task(_ id: String) -> String { "\(TaskEndpoints.path)/\(id)" }
  static func stream(_ id: String) -> String { "/api/stream/\(id)" }
}

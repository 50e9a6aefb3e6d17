import HTTP
import Identity
import JSON
import Journal
import Wire

/// Reading: `GET /api/tasks`, `GET /api/tasks/{id}`, `GET /api/tasks/{id}/events`.
struct TaskEndpoints: Sendable {
  let tasks: TaskAccess
  let directory: AgentDirectory

  static let path = "/api/tasks"

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await list(TaskListQuery(request.head.target, epoch: tasks.journal.epoch), for: asker.principal)
    }
    router.on(.get, "\(Self.path)/{id}", .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await describe(try await task(of: request, asker), for: asker)
    }
    router.on(.get, "\(Self.path)/{id}/events", .may(.watch)) { request, asker in
      let task = try await task(of: request, asker)
      return try await events(of: task, TaskEventsQuery(request.head.target))
    }
  }

  private func task(of request: Request, _ asker: Asker?) async throws -> StoredTask {
    guard let asker else { throw Refusal.notSignedIn }
    return try await tasks.task(request.parameters["id"] ?? "", .watch, by: asker)
  }

  private func describe(_ task: StoredTask, for asker: Asker) async throws -> Response {
    let snapshot = try await tasks.images.snapshot(of: task)
    let reviews = try await TaskReviews.of(task, in: tasks.journal)
    var writer = JSONWriter()
    TaskDocument.write(
      task, cursor: cursor(task.lastOffset), reviews: reviews, rights: TaskRights(of: asker, to: task, in: directory),
      snapshot: snapshot, to: &writer)
    return .json(writer.bytes)
  }

  private func list(_ question: TaskListQuery, for principal: Principal) async throws -> Response {
    // First, so that a stream from here misses nothing of what happens while the list is read.
    let tail = try await tasks.journal.bounds().tail
    // One more than the page has: whether there is another page.
    let found = try await tasks.journal.tasks(
      question.query(visible: principal.visibleTasks, limit: question.limit + 1))
    let page = found.prefix(question.limit)
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("tasks") { list in
        for task in page { TaskDocument.write(task, cursor: cursor(task.lastOffset), to: &list) }
      }
      let next = found.count > page.count ? page.last.map { cursor($0.firstOffset).description } : nil
      reply.member("next", ifPresent: next)
      reply.member("cursor", cursor(tail).description)
    }
    return .json(writer.bytes)
  }

  private func events(of task: StoredTask, _ question: TaskEventsQuery) async throws -> Response {
    let start = try await start(question.start, of: task)
    guard question.profile == .native else {
      let page = try await ProfilePage(
        of: task, as: question.profile, after: start, limit: question.limit, in: tasks.journal)
      var writer = JSONWriter()
      writer.object { page.write(epoch: tasks.journal.epoch, into: &$0) }
      return .json(writer.bytes)
    }
    let page = try await tasks.journal.records(.tasks([task.id]), after: start, limit: question.readLimit)
    let chosen = question.choose(page)
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("events") { list in
        for record in chosen.records { NativeRecord.write(record, to: &list) }
      }
      reply.member("next", cursor(chosen.through).description)
      reply.member("complete", chosen.isComplete)
    }
    return .json(writer.bytes)
  }

  /// The offset behind which the page begins.
  private func start(_ start: StreamStart, of task: StoredTask) async throws -> Int64 {
    switch start {
    case .unsaid, .earliest: return 0
    case .latest: return task.lastOffset
    case .after(let cursor):
      // A stream would begin anew with a snapshot. A program that reads pages has to be told, or it would take a part for the whole.
      guard cursor.epoch == tasks.journal.epoch else { throw Refusal.cursorLost }
      // Beyond the task's own end it may still be a place in the journal, so that is asked only then.
      if cursor.offset > task.lastOffset, try await cursor.offset > tasks.journal.bounds().tail {
        throw Refusal.cursorLost
      }
      return cursor.offset
    }
  }

  private func cursor(_ offset: Int64) -> Cursor { Cursor(epoch: tasks.journal.epoch, offset: offset) }
}

extension Refusal {
  static let cursorLost = Refusal(
    .gone, "The cursor is of another journal, or beyond the end of this one. Begin anew, without it.",
    code: "cursor-lost")
}

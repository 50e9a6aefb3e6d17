import HTTP
import Identity
import JSON
import Journal
import Wire

/// Reading questions: `GET /api/questions`, `GET /api/tasks/{id}/questions`.
struct QuestionEndpoints: Sendable {
  let tasks: TaskAccess

  static let path = "/api/questions"

  private var questions: Questions { Questions(tasks: tasks) }

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await list(QuestionListQuery(request.head.target), for: asker)
    }
    router.on(.get, "\(TaskEndpoints.path)/{id}/questions", .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await list(of: try await tasks.task(request.parameters["id"] ?? "", .watch, by: asker))
    }
  }

  private func list(_ query: QuestionListQuery, for asker: Asker) async throws -> Response {
    // First, so that a stream from here misses nothing of what happens while the list is read.
    let tail = try await tasks.journal.bounds().tail
    let page = try await questions.open(for: asker, agent: query.agent, after: query.after, limit: query.limit)
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("questions") { list in for question in page.questions { question.write(to: &list) } }
      reply.member("next", ifPresent: page.next?.description)
      reply.member("cursor", Cursor(epoch: tasks.journal.epoch, offset: tail).description)
    }
    return .json(writer.bytes)
  }

  private func list(of task: StoredTask) async throws -> Response {
    let all = try await questions.all(of: task)
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("questions") { list in for question in all { question.write(to: &list) } }
      reply.member("cursor", Cursor(epoch: tasks.journal.epoch, offset: task.lastOffset).description)
    }
    return .json(writer.bytes)
  }
}

/// What `GET /api/questions` is asked.
struct QuestionListQuery: Sendable, Equatable {
  static let defaultLimit = 50
  static let highestLimit: Int64 = 200

  let agent: String?
  let limit: Int
  let after: QuestionPlace?

  init(_ target: RequestTarget) throws(Refusal) {
    let fields = try QueryFields(target, known: ["agent", "limit", "before"])
    agent = try fields.text("agent")
    limit = Int(try fields.number("limit", in: 1...Self.highestLimit) ?? Int64(Self.defaultLimit))
    guard let before = fields["before"] else {
      after = nil
      return
    }
    guard let place = QuestionPlace(before) else {
      throw Refusal(
        .badRequest,
        "\(Excerpt.quoting(before.utf8)) is no place in this list. Send the next of the page before, or no before.",
        code: "bad-cursor")
    }
    after = place
  }
}

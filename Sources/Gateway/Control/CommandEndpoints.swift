import HTTP
import Identity
import JSON
import Journal
import Wire

/// Acting on tasks: what people want done with one that is there, each as `POST` with a receipt.
struct CommandEndpoints: Sendable {
  let control: Control
  let directory: AgentDirectory

  /// So long one may wait for what comes of a command.
  static let longestWait: Int64 = 60

  private static let path = "\(TaskEndpoints.path)/{id}"

  func install(into router: inout SecuredRouter) {
    on("\(Self.path):cancel", .cancel, members: ["id", "why"], into: &router) { body, _ in
      .cancel(why: try body.why())
    }
    on("\(Self.path):pause", .cancel, members: ["id", "why"], into: &router) { body, _ in
      .pause(why: try body.why())
    }
    on("\(Self.path):resume", .cancel, members: ["id"], into: &router) { _, _ in .resume }
    on("\(Self.path):review", .answer, members: ["id", "opinion", "why"], into: &router) { body, _ in
      .review(try body.review())
    }
    let question = "\(Self.path)/questions/{question}"
    on("\(question):answer", .answer, members: ["id", "values", "decline", "text"], into: &router) { body, request in
      .answer(QuestionReply(question: request.question, content: try body.answer()))
    }
    on("\(question):claim", .answer, members: ["id"], into: &router) { _, request in
      .claim(question: request.question)
    }
    on("\(question):release", .answer, members: ["id"], into: &router) { _, request in
      .release(question: request.question)
    }
    // What more than watching it takes depends on the task.
    router.on(.post, "\(Self.path)/messages", .may(.watch), options: Self.options(WorkBody.byteLimit)) {
      request, asker in
      try await answer(request, asker, .saying, "\(Self.path)/messages") { request in
        let body = try await WorkBody(request, members: ["message", "text", "id"])
        return (body, .say(try body.message(to: request.parameters["id"] ?? "")))
      } also: { object in
        object.member("streamUrl", TaskLinks.stream(request.parameters["id"] ?? ""))
      }
    }
    router.on(.post, "\(TaskEndpoints.path):cancel", .may(.cancel), options: Self.options(Self.byteLimit)) {
      request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await cancelMany(request, by: asker)
    }
  }

  /// Of what is no message: a reason of 500 characters, however they are escaped; answers may be longer.
  private static let byteLimit = 16 << 10

  private static func options(_ bodyLimit: Int) -> Router.Options {
    Router.Options(bodyLimit: bodyLimit, answerWithin: .seconds(longestWait + 15))
  }

  // MARK: One task

  private func on(
    _ pattern: String, _ action: Action, members: [String], into router: inout SecuredRouter,
    _ read: @escaping @Sendable (WorkBody, Request) throws -> RunCommand.Act
  ) {
    let right: CommandRight = action == .cancel ? .stopping : .answering
    let limit = members.contains("values") ? WorkBody.byteLimit : Self.byteLimit
    router.on(.post, pattern, .may(action), options: Self.options(limit)) { request, asker in
      try await answer(request, asker, right, pattern) { request in
        let body = try await WorkBody(request, members: members, mayBeEmpty: true)
        return (body, try read(body, request))
      }
    }
  }

  private func answer(
    _ request: Request, _ asker: Asker?, _ right: CommandRight, _ pattern: String,
    _ read: (Request) async throws -> (WorkBody, RunCommand.Act), also: (inout JSONWriter) -> Void = { _ in }
  ) async throws -> Response {
    guard let asker else { throw Refusal.notSignedIn }
    let wait = try QueryFields(request.head.target, known: ["wait"]).number("wait", in: 1...Self.longestWait)
    let id = request.parameters["id"] ?? ""
    // Before the body is read: who may not do this has nothing to say here.
    _ = try await control.task(id, for: right, by: asker)
    let (body, act) = try await read(request)
    let command = RunCommand(id: try body.commandID() ?? TaskID.make(), by: asker.principal.name, act: act)
    let taken = try await control.take(
      command, on: id, by: asker, from: CommandSource(request, route: "POST \(pattern)"))
    let verdict = try await verdict(of: taken, act, within: wait, by: asker)
    var writer = JSONWriter()
    writer.object { object in
      CommandReply.write(taken.receipt, verdict: verdict, into: &object)
      also(&object)
    }
    return .json(writer.bytes, status: verdict != nil || !act.hasVerdict ? .ok : .accepted)
  }

  private func verdict(
    of taken: Control.Taken, _ act: RunCommand.Act, within seconds: Int64?, by asker: Asker
  ) async throws -> Verdict? {
    guard taken.receipt.verdict == nil, act.hasVerdict, let seconds,
      let loop = directory[taken.task.opening.agent]?.loop
    else { return taken.receipt.verdict }
    return try await control.verdict(of: taken, by: asker, within: .seconds(seconds), on: loop)
  }

  // MARK: Many

  private func cancelMany(_ request: Request, by asker: Asker) async throws -> Response {
    _ = try QueryFields(request.head.target, known: [])
    let body = try await WorkBody(request, members: ["filter", "agent", "why", "dryRun", "id"])
    let round = try await control.cancel(
      try body.cancelFilter(), why: try body.why(), id: try body.commandID() ?? TaskID.make(),
      isDryRun: try body.flag("dryRun") ?? false, by: asker,
      from: CommandSource(request, route: "POST \(TaskEndpoints.path):cancel"))
    var writer = JSONWriter()
    writer.object { CommandReply.write(round, into: &$0) }
    return .json(writer.bytes, status: round.isDryRun ? .ok : .accepted)
  }
}

extension Request {
  fileprivate var question: String { parameters["question"] ?? "" }
}

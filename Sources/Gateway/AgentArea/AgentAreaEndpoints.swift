import A2A
import HTTP
import Identity
import JSON
import Journal
import Wire

/// The API of AgentArea, for front ends written for it: another wording of the same tasks, with the same rights, nothing of its own kept.
struct AgentAreaEndpoints: Sendable {
  let tasks: TaskAccess
  let runs: Runs
  let control: Control
  let directory: AgentDirectory
  let events: AgentAreaEvents

  static let path = "/api/v1/agents"
  static let taskPath = "\(path)/{agent}/tasks/{task}"

  func install(into router: inout SecuredRouter) {
    installAgents(into: &router)
    installWork(into: &router)
    installReading(into: &router)
    installCommands(into: &router)
  }

  // MARK: Agents

  private func installAgents(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .known) { _, asker in
      guard let asker else { throw Refusal.notSignedIn }
      var writer = JSONWriter()
      writer.array { list in
        for agent in directory.all(for: asker.principal) { AgentAreaAgent.write(agent, to: &list) }
      }
      return .json(writer.bytes)
    }
    router.on(.get, "\(Self.path)/{agent}", .known) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      var writer = JSONWriter()
      AgentAreaAgent.write(try directory.agent(request.parameters["agent"], for: asker.principal), to: &writer)
      return .json(writer.bytes)
    }
  }

  // MARK: Work

  private func installWork(into router: inout SecuredRouter) {
    var options = WorkBody.options
    options.answerWithin = AgentAreaEvents.longestWait + .seconds(15)
    options.endsWithPeer = true
    router.on(.post, "\(Self.path)/{agent}/tasks", .may(.submit), options: options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      let asked = try await AgentAreaOrder(beginning: request)
      var order = WorkOrder(message: asked.message(), trace: request.trace)
      order.agent = request.parameters["agent"]
      order.key = try TaskWords.key(nil, fields: request.head.fields.values(of: "idempotency-key"))
      let begun = try await runs.submit(order, by: asker)
      let task = try await tasks.task(begun.task, .watch, by: asker)
      return try await answer(task, asked, request, asker, status: begun.isNew ? .created : .ok)
    }
    // What more than watching it takes depends on the task.
    router.on(.post, "\(Self.taskPath)/execute", .may(.watch), options: options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      let id = request.parameters["task"] ?? ""
      _ = try await control.task(id, for: .saying, at: request.parameters["agent"] ?? "", by: asker)
      let asked = try await AgentAreaOrder(goingOnWith: request)
      let taken = try await give(.say(asked.message(to: id)), request, asker, "\(Self.taskPath)/execute")
      return try await answer(taken.task, asked, request, asker, status: .accepted)
    }
  }

  /// Where it is streamed, or all that came of it, for whoever would rather wait.
  private func answer(
    _ task: StoredTask, _ asked: AgentAreaOrder, _ request: Request, _ asker: Asker, status: HTTPStatus
  ) async throws -> Response {
    if asked.isStreamed, request.wantsEventStream { return try await events.stream(of: task, request, asker) }
    var told: AgentAreaEvents.Told?
    if !asked.isStreamed, let loop = directory[task.opening.agent]?.loop {
      told = try await events.untilEnd(of: task, on: loop)
    }
    let latest = try await tasks.task(task.id, .watch, by: asker)
    let document = AgentAreaTask(latest, try await tasks.images.current(of: latest))
    var writer = JSONWriter()
    document.write(to: &writer) { object in
      let links = "\(Self.path)/\(task.opening.agent)/tasks/\(task.id)/events"
      object.member("events_url", links)
      object.member("stream_url", "\(links)/stream")
      guard let told else { return }
      object.array("events") { list in for event in told.events { list.raw(trusted: event.data) } }
      object.member("complete", told.isWhole)
    }
    var response = Response.json(writer.bytes, status: told?.isWhole == true ? .ok : status)
    response.fields["location"] = "\(Self.path)/\(task.opening.agent)/tasks/\(task.id)"
    return response
  }

  // MARK: Reading

  private func installReading(into router: inout SecuredRouter) {
    router.on(.get, "\(Self.path)/{agent}/tasks", .may(.watch)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await list(request, for: asker.principal)
    }
    onTask("", into: &router) { request, asker in
      try await written(request, asker) { $0.write(to: &$1) }
    }
    onTask("/status", into: &router) { request, asker in
      try await written(request, asker) { $0.writeState(to: &$1) }
    }
    onTask("/response", into: &router) { request, asker in
      try await written(request, asker) { $0.writeResponse(to: &$1) }
    }
    onTask("/events", into: &router) { request, asker in
      let task = try await task(of: request, asker)
      return try await events.page(of: task, AgentAreaPage(request.head.target))
    }
    onTask("/events/stream", options: StreamEndpoints.options, into: &router) { request, asker in
      if let later = try await events.later(request, asker) { return later }
      return try await events.stream(of: try await task(of: request, asker), request, asker)
    }
  }

  private func onTask(
    _ behind: String, options: Router.Options = Router.Options(), into router: inout SecuredRouter,
    _ serve: @escaping @Sendable (Request, Asker) async throws -> Response
  ) {
    router.on(.get, Self.taskPath + behind, .may(.watch), options: options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await serve(request, asker)
    }
  }

  private func written(
    _ request: Request, _ asker: Asker, _ write: (AgentAreaTask, inout JSONWriter) -> Void
  ) async throws -> Response {
    let task = try await task(of: request, asker)
    var writer = JSONWriter()
    write(AgentAreaTask(task, try await tasks.images.current(of: task)), &writer)
    return .json(writer.bytes)
  }

  private func task(of request: Request, _ asker: Asker) async throws -> StoredTask {
    try await tasks.task(
      request.parameters["task"] ?? "", .watch, at: request.parameters["agent"] ?? "", by: asker)
  }

  private func list(_ request: Request, for principal: Principal) async throws -> Response {
    let agent = try directory.agent(request.parameters["agent"], for: principal)
    let fields = try QueryFields(request.head.target, known: ["limit"])
    var query = TaskQuery(
      visible: principal.visibleTasks, limit: Int(try fields.number("limit", in: 1...Self.listLimit) ?? 50))
    query.agent = agent.name
    let found = try await tasks.journal.tasks(query)
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("tasks") { list in
        for task in found { AgentAreaTask(task, task.snapshot.flatMap(TaskImage.init)).write(to: &list) }
      }
      reply.member("total", found.count)
    }
    return .json(writer.bytes)
  }

  private static let listLimit: Int64 = 100

  // MARK: Commands

  private func installCommands(into router: inout SecuredRouter) {
    onCommand(.post, "/pause", fits: { $0 != .paused }, into: &router) {
      .pause(why: nil)
    } refused: {
      $0
    }
    onCommand(.post, "/resume", fits: { $0 == .paused }, into: &router) {
      .resume
    } refused: {
      $0
    }
    onCommand(.delete, "", fits: { _ in true }, into: &router) {
      .cancel(why: nil)
    } refused: { refusal in
      // There is nothing to cancel any more: their clients look for that.
      Refusal(.notFound, refusal.detail, code: refusal.code)
    }
  }

  /// - Parameters:
  ///   - fits: the states in which it says something. The gateway takes a second pause for the first; their clients are told.
  ///   - refused: how a command is answered that a task does not take in its state.
  private func onCommand(
    _ method: HTTPMethod, _ behind: String, fits: @escaping @Sendable (AgentAreaStatus) -> Bool,
    into router: inout SecuredRouter,
    _ act: @escaping @Sendable () -> RunCommand.Act, refused: @escaping @Sendable (Refusal) -> Refusal
  ) {
    let pattern = Self.taskPath + behind
    let options = Router.Options(answerWithin: Self.verdictTime + .seconds(15))
    router.on(method, pattern, .may(.cancel), options: options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      let task = try await control.task(
        request.parameters["task"] ?? "", for: .stopping, at: request.parameters["agent"] ?? "", by: asker)
      let status = AgentAreaTask(task, nil).status
      guard task.isFinal || fits(status) else {
        throw refused(Refusal(.badRequest, "The task is \(status.rawValue).", code: "wrong-state"))
      }
      let taken: Control.Taken
      do {
        taken = try await give(act(), request, asker, "\(method.rawValue) \(pattern)")
      } catch let refusal as Refusal where refusal.status == .conflict {
        throw refused(Refusal(.badRequest, refusal.detail, code: refusal.code))
      }
      return try await answer(taken, by: asker, refused: refused)
    }
  }

  /// So long it is waited for what comes of a command.
  private static let verdictTime = Duration.seconds(10)

  private func answer(
    _ taken: Control.Taken, by asker: Asker, refused: (Refusal) -> Refusal
  ) async throws -> Response {
    var verdict = taken.receipt.verdict
    if verdict == nil, let loop = directory[taken.task.opening.agent]?.loop {
      verdict = try await control.verdict(of: taken, by: asker, within: Self.verdictTime, on: loop)
    }
    if let verdict, verdict.word == .refused || verdict.word == .tooLate || verdict.word == .undelivered {
      throw refused(
        Refusal(.badRequest, verdict.why ?? "The task does not take this as it stands.", code: "wrong-state"))
    }
    var writer = JSONWriter()
    writer.object { object in
      object.member("task_id", taken.task.id)
      object.member("command", taken.receipt.command)
      object.member("status", verdict?.word.rawValue ?? "requested")
      object.member("message", ifPresent: verdict?.why)
    }
    return .json(writer.bytes, status: verdict == nil ? .accepted : .ok)
  }

  private func give(
    _ act: RunCommand.Act, _ request: Request, _ asker: Asker, _ route: String
  ) async throws -> Control.Taken {
    let command = RunCommand(id: TaskID.make(), by: asker.principal.name, act: act)
    return try await control.take(
      command, on: request.parameters["task"] ?? "", at: request.parameters["agent"] ?? "", by: asker,
      from: CommandSource(request, route: route))
  }
}

import A2A
import HTTP
import Identity
import JSON
import Journal
import Wire

/// `POST /ingest/tasks` and `POST /ingest/tasks/{id}/events`: how systems that do not speak A2A publish their progress.
struct IngestEndpoints: Sendable {
  private let tasks: TaskAccess
  private let gate: PublishGate
  private let rates: RateGate
  private let clock: GatewayClock

  init(tasks: TaskAccess, rates: RateGate, clock: GatewayClock) {
    self.tasks = tasks
    self.rates = rates
    self.clock = clock
    gate = PublishGate(tasks: tasks)
  }

  func install(into router: inout SecuredRouter) {
    router.on(.post, "/ingest/tasks", .may(.submit), options: SmallBody.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await open(try await NewTask(request), by: asker)
    }
    router.on(.post, "/ingest/tasks/{id}/events", .may(.submit), options: EventBody.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await append(request, by: asker)
    }
  }

  // MARK: Opening

  private func open(_ asked: NewTask, by asker: Asker) async throws -> Response {
    let facts = try asker.requireNewTask(at: asked.agent, owner: asked.owner, tenant: asked.tenant)
    try rates.pass(.submit, principal: asker.principal.name)
    let id = asked.id ?? TaskID.make()
    let batch = OpenedTask.batch(
      id, asked, facts, key: asked.key, at: Timestamp(millisecondsSince1970: clock.milliseconds()))
    switch try await tasks.journal.append(batch) {
    case .stored(let records): return opened(id, at: records[0].offset, .created)
    case .duplicate(.opening(let known)): return try await openedBefore(known, by: asker)
    case .duplicate: preconditionFailure("Only an opening was sent.")
    case .refused(let reason): throw Refusal(reason)
    }
  }

  /// The same answer as the first time. A key is its owner's; whoever else may begin tasks for that owner need not be one who may see them
  /// all.
  private func openedBefore(_ id: String, by asker: Asker) async throws -> Response {
    do {
      return opened(id, at: try await tasks.task(id, .submit, by: asker).firstOffset, .ok)
    } catch is Refusal {
      throw Refusal.keyTaken
    }
  }

  private func opened(_ id: String, at offset: Int64, _ status: HTTPStatus) -> Response {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", id)
      object.member("cursor", cursor(offset))
    }
    var response = Response.json(writer.bytes, status: status)
    response.fields["location"] = "/api/tasks/\(id)"
    return response
  }

  // MARK: Adding

  private func append(_ request: Request, by asker: Asker) async throws -> Response {
    let id = request.parameters["id"] ?? ""
    let stamp = try ProducerStamp(request.head.fields)
    let body = try await EventBody(request)
    let batch = Batch(
      task: id, entries: body.events.map { Entry(.event, origin: asker.principal.name, payload: $0) },
      change: body.state.map { TaskChange(state: $0.word, isFinal: $0.isTerminal) }, stamp: stamp)
    switch try await gate.append(batch, saying: body.news, by: asker) {
    case .stored(let records): return stored(records)
    case .duplicate(.stamp(let through)): return try duplicate(batch, through: through)
    case .duplicate: preconditionFailure("Nothing but a stamp was sent that could be known.")
    case .refused(let reason): throw Refusal(reason)
    }
  }

  private func stored(_ records: [Record]) -> Response {
    let (first, last) = (records[0], records[records.count - 1])
    var writer = JSONWriter()
    writer.object { object in
      object.member("task", first.task)
      object.member("from", first.seq)
      object.member("through", last.seq)
      object.member("cursor", cursor(last.offset))
    }
    return .json(writer.bytes, status: .created)
  }

  /// Only what is here to its last event is a duplicate: the producer must not forget what is not here.
  private func duplicate(_ batch: Batch, through: Int64) throws(Refusal) -> Response {
    if let stamp = batch.stamp, through < stamp.seq + Int64(batch.entries.count) - 1 {
      throw .producerOverlap(expected: through + 1)
    }
    var writer = JSONWriter()
    writer.object { object in
      object.member("task", batch.task)
      object.member("duplicate", true)
      object.member("producerThrough", through)
    }
    return .json(writer.bytes)
  }

  private func cursor(_ offset: Int64) -> String {
    Cursor(epoch: tasks.journal.epoch, offset: offset).description
  }
}

import HTTP
import Identity
import JSON
import Journal
import Wire

/// What happened in a task, in AgentArea's words: as a stream, by pages, or all at once at the end.
struct AgentAreaEvents: Sendable {
  /// So long somebody may wait for the end of a task instead of listening to it.
  static let longestWait = Duration.seconds(600)

  let hub: Hub
  let streams: ProfileStreams
  let admission: Admission

  struct Told {
    let events: [ProfileEvent]
    /// Whether the task has ended, so that there will be no more.
    let isWhole: Bool
  }

  /// Nil when the turn has come of a stream that only watches; otherwise what is to be answered.
  func later(_ request: Request, _ asker: Asker) async throws -> Response? {
    let asked = try StreamRequest(request.head, task: request.parameters["task"])
    return try await admission.answer(asked.start, epoch: hub.journal.epoch, of: asker)
  }

  func stream(of task: StoredTask, _ request: Request, _ asker: Asker) async throws -> Response {
    try await streams.answer(
      request, asker, task: task, as: .agentarea, from: StreamRequest(request.head, task: task.id).start)
  }

  func page(of task: StoredTask, _ asked: AgentAreaPage) async throws -> Response {
    var found = AgentAreaPage.Found(asked)
    var history = ToldHistory(of: task, as: .agentarea, in: hub.journal)
    while let piece = try await history.next() {
      for event in piece.flatMap(\.told) { found.take(event) }
    }
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("events") { list in for event in found.events { list.raw(trusted: event.data) } }
      reply.member("total", found.total)
      reply.member("page", asked.page)
      reply.member("page_size", asked.size)
      reply.member("has_next", found.hasNext)
    }
    return .json(writer.bytes)
  }

  /// Returns when the task has ended, or the time is over.
  /// - Parameter loop: where it waits.
  func untilEnd(of task: StoredTask, on loop: Loop) async throws -> Told {
    let feed = hub.feed(of: task.id, after: 0, on: loop)
    defer { feed.close() }
    let timer = Task {
      try await Task.sleep(for: Self.longestWait)
      feed.close()
    }
    defer { timer.cancel() }
    var telling = Profile.agentarea.telling(of: ToldTask(task))
    var events: [ProfileEvent] = []
    while !telling.isOver, let records = try await feed.next() {
      for record in records { events += telling.take(record) }
    }
    let latest = try await hub.journal.task(task.id) ?? task
    return Told(events: events + telling.silentEnd(of: latest, at: latest.updated), isWhole: latest.isFinal)
  }
}

extension Request {
  /// Whoever asks for a stream as the answer says so.
  var wantsEventStream: Bool {
    head.fields.values(of: "accept").contains { $0.lowercased().contains("text/event-stream") }
  }
}

import A2A
import HTTP
import Identity
import JSON
import Journal
import Wire

/// What happened in a task, in AgentArea's words: as a stream, by pages, or all at once at the end.
struct AgentAreaEvents: Sendable {
  /// So long somebody may wait for the end of a task instead of listening to it.
  static let longestWait = Duration.seconds(600)
  /// So much is read at once.
  private static let readLimit = ReadLimit(records: 256, bytes: 1 << 20)

  let hub: Hub
  let streams: ProfileStreams

  struct Told {
    let events: [ProfileEvent]
    /// Whether the task has ended, so that there will be no more.
    let isWhole: Bool
  }

  func stream(of task: StoredTask, _ request: Request, _ asker: Asker) async throws -> Response {
    try await streams.answer(
      request, asker, task: task, as: .agentarea, from: StreamRequest(request.head, task: task.id).start)
  }

  func page(of task: StoredTask, _ asked: AgentAreaPage) async throws -> Response {
    let all = try await soFar(of: task)
    let wanted = asked.type.map { type in all.filter { $0.name == type } } ?? all
    let (events, hasNext) = asked.choose(from: wanted)
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("events") { list in for event in events { list.raw(trusted: event.data) } }
      reply.member("total", wanted.count)
      reply.member("page", asked.page)
      reply.member("page_size", asked.size)
      reply.member("has_next", hasNext)
    }
    return .json(writer.bytes)
  }

  private func soFar(of task: StoredTask) async throws -> [ProfileEvent] {
    var telling = Profile.agentarea.telling(of: ToldTask(task))
    var events: [ProfileEvent] = []
    var position: Int64? = 0
    while let start = position {
      let page = try await hub.journal.records(.tasks([task.id]), after: start, limit: Self.readLimit)
      // What has happened since the task was looked up belongs to the next answer.
      for record in page.records where record.seq <= task.lastSeq { events += telling.take(record) }
      position = page.isComplete ? nil : page.through
    }
    return events + end(of: task, &telling)
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
    return Told(events: events + end(of: latest, &telling), isWhole: latest.isFinal)
  }

  /// A producer may end a task without a word.
  private func end(of task: StoredTask, _ telling: inout any ProfileTelling) -> [ProfileEvent] {
    guard task.isFinal, !telling.isOver, !telling.saysItsEnd, let state = TaskState(word: task.state) else { return [] }
    return telling.end(as: state, at: task.updated)
  }
}

extension Request {
  /// Whoever asks for a stream as the answer says so.
  var wantsEventStream: Bool {
    head.fields.values(of: "accept").contains { $0.lowercased().contains("text/event-stream") }
  }
}

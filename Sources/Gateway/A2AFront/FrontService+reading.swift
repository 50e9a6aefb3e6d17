import A2A
import A2AWire
import HTTP
import Identity
import Journal

extension FrontService {
  func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try Self.check(historyLength: request.historyLength)
    return try await answering {
      try await image(of: find(request.id)).task.shown(historyLength: request.historyLength)
    }
  }

  /// Those that the asker may watch, and not only the own ones. The latest record decides about the order and about what is new: it is as
  /// late as the status, or later.
  func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage {
    try Self.check(historyLength: request.historyLength)
    let size = request.pageSize ?? 50
    guard (1...100).contains(size) else { throw .invalid("pageSize is 1 to 100, not \(size).") }
    var query = TaskQuery(visible: asker.principal.visibleTasks, limit: size + 1)
    query.agent = agent.name
    query.context = request.contextID
    query.states = request.state.map { [$0.word] }
    query.updatedSince = request.statusTimestampAfter?.millisecondsSince1970
    query.order = .update
    query.before = try place(request.pageToken)
    return try await answering {
      let journal = front.records.journal
      let found = try await journal.tasks(query)
      let page = found.prefix(size)
      var tasks: [AgentTask] = []
      for task in page {
        tasks.append(
          try await image(of: task).task.shown(
            historyLength: request.historyLength, withArtifacts: request.includeArtifacts))
      }
      let next = found.count > size ? page.last.map { Cursor(epoch: journal.epoch, offset: $0.lastOffset) } : nil
      return TaskPage(
        tasks: tasks, nextPageToken: next?.description, pageSize: size, totalSize: try await journal.count(query))
    }
  }

  /// What the page before ended with. A task that goes on in between moves to the front, and none is lost behind it.
  private func place(_ token: String?) throws(A2AError) -> Int64? {
    guard let token, !token.isEmpty else { return nil }
    guard let cursor = Cursor(token), cursor.epoch == front.records.journal.epoch else {
      throw .invalid("The pageToken \(Excerpt.quoting(token.utf8)) is none of this gateway's. Begin anew, without it.")
    }
    return cursor.offset
  }

  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> A2AWire.TaskFeed {
    let feed = try await answering {
      let task = try await find(request.id)
      let known = try await image(of: task)
      let state = known.task.status.state
      guard !state.isTerminal else { throw A2AError.ended(task.id, state) }
      let telling = TaskTelling(.snapshot, from: known, endsWhenInterrupted: false)
      return follow(task.id, after: task.lastOffset, telling, under: try open(TaskFacts(task.opening)))
    }
    return feed.served(endsWhenInterrupted: false)
  }
}

extension A2AError {
  static func ended(_ task: String, _ state: TaskState) -> A2AError {
    A2AError(
      .unsupportedOperation,
      "The task \(task) has ended as \(state.word), so there is nothing more to say or to hear. Get it, or begin another."
    )
  }
}

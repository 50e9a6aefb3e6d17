import A2A
import JSON

// What is left of a value when it has gone through 0.3 and back. All that 0.3 cannot say is here; the round trips show
// that there is nothing else.

protocol Legacy {
  /// - Parameter dialect: one of 0.3.
  mutating func lose(in dialect: Dialect)
}

extension Legacy {
  func remaining(in dialect: Dialect) -> Self {
    guard dialect.version == .v0_3 else { return self }
    var copy = self
    copy.lose(in: dialect)
    return copy
  }
}

extension Array: Legacy where Element: Legacy {
  mutating func lose(in dialect: Dialect) { self = map { $0.remaining(in: dialect) } }
}

extension Optional: Legacy where Wrapped: Legacy {
  mutating func lose(in dialect: Dialect) { self = map { $0.remaining(in: dialect) } }
}

extension Part: Legacy {
  /// Only files have a name and a type.
  mutating func lose(in dialect: Dialect) {
    switch content {
    case .text, .data: (filename, mediaType) = (nil, nil)
    case .raw, .url: break
    }
  }
}

extension Message: Legacy {
  /// The tasks that a message speaks of are in JSON-RPC alone.
  mutating func lose(in dialect: Dialect) {
    parts.lose(in: dialect)
    if dialect.binding == .httpJSON { referenceTaskIDs = [] }
  }
}

extension TaskStatus: Legacy {
  mutating func lose(in dialect: Dialect) { message.lose(in: dialect) }
}

extension Artifact: Legacy {
  mutating func lose(in dialect: Dialect) { parts.lose(in: dialect) }
}

extension AgentTask: Legacy {
  mutating func lose(in dialect: Dialect) {
    status.lose(in: dialect)
    artifacts.lose(in: dialect)
    history.lose(in: dialect)
  }
}

extension TaskEvent: Legacy {
  mutating func lose(in dialect: Dialect) {
    switch self {
    case .task(let task): self = .task(task.remaining(in: dialect))
    case .message(let message): self = .message(message.remaining(in: dialect))
    case .status(var update):
      update.status.lose(in: dialect)
      self = .status(update)
    case .artifact(var update):
      update.artifact.lose(in: dialect)
      self = .artifact(update)
    }
  }
}

extension SendMessageRequest: Legacy {
  /// There are no tenants, an inline push configuration has no room for a task's id, and 0 messages of history is the
  /// same as no word about it.
  mutating func lose(in dialect: Dialect) {
    tenant = nil
    message.lose(in: dialect)
    configuration.pushConfig?.taskID = nil
    if configuration.historyLength == 0 { configuration.historyLength = nil }
  }
}

extension Operation: Legacy {
  mutating func lose(in dialect: Dialect) {
    switch self {
    case .sendMessage(let request): self = .sendMessage(request.remaining(in: dialect))
    case .sendStreamingMessage(let request): self = .sendStreamingMessage(request.remaining(in: dialect))
    case .getTask(var request):
      request.tenant = nil
      if request.historyLength == 0 { request.historyLength = nil }
      self = .getTask(request)
    case .listTasks(var request):
      request.tenant = nil
      if request.historyLength == 0 { request.historyLength = nil }
      self = .listTasks(request)
    case .cancelTask(var request):
      request.tenant = nil
      self = .cancelTask(request)
    case .subscribeToTask(var request):
      request.tenant = nil
      self = .subscribeToTask(request)
    case .createPushConfig(var request):
      request.tenant = nil
      self = .createPushConfig(request)
    case .getPushConfig(var request):
      request.tenant = nil
      self = .getPushConfig(request)
    case .listPushConfigs(var request):
      request.tenant = nil
      // There are no pages of them in JSON-RPC.
      if dialect.binding == .jsonRPC { (request.pageSize, request.pageToken) = (nil, nil) }
      self = .listPushConfigs(request)
    case .deletePushConfig(var request):
      request.tenant = nil
      self = .deletePushConfig(request)
    case .getExtendedCard: self = .getExtendedCard(GetExtendedCardRequest())
    }
  }
}

extension OperationResult: Legacy {
  mutating func lose(in dialect: Dialect) {
    switch self {
    case .sent(.task(let task)): self = .sent(.task(task.remaining(in: dialect)))
    case .sent(.message(let message)): self = .sent(.message(message.remaining(in: dialect)))
    case .task(let task): self = .task(task.remaining(in: dialect))
    case .tasks(var page):
      page.tasks.lose(in: dialect)
      self = .tasks(page)
    case .pushConfigs(var page):
      if dialect.binding == .jsonRPC { page.nextPageToken = nil }
      self = .pushConfigs(page)
    case .pushConfig, .nothing, .card: break
    }
  }
}

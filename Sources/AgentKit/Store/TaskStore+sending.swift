package import A2A
package import A2AWire
import HTTP
import JSON
import Telemetry

extension TaskStore {
  package func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    let entry = try accept(request, call, stream: nil)
    // Whoever reads the answer may rely on it for the other agents, too.
    if let pause = PauseRequest(metadata: request.message.metadata) { await passOn(pause, entry) }
    try await wait(until: .decided, entry)
    if case .reply(let message) = entry.decision { return .message(message) }
    if !request.configuration.returnImmediately, !request.message.isAboutPausing {
      try await wait(until: .settled, entry)
    }
    return .task(entry.record.snapshot(historyLength: request.configuration.historyLength))
  }

  package func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    // Clients of the field wait for the end of this stream before they answer a question; a stream that is to last
    // longer is had by subscribing.
    let stream = try openStream(endsWhenInterrupted: true)
    do throws(A2AError) {
      let entry = try accept(request, call, stream: stream)
      if let pause = PauseRequest(metadata: request.message.metadata) { await passOn(pause, entry) }
      // An error before the first event is an answer, not a stream.
      try await wait(until: .decided, entry)
      return stream.feed
    } catch {
      stream.close()
      throw error
    }
  }

  func openStream(endsWhenInterrupted: Bool) throws(A2AError) -> FeedQueue {
    guard openStreams.open(limit: limits.streams) else {
      throw .full("This agent has \(limits.streams) streams open, which is all it takes. Try again later.")
    }
    return FeedQueue(limits: limits, endsWhenInterrupted: endsWhenInterrupted) { [openStreams] in openStreams.close() }
  }

  /// Makes a task of a message, or gives it to the task it is for.
  private func accept(
    _ request: SendMessageRequest, _ call: CallContext, stream: FeedQueue?
  ) throws(A2AError) -> TaskEntry {
    try check(request)
    let pause = try pauseRequest(in: request.message)
    if let taskID = request.message.taskID {
      let entry = try find(taskID, call)
      try follow(entry, request, pause, call, stream: stream)
      return entry
    }
    return try begin(request, call, stream: stream)
  }

  private func check(_ request: SendMessageRequest) throws(A2AError) {
    let message = request.message
    guard message.byteCount <= limits.messageBytes else {
      throw A2AError(
        .invalidParams,
        "The message has about \(message.byteCount) bytes; this agent takes at most \(limits.messageBytes).")
    }
    guard !message.parts.isEmpty else { throw A2AError(.invalidParams, "The message has no parts.") }
    guard message.role == .user else {
      throw A2AError(.invalidParams, "The role of a message to an agent is ROLE_USER.")
    }
    if let contextID = message.contextID, contextID.isEmpty || contextID.utf8.count > 256 {
      throw A2AError(.invalidParams, "A contextId has 1 to 256 bytes.")
    }
    if let length = request.configuration.historyLength, length < 0 {
      throw A2AError(.invalidParams, "historyLength is 0 or more, not \(length).")
    }
    for part in message.parts {
      if let mediaType = part.mediaType, !MediaRange.any(of: profile.inputModes, take: mediaType) {
        throw A2AError(
          .contentTypeNotSupported,
          "This agent takes \(profile.inputModes.joined(separator: ", ")), not \(Excerpt.quoting(mediaType.utf8)).")
      }
    }
  }

  private func begin(
    _ request: SendMessageRequest, _ call: CallContext, stream: FeedQueue?
  ) throws(A2AError) -> TaskEntry {
    guard !isStopping else { throw .full("This agent is stopping and takes no new tasks. Try another, or later.") }
    guard makeRoom(tasks: 1, bytes: request.message.byteCount) else {
      throw .full(
        "This agent has \(tasks.count) tasks under way, and no room for one more. Try again when one of them has ended."
      )
    }
    var record = TaskRecord(
      id: world.newID(), contextID: request.message.contextID ?? world.newID(), owner: call.caller, number: taskCount,
      at: world.now())
    taskCount += 1
    var message = request.message
    message.taskID = record.id
    message.contextID = record.contextID
    record.hear(message, isFirst: true, limits: limits)
    let entry = TaskEntry(record: record, decision: .open)
    if let config = request.configuration.pushConfig { try add(config, to: entry, call) }
    tasks[record.id] = entry
    if let stream { entry.streams.append(stream) }
    count(entry)
    log.info("task began", ["task": .string(record.id), "request": .string(call.requestID)])
    if !profile.repliesDirectly {
      decide(entry)
      change(entry, to: .working)
    }
    start(entry, message, call)
    return entry
  }

  /// A message to a task that is there: to pause it, the answer to its question, or something for the agent to take when
  /// it is ready.
  private func follow(
    _ entry: TaskEntry, _ request: SendMessageRequest, _ pause: PauseRequest?, _ call: CallContext, stream: FeedQueue?
  ) throws(A2AError) {
    var message = request.message
    let record = entry.record
    if let contextID = message.contextID, contextID != record.contextID {
      throw A2AError(
        .invalidParams,
        "The task \(record.id) belongs to another context than \(Excerpt.quoting(contextID.utf8)): leave contextId out."
      )
    }
    let isRepeated = pause == nil && record.hasHeard(message) && !entry.isAskedAnew(by: message)
    guard isRepeated || !record.isEnded else {
      throw A2AError(
        .unsupportedOperation,
        "The task \(record.id) has ended (\(record.status.state)) and takes no more messages. Begin a new one.")
    }
    guard entry.streams.count < limits.streamsPerTask || stream == nil else {
      throw .full("The task \(record.id) has \(limits.streamsPerTask) streams, which is all it may have.")
    }
    guard !isRepeated else { return answerWithTask(entry, request, stream) }
    guard makeRoom(tasks: 0, bytes: message.byteCount) else {
      throw .full("This agent has no room for more messages. Try again when a task has ended.")
    }
    message.contextID = record.contextID
    let configsBefore = entry.pushConfigs
    if let config = request.configuration.pushConfig { try add(config, to: entry, call) }
    do throws(A2AError) {
      if let pause {
        heed(pause, entry)
      } else if entry.isAsking {
        try answer(entry, message)
      } else {
        try queue(message, entry)
      }
    } catch {
      entry.pushConfigs = configsBefore
      throw error
    }
    count(entry)
    answerWithTask(entry, request, stream)
  }

  /// What a message is answered with that was taken: now, or before.
  private func answerWithTask(_ entry: TaskEntry, _ request: SendMessageRequest, _ stream: FeedQueue?) {
    guard let stream else { return }
    stream.put(.task(entry.record.snapshot(historyLength: request.configuration.historyLength)), byteCount: 0)
    if stream.isOpen { entry.streams.append(stream) }
  }

  private func queue(_ message: Message, _ entry: TaskEntry) throws(A2AError) {
    if let id = message.metadata?[Question.extensionURI]?["questionId"]?.string {
      throw A2AError(
        .invalidParams, "The question \(Excerpt.quoting(id.utf8)) is not open: it was answered, or its time is over.")
    }
    guard entry.waitingMessages.count < limits.waitingMessages else {
      throw .full(
        "The task \(entry.record.id) is at work, with \(limits.waitingMessages) messages waiting, which is all it takes."
      )
    }
    entry.record.hear(message, limits: limits)
    entry.waitingMessages.append(message)
  }
}

extension A2AError {
  /// There is no room now; there may be later.
  static func full(_ message: String) -> A2AError {
    var error = A2AError(.internalError, message)
    error.reason = "RESOURCE_EXHAUSTED"
    return error
  }
}

import A2A
import HTTP
import JSON
import Wire

// Calls in the form of the first alert analyzers: the same tasks of the same service. It goes with 0.3: who speaks 1.0 alone has none of it.
extension A2AEndpoints {
  /// Nil: the request is no such call.
  func answerAnalyzer(
    _ request: Request, _ body: [UInt8], _ caller: Caller, _ tenants: Tenants, _ depth: Int
  ) async -> Response? {
    guard options.versions.contains(.v0_3) else { return nil }
    let head = request.head
    let path = Array(head.target.decodedSegments.dropFirst(depth))
    let call: AnalyzerCall?
    do throws(A2AError) {
      call = try AnalyzerCall(head.method, path, head.fields, head.target.queryItems, body)
    } catch {
      return Self.json(.badRequest, AnalyzerTelling.refusal(error, id: nil))
    }
    guard let call else { return nil }
    let context = CallContext(
      caller: caller, dialect: Dialect(.jsonRPC, .v0_3), extensions: [], requestID: request.id)
    let incoming = AnalyzerIncoming(call: call, context: context)
    switch call.request {
    case .analyze(let parts): return await begin(parts, incoming, tenants)
    case .stream(let parts, let task): return await tell(parts, task, incoming, tenants)
    case .read(let task): return await show(task, incoming, tenants)
    }
  }

  private func begin(_ parts: [Part], _ incoming: AnalyzerIncoming, _ tenants: Tenants) async -> Response {
    var request = SendMessageRequest(message: incoming.message(parts))
    request.configuration.returnImmediately = true
    let operation = Operation.sendMessage(request)
    do throws(A2AError) {
      let service = try await ready(operation, tenants)
      guard case .task(let task) = try await service.send(request, incoming.context) else {
        throw A2AError(
          .unsupportedOperation, "The agent has answered without beginning a task. Send it a message instead.")
      }
      note(incoming, operation, task.id)
      return Self.json(.ok, AnalyzerWords.begun(task.id))
    } catch {
      note(incoming, operation, nil, error)
      return Self.json(error.code.status, AnalyzerTelling.refusal(error, id: nil))
    }
  }

  private func show(_ id: String, _ incoming: AnalyzerIncoming, _ tenants: Tenants) async -> Response {
    let request = GetTaskRequest(id: id)
    let operation = Operation.getTask(request)
    do throws(A2AError) {
      let service = try await ready(operation, tenants)
      let task = try await service.task(request, incoming.context)
      note(incoming, operation, id)
      return Self.json(.ok, AnalyzerWords.document(of: task))
    } catch {
      note(incoming, operation, id, error)
      return Self.json(error.code.status, AnalyzerTelling.refusal(error, id: nil))
    }
  }

  // MARK: Streams

  private func tell(
    _ parts: [Part], _ task: String?, _ incoming: AnalyzerIncoming, _ tenants: Tenants
  ) async -> Response {
    let request = SendMessageRequest(message: incoming.message(parts))
    let operation = Operation.sendStreamingMessage(request)
    guard let place = census.admit(incoming.context.caller) else {
      return StatusBody.tooManyStreams(census.fullMessage(for: incoming.context.caller)).response()
    }
    do throws(A2AError) {
      let service = try await ready(operation, tenants)
      let feed = try await service.analyzerFeed(request, of: task, incoming.context)
      note(incoming, operation, task)
      return told(ServedStream(feed, place), incoming.call.id)
    } catch {
      note(incoming, operation, task, error)
      let failure = AnalyzerTelling.failure(error, id: incoming.call.id)
      return .events { out in try await out.send(ServerSentEvent(event: "error", data: failure)) }
    }
  }

  private func told(_ stream: ServedStream, _ id: JSONValue?) -> Response {
    var options = EventStreamOptions()
    options.heartbeat = self.options.heartbeat
    return .events(options) { out in
      defer { stream.close() }
      var telling = AnalyzerTelling(id: id)
      while !telling.isOver {
        switch await stream.next() {
        case .event(let event):
          guard let data = telling.take(event) else { continue }
          try await out.send(ServerSentEvent(event: AnalyzerTelling.event, data: data))
        case .failed(let error):
          return try await out.send(ServerSentEvent(event: "error", data: AnalyzerTelling.failure(error, id: id)))
        case .cut: return await out.cut()
        case .end: return
        }
      }
    }
  }

  // MARK: Around

  private func ready(_ operation: Operation, _ tenants: Tenants) async throws(A2AError) -> any TaskService {
    let service = try await tenants(nil)
    let card = await service.card
    _ = try CallRules.activeExtensions(asked: [], card: card)
    try CallRules.check(operation, against: card)
    return service
  }

  private func note(
    _ incoming: AnalyzerIncoming, _ operation: Operation, _ task: String?, _ error: A2AError? = nil
  ) {
    telemetry.record(
      incoming.call.counted(as: operation), by: incoming.context.caller, request: incoming.context.requestID,
      task: task, error: error)
  }

  private static func json(_ status: HTTPStatus, _ body: [UInt8]) -> Response {
    Response(EncodedAnswer(status: status, mediaType: "application/json", body: body))
  }
}

/// Such a call with who makes it.
private struct AnalyzerIncoming: Sendable {
  let call: AnalyzerCall
  let context: CallContext

  /// These callers give their messages no ids.
  func message(_ parts: [Part]) -> Message {
    var random = SystemRandomNumberGenerator()
    let id = "analyzer-\(String(random.next(), radix: 36))\(String(random.next(), radix: 36))"
    return Message(id: id, role: .user, parts: parts)
  }
}

extension TaskService {
  /// A task that is there is told from how it stands: what comes with it is its alert once more, unless it waits for an answer. One
  /// that is not there begins, under an id of the service's own.
  fileprivate func analyzerFeed(
    _ request: SendMessageRequest, of id: String?, _ call: CallContext
  ) async throws(A2AError) -> TaskFeed {
    guard let id, let known = try await ifThere(id, call) else { return try await stream(request, call) }
    if known.status.state.isTerminal { return .of(known) }
    if known.status.state.isInterrupted {
      var answer = request
      answer.message.taskID = id
      return try await stream(answer, call)
    }
    do throws(A2AError) {
      return try await subscribe(SubscribeToTaskRequest(id: id), call)
    } catch {
      // It may have ended in between.
      guard let ended = try await ifThere(id, call), ended.status.state.isTerminal else { throw error }
      return .of(ended)
    }
  }

  private func ifThere(_ id: String, _ call: CallContext) async throws(A2AError) -> AgentTask? {
    do throws(A2AError) {
      return try await task(GetTaskRequest(id: id), call)
    } catch {
      guard error.code == .taskNotFound else { throw error }
      return nil
    }
  }
}

extension TaskFeed {
  /// A task that has ended: nobody reads behind that.
  fileprivate static func of(_ ended: AgentTask) -> TaskFeed {
    TaskFeed(next: { () async throws(TaskFeedEnd) -> TaskEvent? in .task(ended) }, close: {})
  }
}

import A2A
import HTTP
import Wire

// From calls to answers.
extension A2AEndpoints {
  func answer(_ call: ServerCall, _ incoming: IncomingCall) async -> Response {
    var task: String?
    var failure: A2AError?
    var extensions: [String] = []
    var response: Response
    do throws(A2AError) {
      try CallRules.check(call.dialect.version, against: options.versions)
      let service = try await incoming.tenants(call.operation.tenant)
      let card = await service.card
      extensions = try CallRules.activeExtensions(asked: call.extensions, card: card)
      try CallRules.check(call.operation, against: card)
      let context = CallContext(
        caller: incoming.caller, dialect: call.dialect, extensions: extensions, requestID: incoming.request.id)
      switch try await outcome(of: call, context, incoming, service) {
      case .result(let result):
        task = result.taskID
        response = Response(call.replies.answer(result))
      case .stream(let stream, let first):
        task = first.taskID
        response = events(stream, after: first, call.replies)
      case .broken(let stream):
        response = broken(stream)
      case .full(let message):
        failure = A2AError(.internalError, message)
        failure?.reason = "TOO_MANY_STREAMS"
        response = full(call, failure, message)
      }
    } catch {
      failure = error
      response = Response(call.replies.refusal(error))
    }
    if !extensions.isEmpty {
      response.fields[call.dialect.extensionsField] = extensions.joined(separator: ", ")
    }
    telemetry.record(call, by: incoming.caller, request: incoming.request.id, task: task, error: failure)
    return response
  }

  private enum Outcome {
    case result(OperationResult)
    case stream(ServedStream, first: TaskEvent)
    /// It broke off before its first event.
    case broken(ServedStream)
    /// There is no room for another stream.
    case full(String)
  }

  private func outcome(
    of call: ServerCall, _ context: CallContext, _ incoming: IncomingCall, _ service: any TaskService
  ) async throws(A2AError) -> Outcome {
    switch call.operation {
    case .sendMessage(let request):
      return .result(.sent(try await service.send(request, context)))
    case .sendStreamingMessage(let request):
      return try await open(context) { () async throws(A2AError) in try await service.stream(request, context) }
    case .subscribeToTask(let request):
      return try await open(context) { () async throws(A2AError) in try await service.subscribe(request, context) }
    case .getTask(let request):
      return .result(.task(try await service.task(request, context)))
    case .listTasks(let request):
      return .result(.tasks(try await service.tasks(request, context)))
    case .cancelTask(let request):
      return .result(.task(try await service.cancel(request, context)))
    case .createPushConfig(let request):
      return .result(.pushConfig(try await service.createPushConfig(request, context)))
    case .getPushConfig(let request):
      return .result(.pushConfig(try await service.pushConfig(request, context)))
    case .listPushConfigs(let request):
      return .result(.pushConfigs(try await service.pushConfigs(request, context)))
    case .deletePushConfig(let request):
      try await service.deletePushConfig(request, context)
      return .result(.nothing)
    case .getExtendedCard:
      guard let card = try await service.extendedCard(context), let base = base(of: incoming.request, incoming.depth)
      else { throw A2AError(.extendedCardNotConfigured, "There is no extended card for this caller.") }
      return .result(.card(withInterfaces(card, at: base)))
    }
  }

  /// Waits for the first event, so that what goes wrong before it is a plain answer.
  private func open(
    _ context: CallContext, _ begin: () async throws(A2AError) -> TaskFeed
  ) async throws(A2AError) -> Outcome {
    guard let place = census.admit(context.caller) else { return .full(census.fullMessage(for: context.caller)) }
    let stream = ServedStream(try await begin(), place)
    switch await stream.next() {
    case .event(let first):
      return .stream(stream, first: first)
    case .end:
      throw A2AError(.internalError, "The stream has ended before its first event. Ask for the task instead.")
    case .failed(let error):
      throw error
    case .cut:
      return .broken(stream)
    }
  }

  /// In JSON-RPC the error is in the answer, whose status is always 200.
  private func full(_ call: ServerCall, _ failure: A2AError?, _ message: String) -> Response {
    if call.dialect.binding == .jsonRPC, let failure { return Response(call.replies.refusal(failure)) }
    return StatusBody.tooManyStreams(message).response()
  }
}

extension OperationResult {
  fileprivate var taskID: String? {
    switch self {
    case .sent(.task(let task)), .task(let task): task.id
    case .sent(.message(let message)): message.taskID
    case .pushConfig(let config): config.taskID
    case .tasks, .pushConfigs, .nothing, .card: nil
    }
  }
}

extension Dialect {
  /// The response field that names the active extensions.
  fileprivate var extensionsField: String {
    version == .v0_3 ? "x-a2a-extensions" : "a2a-extensions"
  }
}

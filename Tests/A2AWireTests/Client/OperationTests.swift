import A2A
import A2AWire
import HTTP
import JSON
import Telemetry
import TestSupport
import Testing
import Wire

/// Every operation, in every dialect, against an agent that behaves.
@Suite struct OperationTests {
  private static let task = AgentTask(id: "t", contextID: "c", status: TaskStatus(.working))

  /// What each question is answered with.
  private static let answers: ModelAgent.Answering = { operation in
    switch operation {
    case .sendMessage(let request):
      .result(.sent(request.message.text == "hello" ? .message(Self.greeting) : .task(Self.task)))
    case .getTask, .cancelTask: .result(.task(Self.task))
    case .listTasks:
      .result(.tasks(TaskPage(tasks: [Self.task], nextPageToken: nil, pageSize: 50, totalSize: 1)))
    case .createPushConfig, .getPushConfig: .result(.pushConfig(Self.pushConfig))
    case .listPushConfigs: .result(.pushConfigs(PushConfigPage(configs: [Self.pushConfig])))
    case .deletePushConfig: .result(.nothing)
    case .getExtendedCard: .refusal(A2AError(.extendedCardNotConfigured, "There is none."))
    case .sendStreamingMessage: .stream([.task(.submitted), .status(.working), .artifact("x"), .status(.completed)])
    case .subscribeToTask: .stream([.task(.working), .status(.completed)])
    }
  }

  private static let greeting = Message(id: "g", role: .agent, text: "hello yourself", contextID: "c")
  private static let pushConfig = PushConfig(url: "https://hooks.example/", id: "p", taskID: "t", token: "x")

  private static func run(
    _ dialect: Dialect, subscribeByPost: HTTPStatus? = nil, _ body: (AgentClient, ModelAgent) async throws -> Void
  ) async throws {
    try await ModelAgent.run(subscribeByPost: subscribeByPost, answering: answers) { model, port in
      try await TestCaller.run(port) {
        $0.interfaces.dialects = [dialect]
        $0.extensions = [ModelAgent.declaredExtension, "https://extensions.example/other"]
        $0.fields["authorization"] = "Bearer secret"
      } _: { caller in
        try await body(caller.agent, model)
        for asked in model.asked {
          #expect(asked.dialect == dialect)
          #expect(asked.operation.givenTenant == (dialect.version == .v1 ? "acme" : nil))
          #expect(asked.fields["authorization"] == "Bearer secret")
          let name = dialect.version == .v1 ? "a2a-extensions" : "x-a2a-extensions"
          #expect(asked.fields[name] == ModelAgent.declaredExtension)
          #expect(asked.fields["a2a-version"] == (dialect.version == .v1 ? "1.0" : nil))
        }
      }
    }
  }

  @Test(arguments: Dialect.everyOne)
  func `each call is a step of its own in the trace that it is made for`(_ dialect: Dialect) async throws {
    try await Self.run(dialect) { agent, model in
      var random = SystemRandomNumberGenerator()
      let parent = try #require(
        TraceContext(
          traceparent: TraceContext.generate(using: &random).traceparent, state: TraceState(["congo=1,rojo=2"])))
      let spans = KeptSpans()
      let traced = agent.traced(CallTrace(parent, to: spans))
      _ = try await traced.task(GetTaskRequest(id: "t"))
      _ = try await traced.subscribe(SubscribeToTaskRequest(id: "t")).all()
      _ = try? await traced.extendedCard()
      let all = spans.kept.value
      #expect(all.map(\.name) == ["GetTask", "SubscribeToTask", "GetExtendedAgentCard"])
      #expect(
        all.allSatisfy { $0.parent == parent.spanID && $0.context.traceID == parent.traceID && $0.kind == .client })
      #expect(Set(all.map(\.context.spanID)).count == 3)
      #expect(model.asked.map { $0.fields["traceparent"] } == all.map(\.context.traceparent))
      #expect(model.asked.allSatisfy { $0.fields["tracestate"] == "congo=1,rojo=2" })
      #expect(all.map { $0.error == nil } == [true, true, false])
    }
  }

  @Test func `whoever wants no record of a trace gets none, and its name goes on all the same`() async throws {
    try await Self.run(Dialect.everyOne[0]) { agent, model in
      var random = SystemRandomNumberGenerator()
      let spans = KeptSpans()
      let unwanted = TraceContext.generate(using: &random, isSampled: false)
      _ = try await agent.traced(CallTrace(unwanted, to: spans)).task(GetTaskRequest(id: "t"))
      _ = try await agent.traced(CallTrace(unwanted, to: nil)).task(GetTaskRequest(id: "t"))
      #expect(spans.kept.value.isEmpty)
      #expect(model.asked.map { $0.fields["traceparent"] } == [unwanted.traceparent, unwanted.traceparent])
      #expect(model.asked.allSatisfy { $0.fields["tracestate"] == nil })
    }
  }

  @Test(arguments: Dialect.everyOne)
  func `every question gets its answer`(_ dialect: Dialect) async throws {
    try await Self.run(dialect) { agent, model in
      let interface = try await agent.interface()
      #expect(interface.dialect == dialect)
      let message = try await agent.send(SendMessageRequest("hello"))
      guard case .message(let greeting) = message else {
        Issue.record("\(message)")
        return
      }
      #expect(greeting.text == "hello yourself")
      var immediately = SendMessageRequest("work", taskID: "t")
      immediately.configuration.returnImmediately = true
      let sent = try await agent.send(immediately)
      #expect(sent == .task(Self.task))
      let task = try await agent.task(GetTaskRequest(id: "t", historyLength: 3))
      #expect(task == Self.task)
      let canceled = try await agent.cancel(CancelTaskRequest(id: "t"))
      #expect(canceled == Self.task)
      let page = try await agent.tasks(ListTasksRequest())
      #expect(page.tasks.map(\.id) == ["t"])
      // As a caller would; the tenant of a request is not the caller's to say.
      let config = try await agent.createPushConfig(
        CreatePushConfigRequest(taskID: "t", config: Self.pushConfig, tenant: "other"))
      #expect(config == Self.pushConfig)
      let found = try await agent.pushConfig(PushConfigRequest(taskID: "t", id: "p"))
      #expect(found == Self.pushConfig)
      let configs = try await agent.pushConfigs(ListPushConfigsRequest(taskID: "t"))
      #expect(configs.configs == [Self.pushConfig])
      try await agent.deletePushConfig(PushConfigRequest(taskID: "t", id: "p"))
      #expect(
        model.asked.map(\.operation.name) == [
          .sendMessage, .sendMessage, .getTask, .cancelTask, .listTasks, .createPushConfig, .getPushConfig,
          .listPushConfigs, .deletePushConfig,
        ])
      #expect(model.cardRequests.count == 1)
    }
  }

  @Test(arguments: Dialect.everyOne)
  func `streams are followed to their end`(_ dialect: Dialect) async throws {
    try await Self.run(dialect) { agent, _ in
      let stream = try await agent.stream(SendMessageRequest("go"))
      let events = try await stream.all()
      #expect(events == [.task(.submitted), .status(.working), .artifact("x"), .status(.completed)])
      let subscription = try await agent.subscribe(SubscribeToTaskRequest(id: "t"))
      let rest = try await subscription.all()
      #expect(rest == [.task(.working), .status(.completed)])
      #expect(subscription.lastState == .completed)
    }
  }

  @Test(arguments: Dialect.everyOne)
  func `a refusal is the agent's own`(_ dialect: Dialect) async throws {
    try await Self.run(dialect) { agent, _ in
      do throws(AgentCallError) {
        _ = try await agent.extendedCard()
        Issue.record("It was shown.")
      } catch {
        guard case .refused(let refusal, _) = error.reason else {
          Issue.record("\(error)")
          return
        }
        #expect(refusal.code == .extendedCardNotConfigured && refusal.message == "There is none.")
        #expect(error.description.hasPrefix("GetExtendedAgentCard failed at \"Model\" (127.0.0.1:"))
      }
    }
  }

  @Test(arguments: [HTTPStatus.methodNotAllowed, .notFound], ProtocolVersion.allCases)
  func `a subscription that POST does not reach is asked for by GET`(
    _ status: HTTPStatus, _ version: ProtocolVersion
  ) async throws {
    try await Self.run(Dialect(.httpJSON, version), subscribeByPost: status) { agent, model in
      let events = try await agent.subscribe(SubscribeToTaskRequest(id: "t")).all()
      #expect(events == [.task(.working), .status(.completed)])
      #expect(model.asked.map(\.method) == [.get])
    }
  }

  @Test func `a subscription that is refused otherwise is not asked for again`() async throws {
    try await Self.run(Dialect(.httpJSON, .v1), subscribeByPost: .forbidden) { agent, model in
      await #expect(throws: AgentCallError.self) { try await agent.subscribe(SubscribeToTaskRequest(id: "t")) }
      #expect(model.asked.isEmpty)
    }
    // The agent's own word that there is no such task is final.
    let unknown = A2AError(.taskNotFound, "There is no task t.")
    for dialect in Dialect.everyOne {
      try await ModelAgent.run(answering: { _ in .refusal(unknown) }) { model, port in
        try await TestCaller.run(port, { $0.interfaces.dialects = [dialect] }) { caller in
          let error = await caller.failure { agent async throws(AgentCallError) in
            try await agent.subscribe(SubscribeToTaskRequest(id: "t"))
          }
          guard case .refused(let refusal, _)? = error?.reason else {
            Issue.record("\(error as Any)")
            return
          }
          #expect(refusal.code == .taskNotFound)
          #expect(model.asked.map(\.method) == [.post])
        }
      }
    }
  }

  @Test(arguments: [false, true], [false, true])
  func `a send that waits for its task may last longer than other calls`(
    _ immediately: Bool, _ headFirst: Bool
  ) async throws {
    let script = AgentScript.answering { peer in
      // A head in advance is no answer.
      if headFirst { try peer.connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n") }
      _ = Signal().block(seconds: 8)
      let body = peer.result(#"{"task":{"id":"t","contextId":"c","status":{"state":"TASK_STATE_COMPLETED"}}}"#)
      if !headFirst { return try peer.answer(body) }
      try peer.connection.send(body)
      peer.sayGoodbye()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await TestCaller.run(server.port) {
        $0.deadlines.firstByte = .seconds(4)
        $0.deadlines.silence = .seconds(4)
      } _: { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          var request = SendMessageRequest("go")
          request.configuration.returnImmediately = immediately
          return try await agent.send(request)
        }
        guard immediately else {
          #expect(error == nil)
          return
        }
        guard case .transport(let transport)? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        #expect(transport.reason == .timedOut(headFirst ? .body : .answer, after: .seconds(4)))
      }
    }
  }

  // MARK: Lists

  private static func listing(_ next: @escaping @Sendable (String?) -> String?) -> ModelAgent.Answering {
    { operation in
      guard case .listTasks(let request) = operation else { return .refusal(A2AError(.methodNotFound, "")) }
      var task = task
      task.id = "after \(request.pageToken ?? "nothing")"
      return .result(
        .tasks(TaskPage(tasks: [task], nextPageToken: next(request.pageToken), pageSize: 1, totalSize: 3)))
    }
  }

  @Test func `all pages of a list are walked`() async throws {
    let tokens: [String?: String] = [nil: "one", "one": "two"]
    try await ModelAgent.run(answering: Self.listing { tokens[$0] }) { model, port in
      try await TestCaller.run(port) { caller in
        var request = ListTasksRequest()
        request.contextID = "c"
        var pages = TaskPages(request, of: caller.agent)
        var ids: [String] = []
        while let page = try await pages.next() { ids += page.tasks.map(\.id) }
        #expect(ids == ["after nothing", "after one", "after two"])
        let end = try await pages.next()
        #expect(end == nil)
        for asked in model.asked {
          guard case .listTasks(let request) = asked.operation else { continue }
          #expect(request.contextID == "c")
        }
      }
    }
  }

  @Test func `pages that go in a circle come to an end`() async throws {
    let tokens: [String?: String] = [nil: "one", "one": "two", "two": "three", "three": "one"]
    try await ModelAgent.run(answering: Self.listing { tokens[$0] }) { model, port in
      try await TestCaller.run(port) { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          var pages = TaskPages(ListTasksRequest(), of: agent)
          for _ in 0..<100 { _ = try await pages.next() }
        }
        guard case .breach(.endlessPages)? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        #expect(model.asked.count < 20)
      }
    }
  }
}

extension A2A.Operation {
  fileprivate var givenTenant: String? {
    switch self {
    case .sendMessage(let request), .sendStreamingMessage(let request): request.tenant
    case .getTask(let request): request.tenant
    case .listTasks(let request): request.tenant
    case .cancelTask(let request): request.tenant
    case .subscribeToTask(let request): request.tenant
    case .createPushConfig(let request): request.tenant
    case .getPushConfig(let request), .deletePushConfig(let request): request.tenant
    case .listPushConfigs(let request): request.tenant
    case .getExtendedCard(let request): request.tenant
    }
  }
}

private struct KeptSpans: SpanSink {
  let kept = Kept<[TraceSpan]>([])

  func take(_ span: TraceSpan) { kept.change { $0.append(span) } }
}

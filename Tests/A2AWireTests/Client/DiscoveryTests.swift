import A2A
import A2AWire
import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Cards: where they are, how long they are kept, and what is wrong with them.
@Suite struct DiscoveryTests {
  private static func card(_ authority: String, name: String = "Model") -> AgentCard {
    var card = ModelAgent.card(Dialect.everyOne.map { ModelAgent.interface($0, authority) })
    card.name = name
    return card
  }

  private static func answer(_ card: AgentCard, _ fields: (String, String)...) -> Response {
    Response(fields: HTTPFields(fields + [("content-type", "application/json")]), body: .bytes(card.encoded()))
  }

  private static let working: ModelAgent.Answering = { _ in
    .result(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.working))))
  }

  @Test func `a card is asked for once while it is fresh`() async throws {
    try await ModelAgent.run(
      card: { Self.answer(Self.card($1), ("cache-control", "max-age=3600")) }, answering: Self.working
    ) { model, port in
      try await TestCaller.run(port) { caller in
        for _ in 0..<3 { _ = try await caller.agent.task(GetTaskRequest(id: "t")) }
        let card = try await caller.agent.card()
        #expect(card.name == "Model")
        #expect(model.cardRequests.count == 1)
        #expect(model.cardRequests.first?["if-none-match"] == nil)
      }
    }
  }

  @Test func `an old card is asked for again with its tag, and stays when it is confirmed`() async throws {
    let current = Mutex("first")
    try await ModelAgent.run(
      card: { fields, authority in
        let name = current.withLock { $0 }
        let tag = "W/\"\(name)\""
        if let given = fields["if-none-match"], EntityTags.matches(ifNoneMatch: given, etag: tag) {
          return Response(.notModified, fields: HTTPFields([("etag", tag), ("cache-control", "max-age=0")]))
        }
        return Self.answer(Self.card(authority, name: name), ("etag", tag), ("cache-control", "max-age=0"))
      }
    ) { model, port in
      try await TestCaller.run(port) { caller in
        for expected in ["first", "first", "second", "second"] {
          if expected == "second" { current.withLock { $0 = "second" } }
          let card = try await caller.agent.card()
          #expect(card.name == expected)
        }
        #expect(
          model.cardRequests.map { $0["if-none-match"] } == [nil, "W/\"first\"", "W/\"first\"", "W/\"second\""])
      }
    }
  }

  @Test func `a confirmation can make a card fresh`() async throws {
    try await ModelAgent.run(
      card: { fields, authority in
        guard fields["if-none-match"] == nil else {
          return Response(.notModified, fields: HTTPFields([("cache-control", "max-age=3600")]))
        }
        return Self.answer(Self.card(authority), ("etag", "\"a\""), ("cache-control", "no-cache"))
      }
    ) { model, port in
      try await TestCaller.run(port) { caller in
        for _ in 0..<5 { _ = try await caller.agent.card() }
        #expect(model.cardRequests.count == 2)
      }
    }
  }

  @Test func `a card that cannot be asked for again is good enough for a call`() async throws {
    let isGone = Mutex(false)
    try await ModelAgent.run(
      card: { _, authority in
        if isGone.withLock({ $0 }) { return .text("out for lunch", status: .serviceUnavailable) }
        return Self.answer(Self.card(authority), ("cache-control", "max-age=0"))
      }, answering: Self.working
    ) { model, port in
      try await TestCaller.run(port) { caller in
        _ = try await caller.agent.task(GetTaskRequest(id: "t"))
        isGone.withLock { $0 = true }
        // Who asks for the card itself is told.
        let error = await caller.failure { agent async throws(AgentCallError) in try await agent.card() }
        guard case .answered(let answer)? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        #expect(answer.status == .serviceUnavailable)
        #expect(error?.description.hasPrefix("Reading the agent card failed at \"Model\"") == true)
        for _ in 0..<3 { _ = try await caller.agent.task(GetTaskRequest(id: "t")) }
        // For a while it is not asked for with every call.
        #expect(model.cardRequests.count == 3)
      }
    }
  }

  @Test func `the extended card takes the place of the other`() async throws {
    let authority = Kept("")
    try await ModelAgent.run(
      card: { Self.answer(Self.card($1), ("cache-control", "max-age=0")) },
      answering: { operation in
        guard case .getExtendedCard = operation else { return Self.working(operation) }
        // It offers one interface only.
        var card = ModelAgent.card([ModelAgent.interface(Dialect(.httpJSON, .v0_3), authority.value)])
        card.name = "Extended"
        return .result(.card(card))
      }
    ) { model, port in
      authority.set("127.0.0.1:\(port)")
      try await TestCaller.run(port) { caller in
        let before = try await caller.agent.interface()
        #expect(before.dialect == Dialect.everyOne.first)
        let extended = try await caller.agent.extendedCard()
        #expect(extended.name == "Extended")
        let count = model.cardRequests.count
        let card = try await caller.agent.card()
        #expect(card == extended)
        let after = try await caller.agent.interface()
        #expect(after.dialect == Dialect(.httpJSON, .v0_3))
        _ = try await caller.agent.task(GetTaskRequest(id: "t"))
        #expect(model.asked.last?.dialect == Dialect(.httpJSON, .v0_3))
        #expect(model.cardRequests.count == count)
      }
    }
  }

  @Test func `the credentials go with the request for the card`() async throws {
    try await ModelAgent.run { model, port in
      try await TestCaller.run(port, { $0.fields["authorization"] = "Bearer x" }) { caller in
        _ = try await caller.agent.card()
        #expect(model.cardRequests.first?["authorization"] == "Bearer x")
      }
    }
  }

  // MARK: Shapes

  private static let common =
    #""name":"N","description":"d","version":"1","capabilities":{},"skills":[],"defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"]"#

  private static let v1 =
    #""supportedInterfaces":[{"url":"https://HOST/one","protocolBinding":"HTTP+JSON","protocolVersion":"1.0"}]"#
  private static let v0_3 = #""url":"https://HOST/old","preferredTransport":"JSONRPC","protocolVersion":"0.3.0""#

  @Test(arguments: [
    ("{\(common),\(v1)}", Dialect(.httpJSON, .v1), "/one"),
    ("{\(common),\(v0_3)}", Dialect(.jsonRPC, .v0_3), "/old"),
    ("{\(common),\(v1),\(v0_3)}", Dialect(.httpJSON, .v1), "/one"),
  ])
  func `cards of 1.0, of 0.3 and of both are understood`(_ card: String, _ dialect: Dialect, _ path: String)
    async throws
  {
    try await ModelAgent.run(
      card: { .json(Array(card.replacing("HOST", with: $1).utf8)) }
    ) { _, port in
      try await TestCaller.run(port) { caller in
        let interface = try await caller.agent.interface()
        #expect(interface.dialect == dialect && interface.url.path == path)
      }
    }
  }

  // MARK: Faults

  private static func failure(
    _ change: (inout AgentClientOptions) -> Void = { _ in }, card: @escaping @Sendable (String) -> Response
  ) async throws -> AgentCallError? {
    try await ModelAgent.run(card: { card($1) }) { _, port in
      try await TestCaller.run(port, change) { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          try await agent.task(GetTaskRequest(id: "t"))
        }
        #expect(error?.operation == .readCard)
        return error
      }
    }
  }

  @Test(arguments: ["", "<html></html>", "{", "[]", "{}", "{\"name\":7}", "null"])
  func `a card that cannot be understood is named`(_ text: String) async throws {
    let error = try await Self.failure { _ in .json(Array(text.utf8)) }
    guard case .unreadableCard? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
  }

  @Test(arguments: [HTTPStatus.notFound, .unauthorized, .internalServerError, .found, .noContent, .notModified])
  func `an answer that is no card is told as it came`(_ status: HTTPStatus) async throws {
    let error = try await Self.failure { _ in Response(status) }
    guard case .answered(let answer)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(answer.status == status)
  }

  @Test func `a card that is too large is refused at the limit`() async throws {
    let error = try await Self.failure({ $0.limits.card = 1000 }) { authority in
      Self.answer(Self.card(authority, name: String(repeating: "x", count: 2000)))
    }
    guard case .transport(let transport)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(transport.reason == .bodyTooLarge(limit: 1000))
  }

  @Test func `a card without a usable interface says what it offers and what is spoken`() async throws {
    let error = try await Self.failure { authority in
      Self.answer(
        ModelAgent.card([
          AgentInterface(url: authority, binding: .grpc),
          AgentInterface(url: "https://elsewhere.example/", binding: .jsonRPC),
        ]))
    }
    guard case .noInterface(let offers)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(offers.offers.map(\.reason) == [.binding, .host("elsewhere.example")])
    let text = error?.description ?? ""
    #expect(text.contains("GRPC") && text.contains("JSONRPC and HTTP+JSON"), "\(text)")
  }

  @Test func `an agent that is not there is told as such`() async throws {
    // Nobody may listen there without being root.
    let port = 1
    try await TestCaller.run(port) { caller in
      let error = await caller.failure { agent async throws(AgentCallError) in try await agent.card() }
      #expect(error?.isTransport == true)
      guard case .transport(let transport)? = error?.reason, case .unreachable = transport.reason else {
        Issue.record("\(error as Any)")
        return
      }
    }
  }

  @Test func `a card at an address of its own`() async throws {
    try await ModelAgent.run(answering: Self.working) { _, port in
      try await TestCaller.run(port) { caller in
        let url = try ServiceURL(parsing: "https://127.0.0.1:\(port)/.well-known/agent-card.json?x=1")
        let agent = AgentClient(card: url, over: caller.http)
        let task = try await agent.task(GetTaskRequest(id: "t"))
        #expect(task.id == "t")
      }
    }
  }
}

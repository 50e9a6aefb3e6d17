import A2A
import A2AWire
import HTTP
import JSON
import TestSupport
import Testing
import Wire

/// Answers that are none, and what is said about them.
@Suite struct AnswerFaultTests {
  private static let bindings = Dialect.Binding.allCases.map { Dialect($0, .v1) }

  /// What comes of asking for a task.
  private static func failure(
    in dialect: Dialect = Dialect(.jsonRPC, .v1), change: (inout AgentClientOptions) -> Void = { _ in },
    _ answer: @escaping @Sendable (AgentScript.Peer) throws -> Void
  ) async throws -> AgentCallError? {
    try await TLSServer.run(scripts: [AgentScript.answering(in: dialect, answer)]) { server in
      try await TestCaller.run(server.port, change) { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          try await agent.task(GetTaskRequest(id: "t"))
        }
        #expect(error?.operation == .call(.getTask))
        let isOver = await server.finish()
        #expect(isOver)
        return error
      }
    }
  }

  private static let statuses = [
    "401 Unauthorized", "403 Forbidden", "404 Not Found", "429 Too Many Requests", "500 Internal Server Error",
    "502 Bad Gateway", "503 Service Unavailable",
  ]

  @Test(arguments: statuses, bindings)
  func `a status without an error of A2A is told as it came`(_ status: String, _ dialect: Dialect) async throws {
    for (type, body) in [("text/html", "<html>no</html>"), ("application/json", #"{"detail":"no"}"#), (nil, "")] {
      let error = try await Self.failure(in: dialect) { try $0.answer(body, status: status, type: type) }
      guard case .answered(let answer)? = error?.reason else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(status.hasPrefix("\(answer.status.code) "))
      #expect(answer.mediaType == type ?? "")
      #expect(answer.beginning == Array(body.utf8))
      #expect(error?.isTransport == false)
      #expect(error?.description.contains("Agent returned \(answer.status.code)") == true)
    }
  }

  @Test(arguments: statuses)
  func `an error of A2A keeps its own words, whatever the status`(_ status: String) async throws {
    let code = Int(status.prefix(3)) ?? 0
    let info =
      #"[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"TASK_NOT_FOUND","domain":"a2a-protocol.org","metadata":{"taskId":"t"}},{"@type":"x","y":1}]"#
    for dialect in Self.bindings {
      let error = try await Self.failure(in: dialect) { peer in
        let body =
          dialect.binding == .jsonRPC
          ? peer.error(#"{"code":-32001,"message":"No t.","data":\#(info)}"#)
          : #"{"error":{"code":\#(code),"status":"NOT_FOUND","message":"No t.","details":\#(info)}}"#
        try peer.answer(body, status: status)
      }
      guard case .refused(let refusal, let answer)? = error?.reason else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(refusal.code == .taskNotFound && refusal.reason == "TASK_NOT_FOUND" && refusal.message == "No t.")
      #expect(refusal.metadata == ["taskId": "t"])
      #expect(refusal.details?.description.contains(#""y":1"#) == true)
      #expect(answer.status.code == code)
      let text = error?.description ?? ""
      #expect(text.contains("TASK_NOT_FOUND") && text.contains("-32001") && text.contains("No t."), "\(text)")
    }
  }

  @Test func `a code of the peer's own is kept`() async throws {
    let error = try await Self.failure { try $0.answer($0.error(#"{"code":-31999,"message":"odd","data":"more"}"#)) }
    guard case .refused(let refusal, _)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(refusal.code == .other(-31999) && refusal.message == "odd" && refusal.details?.string == "more")
  }

  @Test func `a peer's complaint about an invalid answer is its own, and no breach`() async throws {
    let error = try await Self.failure { try $0.answer($0.error(#"{"code":-32006,"message":"upstream"}"#)) }
    guard case .refused(let refusal, _)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(refusal.code == .invalidAgentResponse && refusal.message == "upstream")
  }

  @Test func `what goes with a refusal is kept`() async throws {
    let challenge = "WWW-Authenticate: Bearer realm=\"a\"\r\n"
    let unauthorized = try await Self.failure {
      try $0.answer("", status: "401 Unauthorized", type: nil, fields: challenge)
    }
    guard case .answered(let answer)? = unauthorized?.reason else {
      Issue.record("\(unauthorized as Any)")
      return
    }
    #expect(answer.challenge == "Bearer realm=\"a\"")
    let busy = try await Self.failure {
      try $0.answer(
        $0.error(#"{"code":-32603,"message":"busy"}"#), status: "429 Too Many Requests", fields: "Retry-After: 7\r\n")
    }
    #expect(busy?.retryAfter == .seconds(7))
    #expect(busy?.isTransport == false)
  }

  @Test(arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
  func `a redirect is told and not followed`(_ status: String) async throws {
    let error = try await Self.failure {
      try $0.answer("", status: status, type: nil, fields: "Location: https://elsewhere.example/\r\n")
    }
    guard case .answered(let answer)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(answer.location == "https://elsewhere.example/")
    #expect(error?.description.contains("\"https://elsewhere.example/\", which is not followed") == true)
  }

  @Test(arguments: [
    ("", "application/json"), ("<html></html>", "text/html"), ("{", "application/json"), ("[]", "application/json"),
    ("{}", "application/json"), (#"{"jsonrpc":"2.0","id":1}"#, "application/json"),
    (#"{"jsonrpc":"2.0","id":1,"result":null}"#, "application/json"),
    (#"{"jsonrpc":"2.0","id":1,"result":{"id":"t"}}"#, "application/json"),
    (#"{"jsonrpc":"2.0","id":77,"result":{"id":"t","status":{"state":"TASK_STATE_WORKING"}}}"#, "application/json"),
    (#"{"jsonrpc":"2.0","id":1,"result":{"id":"t","status":{"state":"TASK_STATE_DANCING"}}}"#, "application/json"),
  ])
  func `an answer of another shape is named`(_ body: String, _ type: String) async throws {
    let error = try await Self.failure { try $0.answer(body, type: type) }
    guard case .breach(.unreadable)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(error?.isTransport == false)
  }

  @Test(arguments: bindings)
  func `another task than the one that was asked for is a breach`(_ dialect: Dialect) async throws {
    let error = try await Self.failure(in: dialect) { peer in
      let task = #"{"id":"u","contextId":"c","status":{"state":"TASK_STATE_WORKING"}}"#
      try peer.answer(dialect.binding == .jsonRPC ? peer.result(task) : task)
    }
    #expect(error?.reason == .breach(.foreignTask(id: "u", expected: "t")))
  }

  // MARK: Too much, too late

  @Test func `an endless answer is refused at the limit`() async throws {
    let error = try await Self.failure(change: { $0.limits.answer = 1 << 20 }) { peer in
      try peer.connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
      while true { try peer.connection.send([UInt8](repeating: 32, count: 16_384)) }
    }
    guard case .transport(let transport)? = error?.reason, transport.reason == .bodyTooLarge(limit: 1 << 20) else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(error?.isTransport == false)
  }

  /// The deadlines are wide, for they hold for the card as well.
  enum Silence: CaseIterable {
    case noAnswer, noEnd, trickle
  }

  @Test(arguments: Silence.allCases)
  func `an answer that does not come ends with its deadline`(_ silence: Silence) async throws {
    let error = try await Self.failure(change: {
      switch silence {
      case .noAnswer: $0.deadlines.firstByte = .seconds(4)
      case .noEnd: $0.deadlines.silence = .seconds(4)
      case .trickle: $0.deadlines.total = .seconds(8)
      }
    }) { peer in
      if silence != .noAnswer { try peer.connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{") }
      while silence == .trickle {
        try peer.connection.send(" ")
        _ = Signal().block(seconds: 0, milliseconds: 50)
      }
      _ = peer.connection.receiveEnd()
    }
    guard case .transport(let transport)? = error?.reason, case .timedOut(let stage, _) = transport.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(stage == (silence == .noAnswer ? .answer : silence == .noEnd ? .body : .total))
    #expect(error?.isTransport == true)
  }

  // MARK: What is repeated

  /// A connection that serves the card, and is closed when the next request has come.
  private static let dying = AgentScript.answering { peer in
    peer.sayGoodbye()
    peer.connection.finishSending()
    _ = peer.connection.receiveEnd()
  }

  @Test func `what only reads is asked once more when its connection was over, and nothing else is`() async throws {
    let answering: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      let peer = AgentScript.Peer(connection)
      try peer.takeRequest()
      try peer.answer(peer.result(#"{"id":"t","contextId":"c","status":{"state":"TASK_STATE_WORKING"}}"#))
    }
    try await TLSServer.run(scripts: [Self.dying, answering]) { server in
      try await TestCaller.run(server.port) { caller in
        let task = try await caller.agent.task(GetTaskRequest(id: "t"))
        #expect(task.status.state == .working)
      }
    }
    try await TLSServer.run(scripts: [Self.dying]) { server in
      try await TestCaller.run(server.port) { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          try await agent.send(SendMessageRequest("go"))
        }
        guard case .transport(let transport)? = error?.reason, case .brokenOff = transport.reason else {
          Issue.record("\(error as Any)")
          return
        }
        #expect(error?.isTransport == true)
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `a connection that dies twice is given up`() async throws {
    let dying: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
    }
    try await TLSServer.run(scripts: [Self.dying, dying]) { server in
      try await TestCaller.run(server.port) { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          try await agent.task(GetTaskRequest(id: "t"))
        }
        #expect(error?.isTransport == true)
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `what does not go into a request is said before it is sent`() async throws {
    try await TLSServer.run(scripts: [AgentScript.answering(in: Dialect(.httpJSON, .v1)) { _ in }]) { server in
      try await TestCaller.run(server.port) { caller in
        let error = await caller.failure { agent async throws(AgentCallError) in
          try await agent.task(GetTaskRequest(id: ".."))
        }
        guard case .unsendable? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
      }
    }
  }
}

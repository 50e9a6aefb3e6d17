import A2A
import A2AWire
import HTTP
import TestSupport
import Testing
import Wire

/// Calls that are given up, at whatever stage: at once, and nothing is left behind.
@Suite struct CancellationTests {
  enum Stage: CaseIterable {
    case inHandshake, beforeCard, beforeAnswer, inAnswer, beforeStream, inStream, behindLastEvent

    var isStream: Bool { [.beforeStream, .inStream, .behindLastEvent].contains(self) }

    /// Comes to this stage, says so, and waits for the client's end.
    func serve(_ connection: TLSServer.Connection, reached: Signal) throws {
      if self != .inHandshake { try connection.shakeHands() }
      let peer = AgentScript.Peer(connection)
      switch self {
      case .inHandshake: break
      case .beforeCard: try peer.takeRequest()
      case .beforeAnswer, .inAnswer, .beforeStream, .inStream, .behindLastEvent:
        try peer.showCard(Dialect(.jsonRPC, .v1))
        try peer.takeRequest()
      }
      switch self {
      case .inAnswer: try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
      case .inStream, .behindLastEvent:
        try peer.beginStream()
        try peer.send(.task(self == .inStream ? .working : .completed))
      case .inHandshake, .beforeCard, .beforeAnswer, .beforeStream: break
      }
      reached.send()
      _ = connection.receiveRawEnd()
    }
  }

  @Test(arguments: Stage.allCases)
  func `a cancelled call throws at once and closes its connection`(_ stage: Stage) async throws {
    let reached = Signal()
    try await TLSServer.run(scripts: [{ try stage.serve($0, reached: reached) }]) { server in
      try await TestCaller.run(server.port) { caller in
        let agent = caller.agent
        let call = Task {
          if stage.isStream {
            _ = try await agent.stream(SendMessageRequest("go")).all()
          } else {
            _ = try await agent.task(GetTaskRequest(id: "t"))
          }
        }
        let hasReached = await reached.wait()
        #expect(hasReached)
        call.cancel()
        let error = await #expect(throws: AgentCallError.self) { try await call.value }
        #expect(error?.reason == .cancelled)
        #expect(error?.isTransport == false)
        let isOver = await server.finish()
        #expect(isOver)
        let count = await caller.http.connectionCount
        #expect(count == 0)
      }
    }
  }

  @Test func `a stream that is closed closes its connection and has ended`() async throws {
    let script = AgentScript.streaming(.task(.working)) { _ = $0.connection.receiveRawEnd() }
    try await TLSServer.run(scripts: [script]) { server in
      try await TestCaller.run(server.port) { caller in
        let stream = try await caller.agent.stream(SendMessageRequest("go"))
        _ = try await stream.next()
        await stream.close()
        let end = try await stream.next()
        #expect(end == nil)
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `a stream that is let go of closes its connection`() async throws {
    let script = AgentScript.streaming(.task(.working)) { _ = $0.connection.receiveRawEnd() }
    try await TLSServer.run(scripts: [script]) { server in
      try await TestCaller.run(server.port) { caller in
        let state = try await caller.agent.stream(SendMessageRequest("go")).next()?.state
        #expect(state == .working)
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `a call of a task that is cancelled already does not begin`() async throws {
    try await ModelAgent.run { model, port in
      try await TestCaller.run(port) { caller in
        let agent = caller.agent
        let call = Task {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
          return try await agent.card()
        }
        let error = await #expect(throws: AgentCallError.self) { try await call.value }
        #expect(error?.reason == .cancelled)
        #expect(model.cardRequests.isEmpty)
      }
    }
  }

  @Test func `nothing is left of two hundred streams that are cancelled at any moment`() async throws {
    let events: [TaskEvent] = [.task(.working)] + (0..<200).map { .artifact("\($0)") } + [.status(.completed)]
    try await ModelAgent.run(answering: { _ in .stream(events) }) { _, port in
      try await TestCaller.run(port) { caller in
        var random = SeededRandom(seed: 11)
        let agent = caller.agent
        for _ in 0..<10 {
          let pauses = (0..<20).map { _ in Int.random(in: 0...30, using: &random) }
          await withTaskGroup { group in
            for pause in pauses {
              group.addTask {
                let call = Task { try await agent.stream(SendMessageRequest("go")).all() }
                try? await Task.sleep(for: .milliseconds(pause))
                call.cancel()
                _ = try? await call.value
              }
            }
          }
        }
        // Those that are kept are whole: one more call finds one.
        let all = try await agent.stream(SendMessageRequest("go")).all()
        #expect(all == events)
        await caller.http.close()
        let isEmpty = await eventually { ProcessFacts.connections(to: port).isEmpty }
        #expect(isEmpty)
      }
    }
  }
}

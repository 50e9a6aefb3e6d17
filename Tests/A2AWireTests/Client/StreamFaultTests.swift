import A2A
import A2AWire
import HTTP
import TestSupport
import Testing
import Wire

/// Streams that do not end as they should: each way is told by its name, and after what.
@Suite struct StreamFaultTests {
  /// What the client makes of an agent that begins a stream so, and ends it so.
  private static func failure(
    _ script: @escaping @Sendable (TLSServer.Connection) throws -> Void,
    _ change: (inout AgentClientOptions) -> Void = { _ in }, afterTwo read: Signal? = nil
  ) async throws -> (events: [TaskEvent], error: AgentCallError?) {
    try await TLSServer.run(scripts: [script]) { server in
      try await TestCaller.run(server.port, change) { caller in
        var events: [TaskEvent] = []
        let error = await caller.failure { agent async throws(AgentCallError) in
          let stream = try await agent.stream(SendMessageRequest("go"))
          do throws(AgentCallError) {
            while let event = try await stream.next() {
              events.append(event)
              if events.count == 2 { read?.send() }
            }
          } catch {
            // What has failed once fails for good, and leaves nothing behind.
            await #expect(throws: error) { try await stream.next() }
            // Also while somebody still has the stream.
            let isOver = await server.finish()
            #expect(isOver)
            throw error
          }
          let end = try await stream.next()
          #expect(end == nil)
        }
        // The agent sees the end of the connection, whatever was wrong.
        let isOver = await server.finish()
        #expect(isOver)
        let isLeft = await eventually { await caller.http.connectionCount == 0 }
        #expect(isLeft)
        return (events, error)
      }
    }
  }

  enum Death: CaseIterable {
    case closed, reset, half
  }

  @Test(arguments: Death.allCases)
  func `an agent that dies in a stream is told from one that closes it`(_ death: Death) async throws {
    // A reset overtakes what was sent before it.
    let read = Signal()
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.submitted), .status(.working)) { peer in
        switch death {
        case .closed: peer.connection.finishSending()
        case .reset:
          _ = read.block()
          return peer.connection.reset()
        case .half:
          try peer.connection.send("data: \(peer.text(of: .status(.completed)))\n")
          peer.connection.finishSending()
        }
        _ = peer.connection.receiveEnd()
      }, afterTwo: read)
    #expect(events == [.task(.submitted), .status(.working)])
    guard case .cut(.working, .lost(let lost))? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    let how = death == .reset ? "the server reset it" : "the server closed it"
    #expect(lost.description.contains(how), "\(lost)")
    #expect(error?.isTransport == true)
    #expect(error?.description.contains("its stream was lost") == true)
    #expect(error?.description.contains("\"Scripted\" (127.0.0.1:") == true)
  }

  @Test(arguments: [TaskState.submitted, .working])
  func `a proper close before the task has ended is a cut`(_ state: TaskState) async throws {
    let (events, error) = try await Self.failure(AgentScript.streaming(.task(state)) { $0.sayGoodbye() })
    #expect(events == [.task(state)])
    #expect(error?.reason == .cut(lastState: state, .closed))
    #expect(error?.isTransport == true)
  }

  @Test func `a stream without any event is a cut`() async throws {
    let (events, error) = try await Self.failure(AgentScript.streaming { $0.sayGoodbye() })
    #expect(events.isEmpty)
    #expect(error?.reason == .cut(lastState: nil, .closed))
  }

  @Test func `a half event before a proper close is not given out`() async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working)) { peer in
        try peer.connection.send("data: \(peer.text(of: .status(.completed)))\n")
        peer.sayGoodbye()
      })
    #expect(events == [.task(.working)])
    #expect(error?.reason == .cut(lastState: .working, .closed))
  }

  @Test(arguments: [TaskState.inputRequired, .authRequired])
  func `a proper close while the agent waits for somebody is an end, and a lost connection is not`(
    _ state: TaskState
  ) async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working), .status(state)) { $0.sayGoodbye() })
    #expect(error == nil)
    #expect(events == [.task(.working), .status(state)])
    let (_, loss) = try await Self.failure(
      AgentScript.streaming(.task(.working), .status(state)) { peer in
        peer.connection.finishSending()
        _ = peer.connection.receiveEnd()
      })
    guard case .cut(state, .lost)? = loss?.reason else {
      Issue.record("\(loss as Any)")
      return
    }
  }

  @Test(arguments: [true, false])
  func `however the connection ends behind the last event the stream is whole`(_ properly: Bool) async throws {
    for last in [TaskEvent.status(.completed), .task(.completed)] {
      let (events, error) = try await Self.failure(
        AgentScript.streaming(.task(.working), last) { peer in
          if properly { peer.sayGoodbye() } else { peer.connection.reset() }
        })
      // A reset may overtake what was sent before it; what was read is whole.
      if properly || events.count == 2 {
        #expect(error == nil && events == [.task(.working), last])
      }
    }
  }

  @Test func `an agent that does not close behind its last event is left`() async throws {
    let wasLeft = Kept(true)
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.completed)) { peer in
        // Signs of life do not help.
        for _ in 0..<1500 {
          try peer.connection.send(": alive\n\n")
          _ = Signal().block(seconds: 0, milliseconds: 20)
        }
        wasLeft.set(false)
      }
    ) { $0.deadlines.closing = .milliseconds(200) }
    #expect(wasLeft.value)
    #expect(error == nil)
    #expect(events == [.task(.completed)])
  }

  @Test func `a stream without a sign of life is silent`() async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working)) { _ = $0.connection.receiveEnd() }
    ) { $0.deadlines.silence = .milliseconds(4500) }
    #expect(events == [.task(.working)])
    #expect(error?.reason == .cut(lastState: .working, .silent(after: .milliseconds(4500))))
    #expect(error?.description.contains("silent for 4500 ms") == true)
  }

  @Test func `heartbeats keep a stream alive`() async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working)) { peer in
        for _ in 0..<12 {
          _ = Signal().block(seconds: 0, milliseconds: 500)
          try peer.connection.send(": ping\n\n")
        }
        try peer.send(.status(.completed))
        peer.sayGoodbye()
      }
    ) { $0.deadlines.silence = .milliseconds(4500) }
    #expect(error == nil)
    #expect(events.last == .status(.completed))
  }

  // MARK: Garbage

  @Test(arguments: [
    "oops", "{", "[]", "{}", #"{"jsonrpc":"2.0","id":1}"#, #"{"jsonrpc":"2.0","id":1,"result":{"task":7}}"#,
    #"{"jsonrpc":"2.0","id":99,"result":{}}"#, "\u{e9}\u{1b}[31m",
  ])
  func `an event of another shape is named`(_ data: String) async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working)) { peer in
        try peer.connection.send("data: \(data)\n\n")
        _ = peer.connection.receiveEnd()
      })
    #expect(events == [.task(.working)])
    guard case .breach(.unreadable)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(error?.isTransport == false)
  }

  @Test(arguments: [false, true])
  func `an endless line and an endless event are refused at the limit`(_ inLines: Bool) async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working)) { peer in
        try peer.connection.send("data: ")
        let line = [UInt8](repeating: 120, count: 8000)
        while true { try peer.connection.send(inLines ? line + Array("\ndata: ".utf8) : line) }
      }
    ) { $0.limits.event = 1 << 20 }
    #expect(events == [.task(.working)])
    guard case .transport(let transport)? = error?.reason, case .eventStream = transport.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(error?.isTransport == false)
  }

  @Test func `an answer that is no stream and does not end is given up`() async throws {
    let (_, error) = try await Self.failure(
      AgentScript.answering { peer in
        try peer.connection.send("HTTP/1.1 500 Oh\r\nContent-Length: 100000\r\n\r\n")
        for _ in 0..<1500 {
          try peer.connection.send(" ")
          _ = Signal().block(seconds: 0, milliseconds: 20)
        }
      }
    ) { $0.deadlines.total = .seconds(8) }
    guard case .transport(let transport)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(transport.reason == .timedOut(.total, after: .seconds(8)))
  }

  @Test func `an event as large as the limit is taken`() async throws {
    let text = String(repeating: "x", count: 60_000)
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working), .artifact(text), .status(.completed)) { $0.sayGoodbye() }
    ) { $0.limits.event = 65_536 }
    #expect(error == nil)
    #expect(events.count == 3)
  }

  @Test(arguments: [
    ("200 OK", "text/html", "<html>"), ("200 OK", "text/plain", "data: {}\n\n"),
  ])
  func `an answer of another type is named`(_ status: String, _ type: String, _ body: String) async throws {
    let (events, error) = try await Self.failure(
      AgentScript.answering { peer in
        try peer.answer(body, status: status, type: type)
      })
    #expect(events.isEmpty)
    guard case .breach(.unreadable(let text))? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(text.contains(type), "\(text)")
  }

  @Test func `a single result is no stream`() async throws {
    let (_, error) = try await Self.failure(
      AgentScript.answering { peer in
        try peer.answer(peer.result(#"{"message":{"messageId":"a","role":"ROLE_AGENT","parts":[{"text":"x"}]}}"#))
      })
    guard case .breach? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
  }

  // MARK: Breaches

  @Test func `what may not follow is named, and what came before is given out`() async throws {
    let message = TaskEvent.message(Message(id: "m", role: .agent, text: "x"))
    let late = TaskEvent.artifact("late")
    let table: [([TaskEvent], ProtocolBreach)] = [
      ([.status(.working)], .updateBeforeTask),
      ([.task(.working), message], .messageAfterTask),
      ([message, .task(.working)], .eventAfterMessage),
      ([.task(.working), .status(.working, id: "u")], .foreignTask(id: "u", expected: "t")),
      ([.task(.working), .status(.failed), late], .eventAfterTerminal(.failed, late)),
    ]
    for (sent, breach) in table {
      let (events, error) = try await Self.failure(
        AgentScript.answering { peer in
          try peer.beginStream()
          for event in sent { try peer.send(event) }
          _ = peer.connection.receiveEnd()
        })
      #expect(events == sent.dropLast())
      #expect(error?.reason == .breach(breach))
    }
  }

  @Test(arguments: [
    #"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"gone","data":[{"x":1}]}}"#,
    #"{"error":{"code":404,"status":"NOT_FOUND","message":"gone","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"TASK_NOT_FOUND","domain":"a2a-protocol.org"}]}}"#,
  ])
  func `an error in the middle is the agent's own`(_ data: String) async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.working)) { peer in
        try peer.connection.send("event: error\ndata: \(data)\n\n")
        peer.sayGoodbye()
      })
    #expect(events == [.task(.working)])
    guard case .refused(let refusal, _)? = error?.reason else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(refusal.code == .taskNotFound && refusal.message == "gone")
  }

  @Test func `a farewell of Signalbox is no event`() async throws {
    let (events, error) = try await Self.failure(
      AgentScript.streaming(.task(.inputRequired)) { peer in
        try peer.connection.send("event: bye\ndata: {\"reason\":\"draining\"}\n\n")
        peer.sayGoodbye()
      })
    #expect(error == nil)
    #expect(events == [.task(.inputRequired)])
  }

  // MARK: Pace

  @Test func `ten thousand events at once wait for a slow reader`() async throws {
    let count = 10_000
    let text = String(repeating: "x", count: 4000)
    let sent = Kept(0)
    let script = AgentScript.streaming(.task(.working)) { peer in
      let event = Array("data: \(peer.text(of: .artifact(text)))\n\n".utf8)
      for number in 1...count {
        try peer.connection.send(event)
        sent.set(number)
      }
      try peer.send(.status(.completed))
      peer.sayGoodbye()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await TestCaller.run(server.port) { caller in
        let stream = try await caller.agent.stream(SendMessageRequest("go"))
        let first = try await stream.next()
        #expect(first == .task(.working))
        // The agent has sent what it could, and waits.
        var before = -1
        let isStill = await eventually {
          defer { before = sent.value }
          try? await Task.sleep(for: .milliseconds(300))
          return sent.value > 0 && sent.value == before
        }
        #expect(isStill)
        // 40 MB are to come; the kernel's buffers and ours hold a few.
        #expect(sent.value < count / 2, "\(sent.value) events left the agent.")
        var number = 0
        while let event = try await stream.next() {
          guard event != .status(.completed) else { break }
          number += 1
          #expect(sent.value - number < count / 2)
        }
        #expect(number == count)
        #expect(stream.lastState == .completed)
        let end = try await stream.next()
        #expect(end == nil)
      }
    }
  }
}

import A2A
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Terminal is final.
@Suite struct Promise5TerminalIsFinalTests {
  /// An agent of a few lines: shows its card, takes a message, and says these things whatever they are.
  private static func saying(_ events: [TaskEvent]) -> @Sendable (TLSServer.Connection) throws -> Void {
    { connection in
      try connection.shakeHands()
      let head = try request(connection).split(whereSeparator: \.isNewline)
      let host = head.first { $0.lowercased().hasPrefix("host:") }.map { String($0.dropFirst(6)) } ?? ""
      let card = """
        {"name":"Loose","description":"d","version":"1","capabilities":{"streaming":true},"skills":[],\
        "defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"],"supportedInterfaces":[\
        {"url":"https://\(host)/a2a","protocolBinding":"JSONRPC","protocolVersion":"1.0"}]}
        """
      try connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(card.utf8.count)\r\n\r\n\(card)")
      let call = try request(connection).firstMatch(of: /"id":(\d+)/).map { String($0.1) } ?? "1"
      try connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      for event in events {
        let text = String(decoding: event.encoded(), as: UTF8.self)
        try connection.send("data: {\"jsonrpc\":\"2.0\",\"id\":\(call),\"result\":\(text)}\n\n")
      }
      connection.sendCloseNotify()
    }
  }

  /// Up to the end of its body.
  private static func request(_ connection: TLSServer.Connection) throws -> String {
    var text = ""
    while true {
      if let head = text.firstRange(of: "\r\n\r\n") {
        let length = text.firstMatch(of: /content-length: *(\d+)/.ignoresCase()).flatMap { Int($0.1) } ?? 0
        if text[head.upperBound...].utf8.count >= length { return text }
      }
      guard let more = connection.receive() else { throw TLSClient.Failure(description: "no more requests") }
      text += String(decoding: more, as: UTF8.self)
    }
  }

  @Test(arguments: [TaskState.completed, .failed, .canceled, .rejected])
  func `what an agent sends after the end is kept as late and changes nothing`(_ end: TaskState) async throws {
    let events = [
      MachineStage.task(.working), MachineStage.status(end), MachineStage.status(.working),
    ]
    try await TLSServer.run(scripts: [Self.saying(events)]) { server async throws in
      try await PumpStage.run(at: "https://127.0.0.1:\(server.port)") { stage async throws in
        await stage.pump(try await stage.open()).run()
        try await stage.expectWhole(as: end)
        let records = try await stage.records()
        #expect(records.map(\.kind) == [.command, .event, .note, .event, .event, .late])
        #expect(records.last?.origin == "agent")
        #expect(stage.news.value.filter { $0 == .late }.count == 1)
      }
    }
  }

  @Test func `a task that ended is taken up by nobody`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let start = try await stage.open()
      let pump = stage.pump(start)
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.completed)
      await over
      let count = try await stage.records().count
      // Whoever had read the task before it ended comes too late.
      await stage.pump(start).run()
      #expect(try await stage.records().count == count)
      let isTaken = try await RestartedRun("t1", in: stage.journal) != nil
      #expect(!isTaken)
      #expect(await agent.calls == ["stream m1"])
    }
  }
}

import A2A
import A2AWire
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A2A's calls about a task that is there are commands: sent again, they are the same ones.
@Suite(.timeLimit(.minutes(3)))
struct RepeatedCallTests {
  private func commands(_ stand: FrontStand, _ task: String, _ word: String) async throws -> [JSONValue] {
    let journal = try #require(await stand.gateway.gateway.records).journal
    let records = try await journal.records(.tasks([task]), after: 0, limit: ReadLimit(records: .max)).records
    return try records.filter { $0.kind == .command || $0.kind == .answer }.map { try JSONValue(parsing: $0.payload) }
      .filter { $0["command"]?.string == word || (word == "send" && $0["command"]?.string == "answer") }
  }

  private func isWorking(_ agent: AgentClient, _ task: AgentTask) async throws -> Bool {
    try await eventually { try await agent.task(GetTaskRequest(id: task.id)).status.state == .working }
  }

  @Test func `an answer that is sent again is told its end again, and is said once`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let asked = try await agent.send(.saying("ask")).task()
        let answer = SendMessageRequest.saying("This one.", to: asked)
        let first = try await agent.send(answer).task()
        #expect(first.status.state == .completed)
        let again = try await agent.send(answer).task()
        #expect(again.status == first.status && again.history == first.history)
        let stream = try await agent.stream(answer)
        var told: [String] = []
        while let event = try await stream.next() { told.append(event.short) }
        #expect(told.first?.hasPrefix("task ") == true && told.last == "completed You said: This one.", "\(told)")
        var atOnce = answer
        atOnce.configuration.returnImmediately = true
        #expect(try await agent.send(atOnce).task().id == asked.id)
        let said = try await commands(stand, asked.id, "send")
        #expect(said.count == 1 && said.first?["id"]?.string == "a2a-\(answer.message.id)")
        // Another message to what has ended is still one too many.
        await #expect(throws: AgentCallError.self) { try await agent.send(.saying("This one.", to: asked)) }
      }
    }
  }

  @Test func `messages of one id are told apart by what they say`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let task = try await agent.send(.atOnce("wait")).task()
        #expect(try await isWorking(agent, task))
        for text in ["One.", "One.", "Two.", "Two."] {
          var request = SendMessageRequest.atOnce(text)
          request.message.id = "same"
          request.message.taskID = task.id
          #expect(try await agent.send(request).task().id == task.id)
        }
        let said = try await commands(stand, task.id, "send")
        #expect(said.compactMap { $0["message"]?["parts"]?[0]?["text"]?.string } == ["One.", "Two."])
        // Whatever the id is made of, it is the same command again.
        for id in ["two words", String(repeating: "x", count: 300)] {
          for _ in 1...2 {
            var request = SendMessageRequest.atOnce("Three.")
            request.message.id = id
            request.message.taskID = task.id
            _ = try await agent.send(request)
          }
        }
        #expect(try await commands(stand, task.id, "send").count == 4)
      }
    }
  }

  @Test func `a cancel with a key is the same command on both ways`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let task = try await agent.send(.atOnce("stubborn")).task()
        #expect(
          try await eventually {
            try await agent.task(GetTaskRequest(id: task.id)).status.message?.text == "Not now."
          })
        let keyed = agent.with(HTTPFields([("idempotency-key", "k-1")]))
        for _ in 1...2 {
          let refusal = await #expect(throws: AgentCallError.self) {
            try await keyed.cancel(CancelTaskRequest(id: task.id))
          }
          #expect("\(String(describing: refusal))".contains("half way through a trade"))
        }
        #expect(try await commands(stand, task.id, "cancel").map { $0["id"]?.string } == ["k-1"])
        let answer = try #require(
          try await stand.gateway.ask(
            "POST", "/api/tasks/\(task.id):cancel", try AccessColumn.owner.lines(), body: #"{"id":"k-1"}"#))
        #expect(try answer.member("repeated")?.bool == true)
        #expect(try answer.member("verdict")?["verdict"]?.string == "refused")
        let bad = agent.with(HTTPFields([("idempotency-key", "k 1")]))
        let refusal = await #expect(throws: AgentCallError.self) {
          try await bad.cancel(CancelTaskRequest(id: task.id))
        }
        #expect("\(String(describing: refusal))".contains("INVALID_PARAMS"), "\(String(describing: refusal))")
      }
    }
  }
}

import A2A
import A2AWire
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Two answers in the same instant: one counts, and the other is told whose.
@Suite(.timeLimit(.minutes(5))) struct AnswerRaceTests {
  private static func facts(_ error: any Error) throws -> (code: String?, by: String?) {
    let refusal = try #require(error as? Refusal, "\(error)")
    let facts = try JSONValue(parsing: refusal.facts ?? Array("{}".utf8))
    return (refusal.code, facts["by"]?.string)
  }

  private enum Outcome: Sendable {
    case taken(String)
    case refused(code: String?, by: String?)
  }

  private static func outcome(of act: RunCommand.Act, by: String, _ pump: RunPump) async -> Outcome {
    do {
      _ = try await pump.take(RunCommand(id: "c-\(by)", by: by, act: act))
      return .taken(by)
    } catch {
      let facts = try? facts(error)
      return .refused(code: facts?.code, by: facts?.by)
    }
  }

  @Test func `of an answer and a message at once one counts, in each of 200 tasks`() async throws {
    try await PumpStage.run(agent: AskingAgent()) { stage async throws in
      for number in 1...200 {
        let id = "t\(number)"
        let pump = stage.pump(try await stage.open(id))
        async let over: Void = pump.run()
        #expect(try await eventually { try await stage.records(of: id).contains { $0.kind == .question } })
        let values = try JSONValue(parsing: #"{"choice":"first"}"#)
        let message = Message(id: "said-\(number)", role: .user, text: "second")
        let answer = RunCommand.Act.answer(QuestionReply(question: "q1", content: .values(values)))
        async let one = Self.outcome(of: answer, by: "kim", pump)
        async let other = Self.outcome(of: .say(message), by: "alex", pump)
        let outcomes = await [one, other]
        await over
        let taken = outcomes.compactMap { if case .taken(let by) = $0 { by } else { nil } }
        #expect(taken.count == 1, "\(id): \(outcomes)")
        let winner = taken.first ?? ""
        for case .refused(let code, let by) in outcomes {
          // Who comes when all is over is told that; what then stands in the journal has who was first.
          #expect(code == "answered" && by == winner || code == "task-ended", "\(id): \(outcomes)")
        }
        let records = try await stage.records(of: id)
        #expect(records.filter { $0.kind == .answer }.map(\.origin) == [winner])
        let end = try #require(try await stage.task(id).snapshot.flatMap(TaskImage.init(reading:)))
        #expect(end.task.status.message?.text.hasPrefix(winner == "kim" ? "first" : "second") == true, "\(id)")
        #expect(try await stage.trail(of: id).count { $0 == "verdict taken" } == 1)
      }
    }
  }

  @Test func `over HTTP and A2A at once, too`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        for _ in 1...60 {
          let asked = try await agent.send(.saying("ask")).task()
          async let native = stand.gateway.ask(
            "POST", "/api/tasks/\(asked.id)/messages",
            [
              "authorization: Bearer \(try TestTokens.token(for: "oscar"))", "content-type: application/json",
            ], body: #"{"text":"By HTTP."}"#)
          async let called = Self.sent(.saying("By A2A.", to: asked), agent)
          let (answer, error) = (try #require(try await native), await called)
          #expect(
            try await eventually { try await agent.task(GetTaskRequest(id: asked.id)).status.state == .completed })
          let records = try await Self.records(of: asked.id, stand)
          let answers = records.filter { $0.kind == .answer }
          let winner = String(decoding: answers.first?.payload ?? [], as: UTF8.self)
          let isByHTTP = winner.contains("By HTTP.")
          #expect(answers.count == 1 && isByHTTP != winner.contains("By A2A."), "\(answers.count)")
          // Whoever comes when the agent is at work again says something to it; in between there is no answer but the one.
          let hasSaidMore = records.count { $0.kind == .command } == 2
          #expect(isByHTTP || hasSaidMore || answer.status == 409, "\(answer.text)")
          #expect(!isByHTTP || hasSaidMore || error != nil)
          if answer.status == 409 {
            #expect(answer.text.contains("\"answered\"") || answer.text.contains("task-ended"), "\(answer.text)")
          }
          let text = try await agent.task(GetTaskRequest(id: asked.id)).status.message?.text
          #expect(text?.hasSuffix(isByHTTP ? "By HTTP." : "By A2A.") == true || hasSaidMore, "\(text ?? "")")
        }
      }
    }
  }

  private static func records(of task: String, _ stand: FrontStand) async throws -> [Record] {
    let journal = try #require(await stand.gateway.gateway.records).journal
    return try await journal.records(.tasks([task]), after: 0, limit: ReadLimit(records: .max)).records
  }

  private static func sent(_ request: SendMessageRequest, _ agent: AgentClient) async -> AgentCallError? {
    do throws(AgentCallError) {
      _ = try await agent.send(request)
      return nil
    } catch {
      return error
    }
  }
}

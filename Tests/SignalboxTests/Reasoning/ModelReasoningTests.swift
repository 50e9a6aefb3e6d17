import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// With a language model: it chooses the looks and finds the words, and what it says is held against what was found.
@Suite(.timeLimit(.minutes(2)))
struct ModelReasoningTests {
  private static let look =
    #"{"thought":"The account's owner is on file.","calls":[{"tool":"look_up","input":{"account":"A-3"}}]}"#
  private static let answer = #"{"thought":"That is it.","answer":"A-3 belongs to Ulmo Paskane, O-3."}"#
  private static let question = "Who owns the account A-3?"

  private func ask(
    _ replies: [String], _ environment: [String: String] = [:], parameters: String? = nil,
    _ check: (ReasoningStage.Told, ModelServer) throws -> Void
  ) async throws {
    try await ask(script: replies.map { .words([$0]) }, environment, parameters: parameters, check)
  }

  private func ask(
    script: [ModelAnswer], _ environment: [String: String] = [:], parameters: String? = nil,
    _ check: (ReasoningStage.Told, ModelServer) throws -> Void
  ) async throws {
    try await ModelServer.run(script) { server in
      try await ModelLine.with(ModelLine.environment(server, environment)) { model in
        let told = try await ReasoningStage(model: model).ask(Self.question, parameters)
        #expect(server.refusals == [])
        try check(told, server)
      }
    }
  }

  @Test func `the model looks, thinks aloud and answers, and the answer says on what it rests`() async throws {
    try await ask([Self.look, Self.answer], parameters: #"{"model":"another"}"#) { told, server in
      #expect(told.state == .completed && told.text == "A-3 belongs to Ulmo Paskane, O-3.")
      #expect(told.data?["interpretation"]?.string == "llm" && told.data?["steps"]?.int == 1)
      #expect(told.data?["evidence"]?[0]?["facts"]?["owner"]?.string == "O-3")
      #expect(told.thoughts(in: "planning") == ["The account's owner is on file."])
      #expect(told.thoughts(in: "review") == ["That is it."])
      #expect(told.tools(.toolCompleted) == ["look_up"])
      #expect(told.reports(.modelStarted).count == 2 && told.reports(.modelCompleted).count == 2)
      let calls = server.calls
      #expect(calls.map { $0.body["model"]?.string } == ["another", "another"])
      #expect(calls[0].content(of: "system")?.contains("relationships {") == true)
      #expect(calls[0].content(of: "user")?.contains("Who owns the account A-3?") == true)
      // The second call has the whole conversation, with what was found.
      #expect(calls[1].body["messages"]?.count == 4)
      #expect(calls[1].body["messages"]?[3]?["content"]?.string?.contains("Ulmo Paskane") == true)
    }
  }

  @Test func `several looks of one reply are taken beside each other, and none twice`() async throws {
    let both =
      #"{"calls":[{"tool":"look_up","input":{"account":"A-3"}},{"tool":"trades","input":{"account":"A-3"}}]}"#
    try await ask([both, Self.look, Self.answer]) { told, server in
      #expect(told.tools(.toolStarted).sorted() == ["look_up", "trades"])
      #expect(told.data?["interpretation"]?.string == "llm" && told.data?["evidence"]?.count == 2)
      #expect(server.calls.count == 3)
    }
  }

  @Test func `a number that was not found is sent back once, and a mended answer counts`() async throws {
    let invented = #"{"answer":"A-3 has made 4711 dollars."}"#
    try await ask([Self.look, invented, Self.answer]) { told, server in
      #expect(told.text == "A-3 belongs to Ulmo Paskane, O-3.")
      #expect(
        server.calls.last?.body["messages"]?.elements.contains { $0["content"]?.string?.contains("4711") == true }
          == true)
    }
    try await ask([Self.look, invented, invented]) { told, _ in
      #expect(told.state == .completed && !told.text.contains("4711"))
      #expect(told.text.contains("belongs to Ulmo Paskane"))
      #expect(told.data?["interpretation"]?.string == "mixed", "The look was the model's, the words are the rules'.")
      #expect(told.reports(.modelFailed).first?.payload?["class"]?.string == "facts")
    }
  }

  @Test func `a model that goes on looking is stopped, and rules answer`() async throws {
    let looks = (1...4).map { number in
      #"{"calls":[{"tool":"look_up","input":{"account":"A-\#(number)"}}]}"#
    }
    try await ask(looks, parameters: #"{"max_steps":3}"#) { told, server in
      #expect(server.calls.count == 4 && told.reports(.stepStarted).count == 3)
      #expect(told.state == .completed && told.text.contains("belongs to Ulmo Paskane"))
      #expect(told.reports(.modelFailed).first?.message?.contains("had not answered after 3 steps") == true)
      #expect(
        server.calls.last?.body["messages"]?.elements.contains {
          $0["content"]?.string?.contains("Nothing more can be looked up") == true
        } == true)
    }
  }

  @Test(
    arguments: [
      ([ModelAnswer.status(401)], "authentication"), ([.words(["no JSON"]), .words(["still none"])], "facts"),
      ([.content("<html>", type: "text/html")], "nonsense"), ([.words(["word"], finish: "length")], "too_long"),
    ] as [([ModelAnswer], String)])
  func `a model that fails leaves the question to the rules`(script: [ModelAnswer], kind: String) async throws {
    try await ask(script: script) { told, _ in
      #expect(told.state == .completed && told.text.contains("belongs to Ulmo Paskane (O-3, person)"))
      #expect(told.data?["interpretation"]?.string == "rules")
      #expect(told.reports(.modelFailed).compactMap { $0.payload?["class"]?.string } == [kind])
    }
  }

  @Test func `one that is required fails the task instead`() async throws {
    try await ask(script: [.status(404, message: "No such model.")], ["LLM_REQUIRED": "true"]) { told, _ in
      #expect(told.state == .failed && told.lastWord.contains("The language model failed: ") && told.answer == nil)
    }
  }

  private static func money(_ told: ReasoningStage.Told) -> [String] {
    told.reports.map(\.type.name).filter { $0.hasPrefix("budget_") || $0.hasPrefix("llm_") }
  }

  @Test func `its budget is warned of, and when it is used up it is asked no more and rules answer`() async throws {
    let environment = ["LLM_BUDGET_USD": "1", "LLM_PRICE_OUT": "1"]
    let usage = ModelAnswer.Usage(prompt: 10, completion: 850)
    try await ask(
      script: [.words([Self.look], usage: usage), .words([Self.look], usage: usage), .words([Self.answer])], environment
    ) { told, server in
      #expect(
        Self.money(told) == [
          "llm_started", "budget_warning", "llm_completed", "llm_started", "budget_exceeded", "llm_completed",
          "llm_failed",
        ])
      #expect(told.reports(.modelFailed).first?.payload?.description == #"{"class":"budget","retryable":false}"#)
      #expect(told.reports(.modelFailed).first?.message?.hasPrefix("Rules go on without the model.") == true)
      #expect(server.calls.count == 2 && told.data?["interpretation"]?.string == "mixed")
      #expect(told.state == .completed && told.text.contains("belongs to Ulmo Paskane"))
    }
  }

  @Test func `an answer that uses the budget up is paid for, and used`() async throws {
    let script: [ModelAnswer] = [
      .words([Self.look], usage: .init(prompt: 10, completion: 1)),
      .words([Self.answer], usage: .init(prompt: 10, completion: 4_000)),
    ]
    try await ask(script: script, ["LLM_BUDGET_USD": "1", "LLM_PRICE_OUT": "1"]) { told, _ in
      #expect(
        Self.money(told) == [
          "llm_started", "llm_completed", "llm_started", "budget_warning", "budget_exceeded", "llm_completed",
        ])
      #expect(told.text == "A-3 belongs to Ulmo Paskane, O-3." && told.data?["interpretation"]?.string == "llm")
    }
  }

  @Test func `an estimate does not end what the server has counted`() async throws {
    // By its letters each reply would be some twenty tokens; the server has counted one.
    let usage = ModelAnswer.Usage(prompt: 0, completion: 1)
    try await ask(
      script: [.words([Self.look], usage: usage), .words([Self.answer], usage: usage)],
      ["LLM_BUDGET_USD": "0.01", "LLM_PRICE_OUT": "1"]
    ) { told, _ in
      #expect(Self.money(told) == ["llm_started", "llm_completed", "llm_started", "llm_completed"])
      #expect(told.reports(.modelCompleted).map { $0.payload?["cost"]?.double } == [0.001, 0.001])
      #expect(told.reports(.modelCompleted).last?.payload?["budget_remaining"]?.double == 0.008)
    }
  }

  @Test func `without one nothing is said of any`() async throws {
    let told = try await ReasoningStage().ask(Self.question)
    #expect(!told.reports.contains { $0.type.name.hasPrefix("llm_") })
  }
}

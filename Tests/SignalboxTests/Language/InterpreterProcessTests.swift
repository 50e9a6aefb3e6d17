import A2A
import A2AWire
import HTTP
import JSON
import TestSupport
import Testing

@testable import signalbox

/// The agent as a process, with a model in its environment: from an alert to a decision in better words, or in the template's.
@Suite(.timeLimit(.minutes(3)))
struct InterpreterProcessTests {
  private static let prices = ["LLM_PRICE_IN": "0.01", "LLM_PRICE_OUT": "0.1"]

  @Test func `good words are used, shown as they come, and paid for`() async throws {
    // Pieces that come as fast as they go.
    let pieces = Analyst.words.flatMap { $0.map { String($0) } }
    try await ModelServer.run([.words(pieces, usage: .init(prompt: 1_000, completion: 50))]) { server in
      try await Analyst.run(ModelLine.environment(server, Self.prices)) { analyst in
        let told = try await analyst.examine()
        #expect(told.end?.state == .completed)
        #expect(told.interpretation == "llm", "\(told.kinds) \(told.reports(.modelFailed))")
        #expect(told.narrative == Analyst.words.joined())
        #expect(told.decision?["determination"]?.string == "ESCALATE")
        #expect(server.refusals == [])
        #expect(server.calls.count == 1)

        #expect(told.kinds.first == "llm_started" && told.kinds.last == "llm_completed")
        #expect(Set(told.kinds.dropFirst().dropLast()) == ["llm_chunk"])
        let chunks = told.reports(.modelChunk)
        #expect(chunks.compactMap(\.message).joined() == Analyst.words.joined())
        let started = told.reports(.modelStarted).first?.payload
        #expect(started?["model"]?.string == "test-model")
        #expect(started?["estimated_cost"]?.double.map { $0 > 0.4 } == true, "4000 tokens of an answer at 0.1")
        let completed = try #require(told.reports(.modelCompleted).first)
        #expect(
          completed.payload?.description
            == #"{"model":"test-model","usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050},"#
            + #""cost":0.015,"budget_remaining":9.985}"#)
        let milliseconds = try #require(completed.durationMilliseconds)
        #expect(chunks.count <= milliseconds / 100 + 2, "\(chunks.count) in \(milliseconds) ms")
      }
    }
  }

  @Test func `task_parameters say which model, and whether its words are shown`() async throws {
    try await ModelServer.run([.words(Analyst.words), .words(Analyst.words)]) { server in
      try await Analyst.run(ModelLine.environment(server, ["LLM_TEMPERATURE": "0.5", "LLM_MAX_TOKENS": "900"])) {
        analyst in
        var parameters = Analyst.quiet
        parameters.isStreaming = false
        parameters.model = "another-model"
        let told = try await analyst.examine(parameters)
        #expect(told.interpretation == "llm")
        #expect(told.narrative == Analyst.words.joined())
        #expect(told.kinds == ["llm_started", "llm_completed"])
        #expect(told.reports(.modelStarted).first?.payload?["model"]?.string == "another-model")
        let streamed = try await analyst.examine()
        #expect(!streamed.reports(.modelChunk).isEmpty)
        let calls = server.calls
        #expect(server.refusals == [])
        #expect(calls.map { $0.body["stream"]?.bool } == [false, true])
        #expect(calls.map { $0.body["model"]?.string } == ["another-model", "test-model"])
        #expect(calls.map { $0.body["temperature"]?.double } == [0.5, 0.5])
        #expect(calls.map { $0.body["max_tokens"]?.int } == [900, 900])
        #expect(calls[0].body["stream_options"] == nil)
      }
    }
  }

  // MARK: The template stands

  private static let invented = Analyst.words + ["The gain was 987,654,321."]
  private static let busy = HTTPFields([("retry-after", "0")])
  private static let failures: [(kind: LanguageFailure.Class, script: [ModelAnswer])] = [
    (.facts, [.words(invented)]), (.facts, [.words(["Too short."])]), (.authentication, [.status(401)]),
    (.authentication, [.status(403)]), (.model, [.status(404)]), (.refused, [.status(400)]),
    (.rate, [.status(429, fields: busy), .status(429, fields: busy)]),
    (.server, [.status(500, fields: busy), .status(503, fields: busy)]),
    (.cut, [.cut([ModelWire.event("The evidence")])]), (.nonsense, [.content("<html>", type: "text/html")]),
    (.filtered, [.words(["word"], finish: "content_filter")]), (.tooLong, [.words(["word"], finish: "length")]),
  ]

  @Test func `each failure of a model leaves a decision in the template's words`() async throws {
    try await ModelServer.run { server in
      try await Analyst.run(ModelLine.environment(server)) { analyst in
        for (kind, script) in Self.failures {
          for answer in script { server.add(answer) }
          let told = try await analyst.examine()
          expectTemplate(told, kind)
          let isRetryable = told.reports(.modelFailed).first?.payload?["retryable"]?.bool
          #expect(isRetryable == (kind == .rate || kind == .server))
        }
        #expect(server.calls.count == Self.failures.reduce(0) { $0 + $1.script.count })
        #expect(server.refusals == [])
      }
    }
  }

  @Test func `so do a model that does not answer in time, and one that is gone`() async throws {
    var environment: [String: String] = [:]
    try await ModelServer.run([.endless(["The evidence"])]) { server in
      environment = ModelLine.environment(server, ["LLM_TIMEOUT": "1"])
      try await Analyst.run(environment) { analyst in
        let told = try await analyst.examine()
        expectTemplate(told, .timeout)
        #expect(told.reports(.modelChunk).compactMap(\.message) == ["The evidence"])
        await server.stop()
        expectTemplate(try await analyst.examine(), .network)
      }
    }
  }

  @Test func `without a model nothing is said of one`() async throws {
    try await Analyst.run([:]) { analyst in
      let told = try await analyst.examine()
      #expect(told.interpretation == "template")
      #expect(told.narrative?.hasPrefix(Analyst.template) == true)
      #expect(told.kinds == [])
    }
  }

  @Test func `a required model that fails fails the task, with the cause`() async throws {
    try await ModelServer.run([.status(404, message: "The model test-model does not exist.")]) { server in
      try await Analyst.run(ModelLine.environment(server, ["LLM_REQUIRED": "true"])) { analyst in
        let told = try await analyst.examine()
        #expect(told.end?.state == .failed)
        #expect(told.end?.message?.text.contains("The model test-model does not exist.") == true)
        #expect(told.kinds == ["llm_started", "llm_failed"])
        #expect(told.decision == nil)
      }
    }
  }

  @Test func `a required model that was not named ends the program, and so does a wrong variable`() async throws {
    let arguments = ["agent", "insider-trading", "--plain-http", "--data", try await ReferenceWorld.folder()]
    for (environment, name) in [
      (["LLM_REQUIRED": "true"], "LLM_REQUIRED"), (["LLM_PROVIDER": "gpt"], "LLM_PROVIDER"),
      (["LLM_PROVIDER": "openai", "OPENAI_API_KEY": "sk-x", "OPENAI_MODEL": "m", "LLM_CA": "none.pem"], "LLM_CA"),
    ] {
      let result = try await RunningProgram.run(arguments, environment: environment)
      #expect(result.status == 1)
      #expect(result.errors.contains(name), "\(result.errors)")
    }
  }

  // MARK: Money

  @Test func `each task has its budget: words that were paid for are used, also those that used it up`() async throws {
    // A thousand tokens of an answer.
    let environment = ["LLM_BUDGET_USD": "1", "LLM_PRICE_OUT": "1"]
    func answer(_ tokens: Int) -> ModelAnswer {
      .words(Analyst.words, usage: .init(prompt: 900, completion: tokens))
    }
    try await ModelServer.run([answer(850), answer(799), answer(1_200)]) { server in
      try await Analyst.run(ModelLine.environment(server, environment)) { analyst in
        let first = try await analyst.examine()
        #expect(first.interpretation == "llm")
        #expect(first.kinds.filter { $0 != "llm_chunk" } == ["llm_started", "budget_warning", "llm_completed"])
        #expect(
          first.reports(.budgetWarning).first?.payload?.description
            == #"{"usage_percentage":85.0,"cost":0.85,"limit":1.0}"#)

        let second = try await analyst.examine()
        #expect(second.kinds.filter { $0 != "llm_chunk" } == ["llm_started", "llm_completed"])

        let third = try await analyst.examine()
        #expect(third.interpretation == "llm" && third.end?.state == .completed)
        #expect(
          third.kinds.filter { $0 != "llm_chunk" }
            == ["llm_started", "budget_warning", "budget_exceeded", "llm_completed"])
        #expect(third.reports(.budgetExceeded).first?.payload?["usage_percentage"]?.double == 120)
        #expect(third.reports(.modelCompleted).first?.payload?["budget_remaining"]?.int == 0)
        #expect(server.calls.count == 3 && server.refusals == [])
      }
    }
  }

  @Test func `an answer that costs too much is ended while it comes`() async throws {
    try await ModelServer.run([.endless(Array(repeating: "The evidence is long. ", count: 400))]) { server in
      try await Analyst.run(ModelLine.environment(server, ["LLM_BUDGET_USD": "1", "LLM_PRICE_OUT": "1"])) { analyst in
        let told = try await analyst.examine()
        expectTemplate(told, .budget)
        #expect(
          told.kinds.filter { $0 != "llm_chunk" }
            == ["llm_started", "budget_warning", "budget_exceeded", "llm_failed"])
        let failed = told.reports(.modelFailed).first?.payload
        #expect(failed?["usage"]?["estimated"]?.bool == true && (failed?["cost"]?.double ?? 0) >= 1)
        #expect(await eventually { server.left == 1 })
      }
    }
  }

  @Test(
    arguments: [
      nil, #"{"prompt_tokens":-1,"completion_tokens":5}"#, #"{"prompt_tokens":1,"completion_tokens":"5"}"#,
      #"{"prompt_tokens":1,"completion_tokens":9223372036854775807}"#,
    ] as [String?])
  func `where the server does not count, or counts nonsense, it is estimated and said so`(usage: String?) async throws {
    let last = usage.map { [#"data: {"choices":[],"usage":\#($0)}"# + "\n\n"] } ?? []
    let stream = ModelWire.events(Analyst.words, usage: nil).dropLast() + last + [ModelWire.done]
    try await ModelServer.run([.stream(stream)]) { server in
      try await Analyst.run(ModelLine.environment(server, ["LLM_PRICES": "other=9/9,test-model=0/1000"])) { analyst in
        let told = try await analyst.examine()
        #expect(told.interpretation == "llm", "\(told.kinds)")
        let payload = told.reports(.modelCompleted).first?.payload
        let tokens = ChatRequest.tokens(in: Analyst.words.joined().utf8.count)
        #expect(payload?["usage"]?["estimated"]?.bool == true)
        #expect(payload?["usage"]?["completion_tokens"]?.int == Int64(tokens))
        #expect(payload?["cost"]?.double == Double(tokens) / 1_000)
      }
    }
  }

  @Test func `without prices nothing costs anything, and no budget is spoken of`() async throws {
    let answer = ModelAnswer.words(Analyst.words, usage: .init(prompt: 900_000_000, completion: 900_000_000))
    try await ModelServer.run([answer]) { server in
      let environment = ["LLM_BUDGET_USD": "0.000001", "LLM_PRICES": "another-model=1000/1000"]
      try await Analyst.run(ModelLine.environment(server, environment)) { analyst in
        let told = try await analyst.examine()
        #expect(told.kinds.filter { $0 != "llm_chunk" } == ["llm_started", "llm_completed"])
        #expect(told.reports(.modelCompleted).first?.payload?["cost"]?.double == 0)
      }
    }
  }

  // MARK: Cancel

  @Test func `a cancel in the middle of an answer closes the line to the model, and there is no decision`() async throws
  {
    try await ModelServer.run([.endless(Analyst.words)]) { server in
      try await Analyst.run(ModelLine.environment(server)) { analyst in
        let stream = try await analyst.client.stream(analyst.request())
        var told = Analyst.Told()
        var isCancelled = false
        while let event = try await stream.next() {
          told.events.append(event)
          guard case .status(let update) = event, !told.reports(.modelChunk).isEmpty, !isCancelled else { continue }
          isCancelled = true
          _ = try await analyst.client.cancel(CancelTaskRequest(id: update.taskID))
        }
        #expect(told.end?.state == .canceled)
        #expect(told.decision == nil)
        #expect(await eventually { server.left == 1 })
        let isQuiet = try await server.isQuiet()
        #expect(isQuiet)
      }
    }
  }
}

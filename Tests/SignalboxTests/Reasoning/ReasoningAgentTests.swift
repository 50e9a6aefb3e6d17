import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

@testable import signalbox

/// From a question to its answer by rules: what is planned, looked up, thought and said.
@Suite(.timeLimit(.minutes(2)))
struct ReasoningAgentTests {
  @Test func `a question is understood, planned, looked up and answered, and everything is told`() async throws {
    let told = try await ReasoningStage().ask("Who owns the account A-3?")
    #expect(told.state == .completed && told.lastWord.contains("belongs to Ulmo Paskane (O-3, person)"))
    #expect(
      told.reports.map(\.type.name) == [
        "analysis_started", "thinking", "thinking", "step_started", "tool_started", "tool_progress", "tool_progress",
        "tool_completed", "step_completed", "thinking",
      ])
    #expect(told.reports(.thinking).compactMap(\.phase) == ["analysis", "planning", "review"])
    #expect(told.thoughts(in: "analysis") == ["It is about A-3 (Rimmoza Reserve). Asked for: who owns it."])
    #expect(told.thoughts(in: "planning") == ["The plan: 1. look up the account A-3."])
    let step = told.reports(.stepStarted).first
    #expect(step?.step == 1 && step?.payload?["action"]?.string == "look_up")
    #expect(step?.payload?["action_input"]?["account"]?.string == "A-3")
    #expect(told.reports(.toolStarted).first?.input?["account"]?.string == "A-3")

    #expect(told.text == told.lastWord)
    let data = told.data
    #expect(data?["interpretation"]?.string == "rules" && data?["steps"]?.int == 1)
    #expect(data?["understood"]?["subjects"]?[0]?["id"]?.string == "A-3")
    let evidence = data?["evidence"]?[0]
    #expect(evidence?["call_id"]?.string == told.reports(.toolStarted).first?.callID)
    #expect(evidence?["tool"]?.string == "look_up" && evidence?["facts"]?["owner"]?.string == "O-3")
  }

  @Test func `looks that need nothing of each other are taken beside each other, and their ends are their own`()
    async throws
  {
    let told = try await ReasoningStage(pace: .milliseconds(300)).ask("Compare the trades of T-1 and T-2 in ORBATE")
    #expect(told.tools(.toolStarted) == ["trades", "trades"])
    let order = told.reports.map(\.type)
    let lastStart = try #require(order.lastIndex(of: .toolStarted))
    let firstEnd = try #require(order.firstIndex(of: .toolCompleted))
    #expect(lastStart < firstEnd, "Both have begun before one has ended.")
    let started = told.reports(.toolStarted).compactMap(\.callID)
    #expect(Set(started).count == 2 && Set(started) == Set(told.reports(.toolCompleted).compactMap(\.callID)))
    for report in told.reports(.toolCompleted) {
      let begun = told.reports(.toolStarted).first { $0.callID == report.callID }
      let id = try #require(begun?.input?["trader"]?.string)
      #expect(report.summary?.contains("The trader \(id) ") == true)
    }
    #expect(
      told.text.contains(
        "Compared by the number of trades: T-1 (Hana Ivernoza) 2 trades, then T-2 (Oska Ivernoza) 1 trade."))
  }

  @Test func `what the first looks bring to light is looked into next`() async throws {
    let told = try await ReasoningStage().ask("Which trades had the accounts related to A-1?")
    #expect(told.reports(.stepStarted).count == 2)
    #expect(told.tools(.toolStarted).sorted() == ["relationships", "trades", "trades"])
    let inputs = told.reports(.toolStarted).filter { $0.tool == "trades" }.compactMap { $0.input?["account"]?.string }
    #expect(inputs == ["A-1", "A-2"])
    let owner = try await ReasoningStage().ask("Which trades had the owner O-3?")
    #expect(owner.tools(.toolStarted) == ["look_up", "trades", "trades"])
    #expect(owner.text.contains("70 shares bought") && owner.text.contains("30 sold"))
  }

  @Test func `steps have a bound, and the answer says what was left out`() async throws {
    let told = try await ReasoningStage().ask("Which trades had the owner O-3?", #"{"max_steps":1}"#)
    #expect(told.reports(.stepStarted).count == 1)
    #expect(
      told.text.contains(
        "After 1 step, the most there may be, not all was looked at: read the trades of the account A-3"))
  }

  @Test(arguments: [
    ("How did the price of ORBATE move around 2026-10-19?", "+30.0 % against 20.00"),
    ("Is T-3 on an insider list?", "T-3 is on the insider list of ORBATE"),
    ("Any news about Orbate in October 2026?", "A bidder offers a third more"),
    ("Who is related to A-1?", "spouse"), ("T-4", "portfolio manager"),
    ("What was the price that T-1 paid?", "Prices are an instrument's, and the question names none."),
    ("Trades of T-1 and of T-99", "Not known here: \"T-99\"."),
    ("Compare ORBATE and TASKOR", "Compared by the change of the price in %: ORBATE +30.0 %, then TASKOR +0.0 %."),
    ("Who trades ORBATE?", "5 trades"),
  ])
  func `each kind of question has its answer`(question: String, words: String) async throws {
    let told = try await ReasoningStage().ask(question)
    #expect(told.state == .completed && told.text.contains(words), "\(told.text)")
  }

  @Test(arguments: ["What is the meaning of life?", "Hello", "Who owns T-99?", "12345"])
  func `what is not understood is said plainly, with what could be asked`(question: String) async throws {
    let told = try await ReasoningStage().ask(question)
    #expect(told.state == .completed && told.reports(.toolStarted).isEmpty)
    #expect(told.text.contains("Ask about traders, accounts, owners or instruments"), "\(told.text)")
    #expect(told.data?["evidence"]?.count == 0)
  }

  @Test func `a later question in the same conversation may say it`() async throws {
    let stage = ReasoningStage()
    _ = try await stage.ask("Who owns A-3?", in: "talk")
    let told = try await stage.ask("And who is related to it?", in: "talk")
    #expect(told.text.contains("A-4 (Rimmoza Invest"), "\(told.text)")
    let other = try await stage.ask("And who is related to it?", in: "other talk")
    #expect(other.text.contains("names nobody"), "\(other.text)")
  }

  // MARK: People

  @Test func `whom a name means is asked, and the answer counts`() async throws {
    let stage = ReasoningStage()
    let asked = try await stage.ask("Which trades had Ivernoza?")
    #expect(asked.state == .inputRequired && asked.reports(.toolStarted).isEmpty)
    let question = try #require(asked.question)
    #expect(question.prompt == "Who is meant by \"Ivernoza\"?" && question.allowsDecline)
    guard case .choice(let options) = try #require(question.fields.first).kind else {
      Issue.record("It is no choice.")
      return
    }
    #expect(options.map(\.value) == ["T-1", "T-2", "all", "none"])
    let told = try await stage.ask("T-2", to: asked.taskID)
    #expect(
      told.state == .completed && told.text.contains("The trader T-2 (Oska Ivernoza) has 1 trade"), "\(told.text)")
    #expect(!told.text.contains("T-1"))
    #expect(told.reports(.inputReceived).first?.message == "\"Ivernoza\" is T-2 (Oska Ivernoza).")
  }

  @Test func `all of them may be meant, or none`() async throws {
    let stage = ReasoningStage()
    let first = try await stage.ask("Which trades had Ivernoza?")
    let all = try await stage.ask("all", to: first.taskID)
    #expect(all.tools(.toolStarted) == ["trades", "trades"])
    let second = try await stage.ask("Which trades had Ivernoza?")
    let none = try await stage.ask("none", to: second.taskID)
    #expect(none.state == .completed && none.reports(.toolStarted).isEmpty)
    #expect(none.text.contains("Who is meant by \"Ivernoza\" was left open: it may be T-1 (Hana Ivernoza) or T-2"))
  }

  @Test func `where nobody may be asked, or nobody answers, the answer leaves it open`() async throws {
    for parameters in [#"{"interactive":false}"#, #"{"question_seconds":1}"#] {
      // The stream of a message ends at a question; what nobody answers goes on by itself.
      let stage = ReasoningStage()
      var told = try await stage.ask("Which trades had Ivernoza?", parameters)
      if told.state == .inputRequired {
        let id = try #require(told.taskID)
        let feed = try await stage.store.subscribe(SubscribeToTaskRequest(id: id), ReasoningStage.call)
        while let event = try await feed.next() { told.events.append(event) }
      }
      #expect(told.state == .completed && told.text.contains("was left open"), "\(told.text)")
    }
  }

  // MARK: Control

  @Test func `a cancel in the middle of a look ends it, and there is no answer`() async throws {
    let stage = ReasoningStage(pace: .seconds(600))
    var isCancelled = false
    let told = try await stage.ask("Which trades had T-1?") { told in
      guard !told.reports(.toolStarted).isEmpty, !isCancelled else { return }
      isCancelled = true
      _ = try await stage.store.cancel(CancelTaskRequest(id: try #require(told.taskID)), ReasoningStage.call)
    }
    #expect(told.state == .canceled && told.answer == nil && told.reports(.toolCompleted).isEmpty)
  }

  @Test func `a paused task begins no other look`() async throws {
    let stage = ReasoningStage(pace: .milliseconds(100))
    var isPaused = false
    let told = try await stage.ask("Which trades had the owner O-3?") { told in
      guard told.tools(.toolStarted) == ["look_up"], !isPaused else { return }
      isPaused = true
      let id = try #require(told.taskID)
      try await pause(.pause, id, stage)
      // As long as the look that has begun takes, and then some.
      try await Task.sleep(for: .milliseconds(600))
      let task = try await stage.store.task(GetTaskRequest(id: id), ReasoningStage.call)
      #expect(task.status.state == .working)
      try await pause(.resume, id, stage)
    }
    let kinds = told.reports.map(\.type)
    let resumed = try #require(kinds.firstIndex(of: .resumed))
    let next = try #require(told.reports.firstIndex { $0.type == .toolStarted && $0.tool == "trades" })
    #expect(resumed < next && told.state == .completed)
  }

  private func pause(_ request: PauseRequest, _ id: String, _ stage: ReasoningStage) async throws {
    var message = Message(id: "p-\(request.text)", role: .user, text: request.text, taskID: id)
    message.metadata = request.metadata()
    message.extensions = [PauseRequest.extensionURI]
    _ = try await stage.store.send(SendMessageRequest(message: message), ReasoningStage.call)
  }

  // MARK: What is no question

  @Test(arguments: [
    (#"{"max_steps":0}"#, "max_steps must be a whole number from 1 to 12."),
    (#"{"interactive":"no"}"#, "interactive must be true or false."),
    (#"{"model":""}"#, "model must be the name of a model."),
    (#"{"alert":1}"#, "task_parameters has a member \"alert\", which nobody here knows. There are: interactive"),
    ("[]", "task_parameters must be an object."),
  ])
  func `parameters that are wrong are refused by name`(parameters: String, words: String) async throws {
    let told = try await ReasoningStage().ask("Who owns A-3?", parameters)
    #expect(told.state == .failed && told.lastWord.contains(words), "\(told.lastWord)")
  }

  @Test func `a message without a question, or with far too long a one, fails with what to send`() async throws {
    let empty = try await ReasoningStage().ask("  ")
    #expect(empty.state == .failed && empty.lastWord.hasPrefix("The message asks nothing."))
    let long = try await ReasoningStage().ask(String(repeating: "why ", count: 1_001))
    #expect(long.state == .failed && long.lastWord.contains("at most 4000 are read"))
  }
}

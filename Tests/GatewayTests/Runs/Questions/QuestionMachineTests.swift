import A2A
import HTTP
import JSON
import Journal
import Testing

@testable import Gateway

/// What is written of questions, and when.
@Suite struct QuestionMachineTests {
  private func payload(_ entry: Entry?) throws -> JSONValue { try JSONValue(parsing: try #require(entry).payload) }

  @Test func `a question is written with the event that brings it, and by the gateway's name for it`() throws {
    var stage = QuestionStage()
    let actions = stage.feed(.event(QuestionStage.ask()))
    guard case .write(let write)? = actions.first else { throw Unexpected() }
    #expect(actions.count == 1 && write.entries.map(\.kind) == [.event, .question] && write.showsChange)
    #expect(write.memos.map(\.name) == ["question/q1"])
    let record = try payload(write.entries.last)
    #expect(
      record["question"]?.string == "q1" && record["state"]?.string == "open" && record["kind"]?.string == "input")
    #expect(record["deadline"]?.string == "2026-03-01T09:31:00.000Z")
    #expect(record["form"]?["fields"]?.count == 2 && record["form"]?["prompt"]?.string == "Cleared?")
    #expect(!String(decoding: write.entries[1].payload, as: UTF8.self).contains("question-1"))
  }

  @Test func `who must sign in elsewhere is told so, and given no form`() throws {
    var stage = QuestionStage()
    stage.feed(.event(QuestionStage.ask(state: .authRequired)))
    let record = try payload(stage.entries.last)
    #expect(record["kind"]?.string == "auth" && record["form"] == nil && record["deadline"] == nil)
    stage.feed(QuestionStage.say("Done.", by: "kim"))
    #expect(stage.question?.short == "q1 answered by kim")
  }

  @Test func `an answer is one record with the person, the values and the message that the agent gets`() throws {
    var stage = QuestionStage.asked()
    let actions = stage.feed(QuestionStage.answer(#"{"cleared":"yes","note":"seen"}"#, by: "kim", id: "c7"))
    let entry = try #require(stage.entries.first { $0.kind == .answer })
    let record = try payload(entry)
    #expect(entry.origin == "kim" && record["command"]?.string == "answer" && record["id"]?.string == "c7")
    #expect(record["question"]?.string == "q1" && record["values"]?["note"]?.string == "seen")
    #expect(record["message"]?["messageId"]?.string == "t-c7" && record["message"]?["taskId"]?.string == "t")
    #expect(!entry.payload.contains("question-1"))
    guard case .say(let message)? = actions.first(where: { if case .say = $0 { true } else { false } }) else {
      throw Unexpected()
    }
    #expect(message.id == "a1-c7" && message.taskID == "a1" && message.text == "Cleared: yes\nNote: seen")
    let answer = try Answer(reading: message, to: QuestionStage.form)
    #expect(answer["cleared"] == .text("yes") && answer.by == "kim")
    #expect(Question.id(in: message.metadata) == "question-1")
    #expect(message.extensions == [Question.extensionURI])
  }

  @Test func `what A2A clients say keeps its id, and names the question to the agent`() throws {
    var stage = QuestionStage.asked()
    let actions = stage.feed(QuestionStage.say("no", by: "kim"))
    let entry = try #require(stage.entries.first { $0.kind == .answer })
    #expect(try payload(entry)["message"]?["messageId"]?.string == "m9")
    #expect(try payload(entry)["values"]?["cleared"]?.string == "no")
    guard case .say(let message)? = actions.first(where: { if case .say = $0 { true } else { false } }) else {
      throw Unexpected()
    }
    #expect(message.id == "m9" && message.text == "no" && Question.id(in: message.metadata) == "question-1")
    #expect(stage.machine.image.task.history?.last?.text == "no")
  }

  @Test(arguments: [("no", "say a1-c"), ("That.", "say m9")])
  func `the same words under an id that was used before get another, other words keep it`(
    _ text: String, _ told: String
  ) throws {
    var stage = QuestionStage.asked()
    stage.feed(QuestionStage.say("no", by: "kim"))
    stage.feed(stage.taken)
    stage.feed(.event(QuestionStage.ask("a1-m2", form: nil)))
    stage.feed(QuestionStage.command(.say(Message(id: "m9", role: .user, text: text)), by: "kim", id: "again"))
    #expect(stage.calls.first == "say m9" && stage.calls.last?.hasPrefix(told) == true, "\(stage.calls)")
  }

  @Test func `another question in its place closes the first, and each has its number`() {
    var stage = QuestionStage.asked()
    stage.feed(.event(QuestionStage.ask("a1-m2", form: nil)))
    #expect(stage.trail.suffix(2) == ["q1 closed withdrawn", "q2 open"])
    #expect(stage.question?.short == "q2 open" && stage.question?.form == nil)
    stage.feed(QuestionStage.answer(by: "kim", to: "q1"))
    #expect(stage.stage.actions.last?.short == "answer question-closed")
    stage.feed(QuestionStage.answer(by: "kim", to: "q7"))
    #expect(stage.stage.actions.last?.short == "answer no-such-question")
  }

  // MARK: Time

  @Test func `at the deadline an answer still counts, and a little later none does`() {
    var stage = QuestionStage.asked()
    stage.stage.turn(by: 60_000 + 1999)
    stage.feed(.time)
    #expect(stage.question?.short == "q1 open")
    var late = stage
    stage.feed(QuestionStage.answer(by: "kim"))
    #expect(stage.question?.short == "q1 answered by kim")
    late.turnToTime()
    #expect(late.stage.now.wall == 1_772_357_400_000 + 62_000)
    #expect(late.trail.last == "q1 closed expired" && late.question?.short == "q1 expired")
    late.feed(QuestionStage.answer(by: "kim"))
    #expect(late.stage.actions.last?.short == "answer question-closed")
    // The agent's own word comes later, and changes nothing.
    late.feed(.event(MachineStage.status(.working)))
    #expect(late.trail.count { $0.contains("closed") } == 1)
  }

  @Test func `an agent that goes on at the deadline has waited long enough, before it somebody else has answered`() {
    for (milliseconds, how) in [(59_000, "elsewhere"), (60_000, "expired"), (61_000, "expired")] {
      var stage = QuestionStage.asked()
      stage.stage.turn(by: Int64(milliseconds))
      stage.feed(.event(MachineStage.status(.working)))
      #expect(stage.trail.last == "q1 closed \(how)", "\(milliseconds)")
      #expect(stage.question == nil)
    }
  }

  @Test func `an answer that the agent refuses behind the deadline does not open the question again`() {
    var stage = QuestionStage.at(.answered)
    stage.stage.turn(by: 61_000)
    stage.feed(stage.notTaken(.refused(.invalidParams)))
    #expect(stage.trail.suffix(2) == ["verdict refused kim", "q1 closed expired"])
  }

  @Test func `an agent that goes on and then refuses has not gone on by that answer`() throws {
    var stage = QuestionStage.at(.leaving)
    stage.feed(stage.notTaken(.refused(.invalidParams)))
    #expect(stage.trail.suffix(2) == ["verdict refused kim", "q1 closed elsewhere"])
    let memo = try #require(stage.memos["question/q1"].flatMap { TaskQuestion($0) })
    #expect(memo.end?.how == .elsewhere && memo.end?.why == "It said no.")
  }

  @Test func `behind the end of the task no question is written, and what is remembered is right`() throws {
    var stage = QuestionStage.at(.ended)
    let count = stage.entries.count
    stage.feed(stage.notTaken(.refused(.unsupportedOperation)))
    #expect(stage.entries.dropFirst(count).allSatisfy { $0.kind == .verdict })
    let memo = try #require(stage.memos["question/q1"].flatMap { TaskQuestion($0) })
    #expect(memo.end?.how == .ended)
  }

  // MARK: Exactly once

  @Test func `an answer of which nothing is heard is sent again, the same, and no oftener than a few times`() {
    var stage = QuestionStage.at(.answered)
    var failures = 0
    while stage.machine.questions.sending != nil, failures < 20 {
      failures += 1
      stage.feed(stage.notTaken(.lost))
      if stage.machine.questions.sending != nil { stage.turnToTime() }
    }
    #expect(failures == 6 && Set(stage.calls) == ["say a1-c7"] && stage.calls.count == 6, "\(stage.calls)")
    #expect(stage.trail.suffix(2) == ["verdict undelivered kim", "q1 open again"])
    stage.feed(QuestionStage.answer(by: "alex"))
    #expect(stage.question?.short == "q1 answered by alex")
  }

  @Test func `where the agent has gone on meanwhile, it has it, and is not told again`() {
    var stage = QuestionStage.at(.doubted)
    stage.feed(.event(MachineStage.status(.working)))
    #expect(stage.trail.last == "verdict taken kim" && stage.calls.count == 1)
    #expect(stage.machine.questions.wakeAt == nil)
  }

  @Test func `an answer that could never be told is too late where the agent has gone on`() {
    var stage = QuestionStage(MachineStage.at(.following))
    stage.feed(.event(QuestionStage.ask()))
    stage.feed(.failed(RunFault(.lost, "It was cut.")))
    stage.feed(QuestionStage.answer(by: "kim"))
    #expect(stage.question?.short == "q1 answered by kim" && stage.calls.isEmpty)
    stage.turnToTime()
    stage.feed(.event(MachineStage.task(.working)))
    #expect(stage.calls.isEmpty)
    #expect(stage.trail.suffix(2) == ["verdict too-late kim", "q1 closed elsewhere"])
  }

  @Test func `found again and still asking, the agent is told the answer that came meanwhile`() {
    var stage = QuestionStage(MachineStage.at(.following))
    stage.feed(.event(QuestionStage.ask()))
    stage.feed(.failed(RunFault(.lost, "It was cut.")))
    stage.feed(QuestionStage.answer(by: "kim"))
    stage.turnToTime()
    guard case .status(let update) = QuestionStage.ask() else { return }
    stage.feed(.event(.task(AgentTask(id: "a1", contextID: "inner", status: update.status))))
    #expect(stage.calls.count == 1, "\(stage.calls)")
    #expect(stage.trail.count { $0 == "q1 open" } == 1)
  }

  @Test func `an answer that has never reached the agent is too late when that goes on`() {
    var stage = QuestionStage.at(.answered)
    stage.feed(stage.notTaken(.unreachable))
    let actions = stage.feed(.event(MachineStage.status(.working)))
    #expect(actions.map(\.short).contains("tell too-late"), "\(actions.map(\.short))")
  }

  @Test func `an agent that goes on just before the deadline, by another clock, was not answered in time`() {
    var stage = QuestionStage.asked()
    let deadline = stage.question?.deadline ?? 0
    stage.stage.turn(by: deadline - stage.stage.now.wall - 300)
    stage.feed(.event(MachineStage.status(.working)))
    #expect(stage.machine.questions.end("q1")?.how == .expired)
  }

  @Test func `an agent that was ended by the gateway has gone on by no answer`() {
    var stage = QuestionStage.at(.answered)
    stage.feed(.failed(RunFault(.breach, "It broke the rules.")))
    stage.feed(.cancelFailed(RunFault(.lost, "It was cut."), round: 0))
    #expect(stage.machine.state == .failed)
    #expect(stage.turnToTime().map(\.short).contains("tell undelivered"))
  }

  @Test func `another form in the same message is another question`() {
    var stage = QuestionStage.asked()
    var form = QuestionStage.form
    form.id = "question-2"
    stage.feed(.event(QuestionStage.ask(form: form)))
    #expect(stage.question?.short == "q2 open" && stage.machine.questions.end("q1")?.how == .withdrawn)
  }

  @Test func `an answer of before a restart names its question to the agent, as it did then`() throws {
    let before = QuestionStage.at(.answered)
    let (question, open) = (try #require(before.question), try #require(before.machine.commands.open.first))
    // As the journal has it.
    let record = try payload(before.entries.first { $0.kind == .answer })
    let said = try Message(reading: try #require(record["message"]))
    let commands = RunCommands(
      [open.memory], open: [.init(command: open.command, memory: open.memory, message: said)])
    var stage = QuestionStage(
      MachineStage(
        phase: .handedOver, state: .inputRequired, commands: commands,
        questions: RunQuestions([question], isShown: true)
      ).after(.begin, .ready(AgentManner(streams: true, isCurrent: true))))
    guard case .status(let update) = QuestionStage.ask() else { return }
    let actions = stage.feed(.event(.task(AgentTask(id: "a1", contextID: "inner", status: update.status))))
    guard case .say(let message)? = actions.first(where: { if case .say = $0 { true } else { false } }) else {
      throw Unexpected()
    }
    #expect(message.id.hasPrefix("a1-c") && Question.id(in: message.metadata) == "question-1")
  }

  @Test func `a task that was found waiting, of an earlier gateway, is asked about now`() {
    let stage = QuestionStage(MachineStage(phase: .handedOver, state: .inputRequired).after(.begin))
    #expect(stage.question?.short == "q1 open")
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}

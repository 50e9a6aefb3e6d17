import Testing

@testable import signalbox

struct CommandOptionsTests {
  private func cancel(_ line: String) throws -> CancelOptions {
    let (arguments, command) = try TypedCommand.parse("cancel \(line)")
    return try CancelOptions(arguments, command)
  }

  private func answer(_ words: [String]) throws -> AnswerOptions {
    let (arguments, command) = try TypedCommand.parse(["answer"] + words)
    return try AnswerOptions(arguments, command)
  }

  @Test func `waiting is asked for with or without a time, and never takes the next word`() throws {
    #expect(try cancel("t-1").common.wait == nil)
    let plain = try cancel("--wait t-1")
    #expect(plain.common.wait == .seconds(120) && plain.target == .tasks(["t-1"]))
    #expect(try cancel("t-1 --wait=20").common.wait == .seconds(20))
    for line in ["t-1 --wait=", "t-1 --wait=0", "t-1 --wait=x", "t-1 --wait=86401"] {
      #expect(throws: UsageError.self, "\(line)") { try cancel(line) }
    }
  }

  @Test func `many tasks are chosen by whose they are`() throws {
    let all = try cancel("--all-running --agent checker --yes --why Wrong")
    #expect(all.target == .many(.all, agent: "checker") && all.isSure && all.why == "Wrong")
    let mine = try cancel("--all-mine --dry-run --json")
    #expect(mine.target == .many(.mine, agent: nil) && mine.isRehearsal && mine.common.printsJSON)
  }

  @Test(arguments: [
    ("", "What is to be cancelled is missing."), ("t --all-mine", "Ids of tasks go without"),
    ("--all-mine --all-running", "takes in --all-mine"), ("t --dry-run", "--dry-run goes with"),
    ("t --agent a", "--agent goes with"), ("t --yes", "--yes goes with"), ("t t", "named twice"),
    ("t u --id x", "names one command"), ("t --id=", "printable ASCII"), ("t --why=", "needs a value"),
  ])
  func `what does not go together is said`(line: String, words: String) throws {
    let error = #expect(throws: UsageError.self) { try cancel(line) }
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
  }

  @Test func `an answer is fields, a text, a refusal, or nothing yet`() throws {
    let fields = try answer(["t-1", "q2", "cleared=yes", "note=a=b"])
    #expect(fields.question == "q2")
    #expect(fields.content == .words([.init(name: "cleared", text: "yes"), .init(name: "note", text: "a=b")]))
    #expect(try answer(["t-1", "cleared=yes"]).question == nil)
    #expect(try answer(["t-1", "--text", "Yes."]).content == .text("Yes."))
    #expect(try answer(["t-1", "q1", "--decline"]).content == .declined)
    let open = try answer(["t-1"])
    #expect(open.content == nil && open.question == nil)
  }

  @Test(arguments: [
    (["t", "q1", "q2"], "no field with a value"), (["t", "=x"], "no field with a value"),
    (["t", "a=1", "a=2"], "given twice"), (["t", "a=1", "--decline"], "more than one"),
    (["t", "--text="], "needs a value"), (["t", "--text", "x", "--decline"], "more than one"), ([""], "empty"),
  ])
  func `what is no answer is said`(line: [String], words: String) throws {
    let error = #expect(throws: UsageError.self) { try answer(line) }
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
  }

  @Test func `pause takes a reason, and resume none`() throws {
    let (arguments, command) = try TypedCommand.parse("pause a b --why Later --wait")
    let options = try PauseOptions(arguments, command)
    #expect(options.tasks == ["a", "b"] && options.why == "Later" && options.common.wait != nil)
    #expect(throws: UsageError.self) { try TypedCommand.parse("resume a --why Later") }
    #expect(throws: UsageError.self) { try TypedCommand.parse("pause") }
  }

  @Test func `watch and questions take what they show`() throws {
    let (arguments, command) = try TypedCommand.parse("watch --mine --agent a --json")
    let watch = try WatchOptions(arguments, command)
    #expect(watch.onlyMine && watch.agent == "a" && watch.printsJSON)
    let (more, questions) = try TypedCommand.parse("questions --task t --agent a --follow")
    let options = try QuestionsOptions(more, questions)
    #expect(options.task == "t" && options.follows && !options.printsJSON)
  }
}

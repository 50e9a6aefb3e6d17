import JSON
import Testing

@testable import signalbox

struct CommandRoundTests {
  private func request(_ id: String, _ task: String) -> ControlRequest {
    ControlRequest(id: id, act: .cancel(task: task, why: nil))
  }

  private func round(waits: Bool, json: Bool = false, _ tasks: String...) -> CommandRound {
    var round = CommandRound(waits: waits, printsJSON: json)
    for task in tasks { round.add(request("c-\(task)", task)) }
    return round
  }

  private func ack(_ task: String, _ more: String = #""seq":3"#) throws -> ControlSession.Output {
    .ack(request("c-\(task)", task), try JSONValue(parsing: SocketText.ack("c-\(task)", more)))
  }

  private func nack(_ task: String) throws -> ControlSession.Output {
    .nack(
      request("c-\(task)", task),
      ControlRefusal(try JSONValue(parsing: SocketText.nack("c-\(task)", "not-found", "There is no such task."))))
  }

  private func verdict(_ task: String, _ word: String, why: String? = nil) throws -> ControlSession.Output {
    let text = SocketText.verdict("c-\(task)", word, task: task, why: why)
    return .verdict(try #require(ControlVerdict(try JSONValue(parsing: text))))
  }

  @Test func `without waiting it is done when the gateway has it`() throws {
    var round = round(waits: false, "t")
    #expect(!round.isDone)
    #expect(round.take(try ack("t")) == [.output("t  cancel requested")])
    #expect(round.isDone && round.code == .ok)
  }

  @Test func `a command that was given before says so`() throws {
    var round = round(waits: false, "t")
    #expect(
      round.take(try ack("t", #""seq":3,"repeated":true"#))
        == [.output("t  cancel requested (it had been given before)")])
  }

  @Test(
    arguments: [
      ("stopped", .ok), ("taken", .ok), ("paused", .ok), ("resumed", .ok), ("refused", .agentRefused),
      ("ignored", .ignored), ("too-late", .tooLate), ("undelivered", .unknownOutcome), ("news", .unknownOutcome),
    ] as [(String, ExitCode)])
  func `with waiting the verdict is the end, and its code`(word: String, code: ExitCode) throws {
    var round = round(waits: true, "t")
    #expect(try round.take(ack("t")).isEmpty)
    #expect(!round.isDone)
    #expect(round.take(try verdict("t", word, why: "So.")) == [.output("t  \(word) after 0.4 s: So.")])
    #expect(round.isDone && round.code == code)
  }

  @Test func `a verdict that nobody waits for here is not told`() throws {
    var done = round(waits: false, "t")
    _ = done.take(try ack("t"))
    #expect(try done.take(verdict("t", "ignored")).isEmpty && done.code == .ok)
    var other = round(waits: true, "t")
    #expect(try other.take(verdict("u", "stopped")).isEmpty && !other.isDone)
  }

  @Test func `of several the gravest counts`() throws {
    var round = round(waits: true, "a", "b", "c")
    for task in ["a", "b"] { #expect(try round.take(ack(task)).isEmpty) }
    _ = round.take(try verdict("a", "stopped"))
    _ = round.take(try verdict("b", "too-late"))
    #expect(!round.isDone)
    #expect(round.take(try nack("c")) == [.error("c: There is no such task.")])
    #expect(round.isDone && round.code == .notTaken)
    #expect(CommandRound.gravest([.ok, .tooLate, .agentRefused]) == .agentRefused)
    #expect(CommandRound.gravest([.ignored, .unknownOutcome]) == .unknownOutcome)
    #expect(CommandRound.gravest([]) == .ok)
  }

  @Test func `what is not known in time says how to go on`() throws {
    var round = round(waits: true, "a", "b")
    _ = round.take(try ack("a"))
    let lines = round.giveUp()
    guard case .error(let first)? = lines.first, case .error(let second)? = lines.last else {
      Issue.record("\(lines)")
      return
    }
    #expect(first.hasPrefix("a: the cancel stands") && first.contains("--id c-a"))
    #expect(second.hasPrefix("b: nobody knows whether the gateway has the cancel.") && second.contains("--id c-b"))
    #expect(round.isDone && round.code == .unknownOutcome)
    #expect(round.giveUp().isEmpty)
  }

  @Test func `as JSON it prints what the gateway says, a line each`() throws {
    var round = round(waits: true, json: true, "t", "u")
    let lines = [try ack("t"), try verdict("t", "refused", why: "No."), try nack("u")].flatMap { round.take($0) }
    let texts = lines.compactMap { line in if case .output(let text) = line { text } else { nil } }
    let types = try texts.map { try JSONValue(parsing: $0)["type"]?.string }
    #expect(types == ["ack", "verdict", "nack"] && lines.count == 3)
  }

  @Test func `an agent's words cannot write on the terminal`() throws {
    var round = round(waits: true, "t")
    _ = round.take(try ack("t"))
    let lines = round.take(try verdict("t", "refused", why: #"a\u001b[2Jb"#))
    #expect(lines == [.output(#"t  refused after 0.4 s: a\u001b[2Jb"#)])
  }
}

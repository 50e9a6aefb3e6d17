import A2A
import Testing

@testable import Gateway

/// What is known of commands without any agent.
@Suite struct RunCommandsTests {
  private static func open(_ act: RunCommand.Act, isDelivered: Bool) -> RunCommands {
    let command = RunCommand(id: "c1", by: "kim", act: act)
    var memory = command.memory(seq: 3, since: 1000)
    memory.isDelivered = isDelivered
    return RunCommands([memory], open: [.init(command: command, memory: memory, message: nil)])
  }

  private static func say(_ id: String, _ text: String = "And this.") -> RunCommand.Act {
    .say(Message(id: id, role: .user, text: text))
  }

  @Test(
    arguments: [
      (say("m"), true, .undelivered), (say("m"), false, .tooLate), (.cancel(why: nil), true, .tooLate),
    ] as [(RunCommand.Act, Bool, Verdict.Word)])
  func `of a message that had left nobody knows whether it has arrived, when the task has ended`(
    _ act: RunCommand.Act, _ isDelivered: Bool, _ word: Verdict.Word
  ) {
    let verdicts = Self.open(act, isDelivered: isDelivered).verdicts(at: .completed, why: nil, now: 1500)
    #expect(verdicts.map(\.word) == [word] && verdicts.map(\.after) == [500])
    #expect((verdicts.first?.why?.contains("not known") == true) == (word == .undelivered))
  }

  @Test func `the same words are the same command, whatever id was made up for them`() {
    func fingerprint(_ act: RunCommand.Act) -> String { RunCommand(id: "c", by: "kim", act: act).fingerprint }
    #expect(fingerprint(Self.say("m1")) == fingerprint(Self.say("m2")))
    #expect(fingerprint(Self.say("m1")) != fingerprint(Self.say("m1", "And that.")))
  }

  @Test(arguments: [RunCommand.Act.claim(question: "q1"), .release(question: "q1")])
  func `nothing more comes of a claim`(_ act: RunCommand.Act) {
    let command = RunCommand(id: "c1", by: "kim", act: act)
    var commands = RunCommands()
    commands.take(command, command.memory(seq: 3, since: 0), message: nil)
    #expect(commands.open.isEmpty && commands[command.key] != nil)
  }
}

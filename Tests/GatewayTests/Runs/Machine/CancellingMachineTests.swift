import A2A
import Testing

@testable import Gateway

/// What a cancel comes to where more than one thing happens at once.
@Suite struct CancellingMachineTests {
  private static let again = MachineStage.command(.cancel(why: nil), id: "c2", by: "alex")
  private static let broken = RunInput.failed(RunFault(.breach, "It broke the rules."))

  private func shorts(_ actions: [RunAction]) -> [String] { actions.map(\.short) }

  @Test func `who joins a cancel has no time of the own`() {
    var stage = MachineStage.at(.cancelling)
    let deadline = stage.machine.cancelling.deadline
    stage.turn(by: 4000)
    stage.feed(Self.again)
    #expect(deadline != nil && stage.machine.cancelling.deadline == deadline)
  }

  @Test func `who wants to stop what the gateway ends has been heard with the first`() {
    var stage = MachineStage.at(.cancelling).after(Self.broken)
    #expect(shorts(stage.feed(Self.again)) == ["write command+note delivered&memo", "answer taken"])
  }

  @Test func `what an earlier call brings is not meant for the next one`() {
    var stage = MachineStage.at(.saidNo).afterItsTime()
    #expect(shorts(stage.feed(Self.again)) == ["write command&memo", "cancel", "answer taken"])
    #expect(shorts(stage.feed(.cancelLeft(round: 0))).isEmpty)
    #expect(shorts(stage.feed(.cancelFailed(MachineStage.no, round: 0))).isEmpty)
    #expect(stage.machine.cancelling.refusal == nil && stage.machine.cancelling.isUnderWay)
    #expect(shorts(stage.feed(.cancelLeft(round: 1))) == ["write note delivered&memo"])
  }

  @Test func `who has said yes is held to that`() {
    var stage = MachineStage.at(.askedAgain)
    stage.feed(.cancelFailed(MachineStage.no, round: 0))
    #expect(stage.machine.cancelling.refusal == nil)
    #expect(shorts(stage.waitForIt()).contains("tell ignored"))
  }

  @Test func `a task that the agent does not know cannot be stopped there`() {
    var stage = MachineStage.at(.cancelling)
    stage.feed(.cancelFailed(RunFault(.refused(.taskNotFound), "No such task."), round: 0))
    #expect(shorts(stage.waitForIt()).contains("tell undelivered"))
  }

  @Test func `a call that failed after all has not been heard`() {
    var stage = MachineStage.at(.cancelling)
    stage.feed(.cancelFailed(RunFault(.unreachable, "Nobody is there."), round: 0))
    stage.turn(by: 10_000)
    #expect(shorts(stage.feed(.time)) == ["write verdict undelivered&memo", "tell undelivered"])
  }

  @Test func `the gateway's end is too late only for those who were heard`() {
    var stage = MachineStage.at(.sending)
    stage.turn(by: (stage.machine.wakeAt ?? 0) - stage.now.steady - 1000)
    stage.feed(MachineStage.cancel)
    #expect(shorts(stage.waitForIt()).contains("tell undelivered"))
    var ending = MachineStage.at(.cancelling).after(Self.broken)
    #expect(shorts(ending.feed(.event(MachineStage.status(.completed)))).contains("tell too-late"))
  }

  @Test func `where the gateway ends what somebody wanted stopped, the agent's word that it has stopped counts`() {
    var stage = MachineStage.at(.cancelling).after(Self.broken)
    #expect(shorts(stage.feed(.event(MachineStage.status(.canceled)))).contains("tell stopped"))
  }

  @Test func `an end by the answer to a cancel settles no message of which the line may still tell`() {
    var stage = MachineStage.at(.afterAMessage)
      .after(.leaves, MachineStage.cancel, .cancelAnswered(MachineStage.shown(.canceled), round: 0))
    let end = shorts(stage.waitForIt())
    #expect(end.contains("tell stopped") && !end.contains("tell taken"), "\(end)")
    #expect(shorts(stage.feed(.event(MachineStage.task(.canceled)))).contains("tell taken"))
  }

  @Test func `more is to be expected of an agent that does not heed a cancel`() {
    for (state, milliseconds) in [(MachineStage.State.ended, 5000), (.deaf, 30_000)] as [(MachineStage.State, Int64)] {
      let stage = MachineStage.at(state)
      #expect(stage.machine.wakeAt.map { $0 - stage.now.steady } == milliseconds)
    }
  }

  @Test func `after a restart an agent has as long as before it to stop`() {
    let command = RunCommand(id: "c1", by: "kim", act: .cancel(why: nil))
    var memory = command.memory(seq: 2, since: 1_772_357_399_000)
    memory.isDelivered = true
    let open = RunCommands([memory], open: [.init(command: command, memory: memory, message: nil)])
    var stage = MachineStage(phase: .handedOver, state: .working, commands: open)
    #expect(shorts(stage.feed(.begin)).contains("cancel"))
    #expect(stage.machine.cancelling.deadline == stage.now.steady + 10_000)
  }

  @Test func `an agent that was paused while it waits for somebody has not been answered`() {
    var stage = MachineStage.at(.following, pauses: true)
      .after(
        .event(MachineStage.status(.inputRequired)), .closed, .event(MachineStage.task(.inputRequired)), .closed)
    let said = shorts(stage.feed(MachineStage.pausing)).compactMap { $0.hasPrefix("say ") ? $0.dropFirst(4) : nil }
    let told = shorts(stage.feed(.taken(messageID: said.map(String.init).first ?? "")))
    #expect(told == ["write verdict paused&memo", "tell paused"])
    #expect(stage.machine.phase.short == "waiting" && !stage.machine.isAnswered)
  }
}

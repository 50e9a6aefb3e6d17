import A2A
import Journal
import Testing

@testable import Gateway

/// A task that is given up before its agent has told of it.
@Suite struct AbandonedTaskTests {
  private func shorts(_ actions: [RunAction]) -> [String] { actions.map(\.short) }

  @Test func `it is looked for, and stopped where it is found at work`() {
    var stage = MachineStage.at(.sending)
    #expect(shorts(stage.waitForIt()) == ["hang up", "write event failed!", "tell ended failed TIMEOUT", "search"])
    #expect(shorts(stage.feed(.found(MachineStage.shown(.working)))) == ["cancel"])
    #expect(shorts(stage.feed(.cancelAnswered(MachineStage.shown(.canceled), round: 1))) == ["write note", "finish"])
    #expect(stage.machine.phase == .over)
  }

  @Test func `what the agent says to that is written down`() {
    var stage = MachineStage.at(.sending).afterItsTime()
    stage.feed(.found(MachineStage.shown(.working)))
    let actions = stage.feed(.cancelFailed(RunFault(.refused(.taskNotCancelable), "It is being written."), round: 1))
    guard case .write(let write)? = actions.first, let note = write.entries.first else {
      Issue.record("nothing was written")
      return
    }
    let text = String(decoding: note.payload, as: UTF8.self)
    #expect(text == #"{"note":"abandoned","agent":"agent","outcome":"It is being written."}"#)
  }

  @Test func `where nothing is found it is looked for once more, because the agent may be slow`() {
    var stage = MachineStage.at(.sending).afterItsTime()
    #expect(stage.feed(.found(nil)).isEmpty)
    #expect(shorts(stage.waitForIt()) == ["search"])
    var late = stage
    #expect(shorts(late.feed(.found(MachineStage.shown(.working)))) == ["cancel"])
    #expect(shorts(stage.feed(.found(nil))) == ["finish"])
  }

  @Test func `one that has ended by itself is left alone`() {
    var stage = MachineStage.at(.sending).afterItsTime()
    #expect(shorts(stage.feed(.found(MachineStage.shown(.completed)))) == ["finish"])
  }

  @Test func `an agent that cannot be asked is not asked again`() {
    var stage = MachineStage.at(.sending).afterItsTime()
    #expect(shorts(stage.feed(.failed(RunFault(.unreachable, "Nobody is there.")))) == ["finish"])
  }

  @Test func `an agent of A2A 0_3 cannot be asked`() {
    let stage = MachineStage(isCurrent: false)
      .after(.begin, .ready(AgentManner(streams: true, isCurrent: false)), .connected, .leaves)
    var over = stage
    #expect(shorts(over.waitForIt()).suffix(2) == ["tell ended failed TIMEOUT", "finish"])
  }
}

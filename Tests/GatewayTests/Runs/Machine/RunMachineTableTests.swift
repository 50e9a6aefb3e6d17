import A2A
import Testing

@testable import Gateway

/// Every state and every input. What is not in the table changes nothing.
@Suite struct RunMachineTableTests {
  static let inputs: [(String, RunInput)] = [
    ("begin", .begin), ("time", .time), ("cancel", MachineStage.cancel),
    ("another cancel", MachineStage.command(.cancel(why: "Twice."), id: "c2", by: "alex")),
    ("message", MachineStage.saying(MachineStage.more)), ("pause", MachineStage.pausing),
    ("resume", MachineStage.resuming), ("leave", .leave),
    ("ready", .ready(AgentManner(streams: true, isCurrent: true))), ("connected", .connected),
    ("leaves", .leaves),
    ("task", .event(MachineStage.task(.working))), ("working", .event(MachineStage.status(.working))),
    ("asks", .event(MachineStage.status(.inputRequired))), ("completed", .event(MachineStage.status(.completed))),
    ("piece", .event(MachineStage.piece("one", last: true))),
    ("answer", .event(.message(Message(id: "r", role: .agent, text: "Here.")))), ("closed", .closed),
    ("answered working", .answered(.task(MachineStage.shown(.working)))),
    ("answered asking", .answered(.task(MachineStage.shown(.inputRequired)))),
    ("answered done", .answered(.task(MachineStage.shown(.completed)))),
    ("answered message", .answered(.message(Message(id: "r", role: .agent, text: "Here.")))),
    ("shown working", .shown(MachineStage.shown(.working))),
    ("shown asking", .shown(MachineStage.shown(.inputRequired))),
    ("shown done", .shown(MachineStage.shown(.completed))),
    ("found", .found(MachineStage.shown(.working))), ("found nothing", .found(nil)),
    ("unreachable", .failed(RunFault(.unreachable, "Nobody is there."))),
    ("unwelcome", .failed(RunFault(.unwelcome, "Not you."))), ("lost", .failed(RunFault(.lost, "It was cut."))),
    ("slow", .failed(RunFault(.slow, "It took too long."))),
    ("not found", .failed(RunFault(.refused(.taskNotFound), "No such task."))),
    ("unsupported", .failed(RunFault(.refused(.unsupportedOperation), "Not here."))),
    ("breach", .failed(RunFault(.breach, "It broke the rules."))),
    ("late", .failed(RunFault(.late(MachineStage.status(.working)), "It went on."))),
    ("cancel left", .cancelLeft(round: 0)), ("cancelled", .cancelAnswered(MachineStage.shown(.canceled), round: 0)),
    ("cancel accepted", .cancelAnswered(MachineStage.shown(.working), round: 0)),
    ("cancel refused", .cancelFailed(MachineStage.no, round: 0)),
    ("cancel not found", .cancelFailed(RunFault(.refused(.taskNotFound), "No such task."), round: 0)),
    ("cancel lost", .cancelFailed(RunFault(.lost, "It was cut."), round: 0)),
    ("cancel unreachable", .cancelFailed(RunFault(.unreachable, "Nobody is there."), round: 0)),
    ("taken", .taken(messageID: "m2")), ("pause taken", .taken(messageID: "a1-c5")),
    ("not taken", .notTaken(messageID: "m2", RunFault(.refused(.invalidParams), "No."))),
  ]

  /// Where it comes to and what it wants done, for each input that changes something.
  static func outcomes(at state: MachineStage.State) -> [String: String] {
    var outcomes: [String: String] = [:]
    for (name, input) in inputs {
      var stage = MachineStage.at(state)
      let before = stage.machine.phase
      let actions: [RunAction]
      if case .time = input { actions = stage.waitForIt() } else { actions = stage.feed(input) }
      guard stage.machine.phase != before || !actions.isEmpty else { continue }
      outcomes[name] = ([stage.machine.phase.short + ":"] + actions.map(\.short)).joined(separator: ", ")
        .replacing(":,", with: ":")
    }
    return outcomes
  }

  @Test(arguments: MachineStage.State.allCases) func `each input does in each state what the table says`(
    _ state: MachineStage.State
  ) {
    let expected = RunMachineTable.rows[state] ?? [:]
    let outcomes = Self.outcomes(at: state)
    for (name, _) in Self.inputs {
      #expect(outcomes[name] == expected[name], "\(state) and \(name)")
    }
    #expect(Set(expected.keys).isSubset(of: Self.inputs.map(\.0)))
  }
}

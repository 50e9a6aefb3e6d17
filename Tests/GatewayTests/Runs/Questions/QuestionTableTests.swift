import A2A
import Testing

@testable import Gateway

/// Every state of a question and every input. What is not in the table changes nothing and answers nobody.
@Suite struct QuestionTableTests {
  static func inputs(at stage: QuestionStage) -> [(String, RunInput)] {
    [
      ("asks the same", .event(QuestionStage.ask())),
      ("asks something else", .event(QuestionStage.ask("a1-m2", form: nil))),
      ("says that it waits", .event(QuestionStage.ask(nil))),
      ("works", .event(MachineStage.status(.working))),
      ("completes", .event(MachineStage.status(.completed))),
      ("answer", QuestionStage.answer(by: "alex")),
      ("bad answer", QuestionStage.answer(#"{"cleared":"perhaps"}"#, by: "alex")),
      ("answer again", QuestionStage.answer(by: "kim")),
      ("other answer of the same id", QuestionStage.answer(#"{"cleared":"no"}"#, by: "kim")),
      ("message", QuestionStage.say("yes", by: "alex")),
      ("claim", QuestionStage.claim(by: "kim")),
      ("claim of another", QuestionStage.claim(by: "mia")),
      ("release", QuestionStage.release(by: "alex")),
      ("time", .time), ("taken", stage.taken), ("refused", stage.notTaken(.refused(.invalidParams))),
      ("lost", stage.notTaken(.lost)),
    ]
  }

  static func outcomes(at state: QuestionStage.State) -> [(name: String, outcome: String)] {
    let before = QuestionStage.at(state)
    return inputs(at: before).compactMap { name, input in
      var stage = before
      let actions: [RunAction]
      if case .time = input { actions = stage.turnToTime() } else { actions = stage.feed(input) }
      let words = actions.map(\.word).filter { !$0.hasPrefix("tell") && $0 != "finish" }
      guard !words.isEmpty || stage.question != before.question else { return nil }
      return (
        name, ([(stage.question?.short ?? "none") + ":"] + words).joined(separator: ", ").replacing(":,", with: ":")
      )
    }
  }

  @Test(arguments: QuestionStage.State.allCases) func `each input does in each state what the table says`(
    _ state: QuestionStage.State
  ) {
    let expected = QuestionTable.rows[state] ?? [:]
    let outcomes = Dictionary(uniqueKeysWithValues: Self.outcomes(at: state).map { ($0.name, $0.outcome) })
    for (name, _) in Self.inputs(at: QuestionStage.at(state)) {
      #expect(outcomes[name] == expected[name], "\(state) and \(name)")
    }
    #expect(Set(expected.keys).isSubset(of: Self.inputs(at: QuestionStage.at(state)).map(\.0)))
  }
}

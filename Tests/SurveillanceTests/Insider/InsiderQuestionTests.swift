import Surveillance
import Testing

@Suite struct InsiderQuestionTests {
  private func questions(_ change: (inout InsiderScene) -> Void) -> String {
    var scene = InsiderScene()
    scene.setTrader { $0.access = .medium }
    change(&scene)
    return scene.assessment.questions.map(\.kind.rawValue).joined(separator: " ")
  }

  @Test func `whether a trade was cleared is asked where it could have been`() {
    #expect(questions { _ in } == "preclearance")
    #expect(questions { $0.setTrader { $0.permission = .executionOnly } } == "preclearance")
    #expect(questions { $0.setTrader { $0.permission = .none } } == "")
    #expect(questions { $0.setPlan() } == "")
    #expect(questions { $0.setPlan(most: 1) } == "preclearance")
  }

  @Test func `contact with an insider is asked where access is unclear`() {
    #expect(questions { $0.setTrader { $0.access = .low } } == "preclearance insider_contact")
    #expect(questions { $0.setTrader { $0.access = .none } } == "preclearance insider_contact")
    #expect(questions { $0.setTrader { $0.access = .high } } == "preclearance")
    #expect(questions { $0.facts.profile.trader = nil } == "preclearance insider_contact")
    #expect(questions { $0.link() } == "preclearance insider_contact")
    #expect(questions { $0.link(degree: 3) } == "preclearance")
    #expect(questions { $0.coordinate() } == "preclearance insider_contact")
    #expect(
      questions {
        $0.putOnInsiderList()
        $0.setTrader { $0.access = .none }
      } == "preclearance")
  }
}

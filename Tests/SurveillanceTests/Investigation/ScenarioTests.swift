import JSON
import Surveillance
import Testing

/// Every scenario from raw files to the decision: the alert as XML, the reference data as CSV. The scores are frozen; several lie close to a
/// threshold on purpose.
@Suite struct ScenarioTests {
  private static let world = World(seed: 9, trades: 4_000)
  private static let reference = Result { try load(world) { $0 } }

  /// Reads a world's files as an agent does.
  private static func load(_ world: World, order: ([Substring]) -> [Substring]) throws -> ReferenceData {
    let tables = world.complete
    var loader = ReferenceLoader()
    for file in ReferenceFile.allCases {
      let text = String(decoding: tables.bytes(of: file), as: UTF8.self)
      let lines = text.split(separator: "\n")
      try loader.begin(file)
      try loader.take(Array(([lines[0]] + order(Array(lines.dropFirst()))).joined(separator: "\n").utf8))
      try loader.end()
    }
    return try loader.finish()
  }

  private static func investigate(
    _ scenario: Scenario, _ reference: ReferenceData
  ) async throws -> (alert: Alert, gathered: Investigation.Gathered) {
    let alerts = try AlertParser.parse(Array(scenario.alert.utf8))
    let alert = try #require(alerts.first)
    #expect(alerts.count == 1 && alert.kinds == [scenario.kind])
    let gathered = try await Investigation(alert, reference, .standard).gather(scenario.kind, with: PlainRunner())
    return (alert, gathered)
  }

  private static func outcome(_ judgement: Judgement) -> String {
    "\(judgement.determination.rawValue) \(judgement.opinion.genuine)/\(judgement.opinion.falsePositive)"
  }

  private static func text(_ outcome: Scenario.Outcome) -> String {
    "\(outcome.determination.rawValue) \(outcome.genuine)/\(outcome.falsePositive)"
  }

  @Test(arguments: Scenario.all.map(\.id))
  func `the decision is the expected one, and so is what people are asked`(id: String) async throws {
    let scenario = try #require(Scenario.named(id))
    let (_, gathered) = try await Self.investigate(scenario, Self.reference.get())
    let assessment = gathered.assess([:])
    let judgement = Judgement.make(assessment, policy: .standard)
    let gaps = assessment.gaps.map(\.statement).joined(separator: " ")
    #expect(Self.outcome(judgement) == Self.text(scenario.expected), "\(gaps)")
    #expect(judgement.recommendedAction.rawValue == scenario.action.rawValue)
    let questions = Judgement.questionsToAsk(assessment, answers: [], policy: .standard) { answer in
      gathered.assess([answer.subject ?? "": answer.answer])
    }
    #expect(questions.map(\.kind) == scenario.questions)
    if case .wash(let section) = assessment.section, let pattern = scenario.pattern {
      #expect(section.pattern == pattern)
    }
  }

  @Test(arguments: Scenario.all.filter { !$0.answered.isEmpty }.map(\.id))
  func `each answer has its effect`(id: String) async throws {
    let scenario = try #require(Scenario.named(id))
    let (_, gathered) = try await Self.investigate(scenario, Self.reference.get())
    for answered in scenario.answered {
      let answer = HumanAnswer(
        answered.question, subject: answered.subject, answer: answered.answer, by: "ada", at: Instant(milliseconds: 0))
      let owners = answered.subject.map { [$0: answered.answer] } ?? [:]
      let judgement = Judgement.make(gathered.assess(owners), answers: [answer], policy: .standard)
      #expect(Self.outcome(judgement) == Self.text(answered.outcome), "\(answered.answer)")
    }
  }

  @Test func `nobody's answer leaves the alert to a person, and is a gap`() async throws {
    let scenario = try #require(Scenario.all.first { $0.questions == [.preclearance] })
    let (_, gathered) = try await Self.investigate(scenario, Self.reference.get())
    let none = HumanAnswer(.preclearance, answer: HumanAnswer.unknown, by: nil, at: Instant(milliseconds: 0))
    let judgement = Judgement.make(gathered.assess([:]), answers: [none], policy: .standard)
    #expect(judgement.determination == .needsHumanReview)
    #expect(judgement.gaps.contains { $0.statement.contains("answer") })
  }

  @Test func `the order of the rows does not matter, and the same input gives the same bytes`() async throws {
    let reversed = try Self.load(Self.world) { $0.reversed() }
    for scenario in Scenario.all {
      var documents: [[UInt8]] = []
      for reference in [try Self.reference.get(), reversed] {
        let (alert, gathered) = try await Self.investigate(scenario, reference)
        let judgement = Judgement.make(gathered.assess([:]), policy: .standard)
        let decision = Decision(
          alert, judgement, precedents: .standard, .init(id: "D", at: Instant(milliseconds: 1_790_000_000_000)))
        documents.append(decision.json + Array(decision.page.utf8) + judgement.assessment.figures.json)
      }
      #expect(documents[0].count > 1_000 && documents[0] == documents[1], "\(scenario.id)")
    }
  }
}

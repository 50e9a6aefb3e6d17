import JSON
import Surveillance
import Testing

@Suite struct NarrativeTests {
  static let decisions: [(String, Decision)] = [
    ("undecided", Samples.decision()),
    ("cleared", Samples.decision(answers: [Samples.answer(.preclearance, "yes_verified", by: "a.b2")])),
    ("not cleared", Samples.decision(answers: [Samples.answer(.preclearance, "no_or_denied")])),
    ("unanswered", Samples.decision(answers: [Samples.answer(.preclearance, "unknown", by: nil)])),
    ("partly exempt", Samples.decision(Samples.lapsedMarketMaker())),
    (
      "exempt",
      Samples.decision(Samples.lapsedMarketMaker(), answers: [Samples.answer(.marketMakerStatus, "renewal_proven")])
    ),
    ("nothing known", Samples.decision(Samples.assessment(suspicion: 0, mitigation: 0))),
    ("gaps", Samples.decision(Samples.assessment(suspicion: 0, mitigation: 400, gaps: 3))),
    (
      "barred",
      Samples.decision(
        {
          var assessment = Samples.assessment(suspicion: 3, mitigation: 300)
          assessment.hardFlags = ["I1"]
          return assessment
        }())
    ),
  ]

  @Test(arguments: decisions.indices) func `every number of the reasoning says which tool it comes from`(index: Int) {
    let (name, decision) = Self.decisions[index]
    for text in decision.narrative.paragraphs + decision.findings.key + decision.findings.favorable
      + decision.findings.mitigating + decision.findings.mismatches
    {
      for case .text(let words) in text.pieces {
        let numbers = words.filter(\.isNumber)
        #expect(numbers == "", "\(name): \(words)")
      }
    }
  }

  @Test func `a number that its sentence does not cite is that of the indicator's tool`() throws {
    let finding = try #require(Samples.decision().findings.key.first { $0.plain.contains("14 days") })
    #expect(
      finding.pieces == [.text("No news of the "), .fact("14", .marketNews), .text(" days before points that way.")])
  }

  @Test(arguments: decisions.indices) func `the reasoning has two to four paragraphs of whole sentences`(index: Int) {
    let (name, decision) = Self.decisions[index]
    let narrative = decision.narrative
    #expect((2...4).contains(narrative.paragraphs.count), "\(name)")
    #expect(narrative.plain.count >= 100)
    for paragraph in narrative.paragraphs {
      let text = paragraph.plain
      #expect(text.first?.isUppercase == true && (text.hasSuffix(".") || text.hasSuffix("?")), "\(name): \(text)")
      #expect(!text.contains("  ") && !text.contains(" ."), "\(name): \(text)")
    }
    #expect((1...10).contains(decision.findings.key.count))
  }

  @Test(arguments: decisions.indices) func `the check of numbers accepts our own words`(index: Int) throws {
    let (_, decision) = Self.decisions[index]
    try NumberCheck(facts: decision.facts).check(decision.narrative.plain)
    for text in decision.findings.key { try NumberCheck(facts: decision.facts).check(text.plain) }
  }

  @Test func `it says the advice, the figures, the rule and that it accuses nobody`() {
    let text = Samples.decision(answers: [Samples.answer(.preclearance, "no_or_denied")]).narrative.plain
    #expect(text.contains("On alert AL-2026-0017, the advice is to escalate the alert."))
    #expect(
      text.contains("Of 100, the evidence gives 73 to a genuine alert and 20 to a false positive; 7 are uncertain."))
    #expect(text.contains("A genuine alert is escalated from 70 on."))
    #expect(text.contains("accuses nobody"))
    #expect(text.contains("So j.okafor has answered."))
  }

  @Test func `the weightiest findings come first, and what took weight is named`() {
    let decision = Samples.decision(answers: [Samples.answer(.preclearance, "yes_verified")])
    #expect(decision.findings.key.first?.plain == "The order was 4.2 times the usual size of the trader.")
    #expect(decision.findings.favorable.first?.plain.hasPrefix("Compliance had cleared") == true)
    #expect(decision.findings.mitigating.count == 1)
    #expect(decision.findings.mitigating.first?.plain.hasPrefix("“Clearance beforehand” takes weight from") == true)
    #expect(decision.findings.key.last?.plain == "The alert says 36 hours, and the data says 18.")
  }

  @Test func `ten findings are the most`() {
    var assessment = Samples.assessment(suspicion: 10, mitigation: 0)
    assessment.evidence = (1...13).map { Samples.evidence("I\($0)", .suspicion, Double($0)) }
    let decision = Samples.decision(assessment)
    #expect(decision.findings.key.count == 10)
    #expect(decision.findings.key.first?.plain == "The indicator gives 13.0 points.")
    #expect(decision.narrative.plain.contains("Weaker indicators point the same way."))
  }

  @Test func `provisions are named for what stays open, and Singapore's is the right one`() {
    var wash = Samples.lapsedMarketMaker()
    let flags = Samples.decision(wash).regulatoryFlags
    #expect(flags.contains { $0.contains("197(2)(a)") && $0.contains("rebuttable") })
    #expect(!flags.contains { $0.contains("199") })
    #expect(!flags.contains { $0.contains("16(2)") })
    wash.reviewReason = nil
    #expect(Samples.decision(wash).regulatoryFlags.contains { $0.contains("16(2)") })
    #expect(Samples.decision(Samples.assessment(suspicion: 0, mitigation: 90)).regulatoryFlags == [])
  }
}

import Surveillance
import Testing

@Suite struct JudgementTests {
  /// 70 of 100: S = 28, M = 0, U = 12.
  @Test(arguments: [
    (28.0, 0.0, 0, 70, Determination.escalate), (26.5, 0, 0, 69, .needsHumanReview),
    (46.66, 0, 1, 70, .escalate), (46.6, 0, 1, 70, .escalate), (45.5, 0, 1, 69, .needsHumanReview),
    // With two gaps it takes 80: U = 28.
    (112, 0, 2, 80, .escalate), (105, 0, 2, 79, .needsHumanReview), (66, 0, 2, 70, .needsHumanReview),
    (0, 28, 0, 0, .close), (0, 26.5, 0, 0, .needsHumanReview), (0, 47, 1, 0, .close),
    (0, 400, 2, 0, .needsHumanReview), (0, 0, 0, 0, .needsHumanReview),
  ])
  func `the thresholds decide at their edges`(
    suspicion: Double, mitigation: Double, gaps: Int, genuine: Int, expected: Determination
  ) {
    let judgement = Judgement.make(
      Samples.assessment(suspicion: suspicion, mitigation: mitigation, gaps: gaps), policy: .standard)
    #expect(judgement.opinion.genuine == genuine)
    #expect(judgement.determination == expected)
  }

  @Test(arguments: [(0.0, 26.5, 69), (0, 28, 70), (10, 12, 35), (12, 12, 33), (100, 100, 47)])
  func `false positives are rounded like genuine ones`(suspicion: Double, mitigation: Double, expected: Int) {
    let opinion = Judgement.make(
      Samples.assessment(suspicion: suspicion, mitigation: mitigation), policy: .standard
    ).opinion
    #expect(opinion.falsePositive == expected)
    #expect(opinion.genuine + opinion.falsePositive + opinion.uncertainty == 100)
  }

  @Test func `halves go up`() {
    // 12.5 of 100 exactly: S = 12, M = 72, U = 12.
    #expect(Judgement.make(Samples.assessment(suspicion: 12, mitigation: 72), policy: .standard).opinion.genuine == 13)
  }

  @Test func `a hard flag bars closing`() {
    var assessment = Samples.assessment(suspicion: 0, mitigation: 100)
    #expect(Judgement.make(assessment, policy: .standard).determination == .close)
    assessment.hardFlags = ["I1"]
    let judgement = Judgement.make(assessment, policy: .standard)
    #expect(judgement.determination == .needsHumanReview)
    #expect(judgement.reason == .hardFlag(["I1"]))
  }

  @Test func `a reason to review bars every advice until an answer settles it`() {
    let assessment = Samples.lapsedMarketMaker()
    let before = Judgement.make(assessment, policy: .standard)
    #expect(before.opinion.genuine == 72)
    #expect(before.opinion.falsePositive == 17)
    #expect(before.determination == .needsHumanReview)
    let unknown = Judgement.make(
      assessment, answers: [Samples.answer(.marketMakerStatus, "unknown")], policy: .standard)
    #expect(unknown.determination == .needsHumanReview)
    let settled = Judgement.make(
      assessment, answers: [Samples.answer(.marketMakerStatus, "not_licensed")], policy: .standard)
    #expect(settled.determination == .escalate)
  }

  @Test func `review asks for data where there is a gap, and else for watching`() {
    #expect(
      Judgement.make(Samples.assessment(suspicion: 10, mitigation: 10), policy: .standard).recommendedAction == .monitor
    )
    let gap = Judgement.make(Samples.assessment(suspicion: 10, mitigation: 10, gaps: 1), policy: .standard)
    #expect(gap.recommendedAction == .requestMoreData)
    #expect(
      Judgement.make(Samples.assessment(suspicion: 90, mitigation: 0), policy: .standard).recommendedAction == .escalate
    )
    #expect(
      Judgement.make(Samples.assessment(suspicion: 0, mitigation: 90), policy: .standard).recommendedAction == .close)
  }

  @Test func `the policy's figures are the ones that count`() {
    let assessment = Samples.assessment(suspicion: 28, mitigation: 0)
    let strict = Policy(version: "2", values: [PolicyKey.escalateAt.name: 70.5])
    #expect(Judgement.make(assessment, policy: strict).determination == .needsHumanReview)
    let doubtful = Policy(version: "2", values: [PolicyKey.priorDoubt.name: 28])
    #expect(Judgement.make(assessment, policy: doubtful).opinion.genuine == 50)
    let gaps = Samples.assessment(suspicion: 28, mitigation: 0, gaps: 1)
    let lenient = Policy(version: "2", values: [PolicyKey.doubtPerGap.name: 0])
    #expect(Judgement.make(gaps, policy: lenient).determination == .escalate)
  }

  @Test func `of two analyses the graver advice counts`() {
    #expect(Determination.combined([.close, .escalate]) == .escalate)
    #expect(Determination.combined([.close, .needsHumanReview]) == .needsHumanReview)
    #expect(Determination.combined([.close, .close]) == .close)
    #expect(Determination.combined([]) == nil)
  }

  @Test func `confidence is that of the side which the advice takes`() {
    #expect(Judgement.make(Samples.assessment(suspicion: 90, mitigation: 10), policy: .standard).confidence == 80)
    #expect(Judgement.make(Samples.assessment(suspicion: 10, mitigation: 90), policy: .standard).confidence == 80)
    #expect(Judgement.make(Samples.assessment(suspicion: 10, mitigation: 20), policy: .standard).confidence == 48)
  }
}

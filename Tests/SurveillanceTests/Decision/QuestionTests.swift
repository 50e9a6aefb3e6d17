import Surveillance
import Testing

/// What each answer does to the figures, exactly.
@Suite struct AnswerEffectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: OpenQuestion.Kind
    let answer: String
    /// Points that the answer's own evidence gives.
    let suspicion: Double
    let mitigation: Double
    /// What is left of each indicator that is weakened.
    let factors: [String: Double]
    var testDescription: String { "\(kind.rawValue): \(answer)" }
  }

  static let washes = ["W1", "W2", "W3", "W4", "W5"]
  static let cases = [
    Case(
      kind: .preclearance, answer: "yes_verified", suspicion: 0, mitigation: 80,
      factors: ["I4": 0.5, "I7": 0.5, "I8": 0.5, "I9": 0.5, "I11": 0.5]),
    Case(kind: .preclearance, answer: "no_or_denied", suspicion: 80, mitigation: 0, factors: [:]),
    Case(kind: .insiderContact, answer: "contact_confirmed", suspicion: 80, mitigation: 0, factors: [:]),
    Case(kind: .insiderContact, answer: "none_found", suspicion: 0, mitigation: 25, factors: [:]),
    Case(
      kind: .decisionMaker, answer: "one_person", suspicion: 80, mitigation: 0,
      factors: ["X2": 0.25, "X3": 0.25, "X4": 0.25, "X6": 0.25]),
    Case(kind: .decisionMaker, answer: "independent_evidenced", suspicion: 0, mitigation: 80, factors: [:]),
    Case(kind: .marketMakerStatus, answer: "not_licensed", suspicion: 40, mitigation: 0, factors: ["X1": 0.25]),
    Case(
      kind: .strategies, answer: "independent", suspicion: 0, mitigation: 80,
      factors: Dictionary(uniqueKeysWithValues: washes.map { ($0, 0.5) })),
    Case(kind: .strategies, answer: "same_trader", suspicion: 80, mitigation: 0, factors: ["X9": 0.25]),
  ]

  /// Every indicator that there is, ten points each.
  static func everything(_ kind: AlertKind) -> Assessment {
    let isInsider = kind == .insiderTrading
    var assessment = Assessment(
      kind: kind, section: isInsider ? .insider(InsiderSection()) : .wash(WashSection()))
    let names =
      isInsider
      ? (1...13).map { "I\($0)" } + (1...9).map { "M\($0)" } : (1...8).map { "W\($0)" } + (1...9).map { "X\($0)" }
    assessment.evidence = names.map { name in
      Samples.evidence(name, name.hasPrefix("I") || name.hasPrefix("W") ? .suspicion : .mitigation, 10)
    }
    return assessment
  }

  @Test(arguments: cases) func `an answer gives its points and weakens what it defeats`(_ given: Case) throws {
    let isInsider = [.preclearance, .insiderContact].contains(given.kind)
    let assessment = Self.everything(isInsider ? .insiderTrading : .washTrade)
    let judgement = Judgement.make(assessment, answers: [Samples.answer(given.kind, given.answer)], policy: .standard)
    let own = judgement.scored.filter { $0.evidence.indicator == given.kind.rawValue }
    let side: Evidence.Side = given.suspicion > 0 ? .suspicion : .mitigation
    #expect(own.count == 1)
    let first = try #require(own.first)
    #expect(first.evidence.side == side)
    #expect(first.points.value == max(given.suspicion, given.mitigation))
    #expect(first.evidence.tool == .humanInput)
    for item in judgement.scored where item.evidence.indicator != given.kind.rawValue {
      let factor = given.factors[item.evidence.indicator] ?? 1
      #expect(item.points.value == 10 * factor, "\(item.evidence.indicator)")
      #expect(item.rawPoints.value == 10)
      #expect(item.defeatedBy == (factor < 1 ? [given.kind.rawValue] : []))
    }
    #expect(judgement.gaps.isEmpty)
  }

  @Test func `a proven renewal makes the exemption whole and weakens what it defeats`() throws {
    let answers = [Samples.answer(.marketMakerStatus, "renewal_proven")]
    let judgement = Judgement.make(Samples.lapsedMarketMaker(), answers: answers, policy: .standard)
    let exemption = judgement.scored.filter { $0.evidence.indicator == "X1" }
    #expect(exemption.map(\.points.value) == [70])
    for item in judgement.scored where Self.washes.contains(item.evidence.indicator) {
      #expect(item.factor == 0.15)
      #expect(item.defeatedBy == ["X1"])
    }
    #expect(judgement.opinion.genuine == 16)
    #expect(judgement.opinion.falsePositive == 72)
    #expect(judgement.determination == .close)
  }

  @Test func `a lapsed licence that was not renewed escalates`() {
    let answers = [Samples.answer(.marketMakerStatus, "not_licensed")]
    let judgement = Judgement.make(Samples.lapsedMarketMaker(), answers: answers, policy: .standard)
    #expect(judgement.opinion.genuine == 88)
    #expect(judgement.opinion.falsePositive == 4)
  }

  @Test func `factors of several defeats multiply`() throws {
    var assessment = Self.everything(.washTrade)
    assessment.defeats = [Defeat(by: "X9", of: Set(Self.washes), factor: 0.5)]
    let judgement = Judgement.make(
      assessment, answers: [Samples.answer(.strategies, "independent")], policy: .standard)
    let first = try #require(judgement.scored.first { $0.evidence.indicator == "W1" })
    #expect(first.factor == 0.25)
    #expect(first.defeatedBy == ["X9", "strategies"])
  }

  @Test(arguments: OpenQuestion.Kind.allCases)
  func `no answer, an unknown one and a strange one are gaps and change no figure`(kind: OpenQuestion.Kind) {
    let isInsider = [.preclearance, .insiderContact].contains(kind)
    let assessment = Self.everything(isInsider ? .insiderTrading : .washTrade)
    let before = Judgement.make(assessment, policy: .standard)
    var answers = [Samples.answer(kind, "unknown"), Samples.answer(kind, "unknown", by: nil)]
    if kind != .ownerOfAccount { answers.append(Samples.answer(kind, "perhaps")) }
    for answer in answers {
      let judgement = Judgement.make(assessment, answers: [answer], policy: .standard)
      #expect(judgement.opinion == before.opinion)
      #expect(judgement.gaps.map(\.source) == ["no answer"])
      #expect(judgement.recommendedAction == .requestMoreData)
    }
  }

  @Test func `only the first answer to a question counts, and only in its own kind of analysis`() {
    let assessment = Self.everything(.insiderTrading)
    let before = Judgement.make(assessment, policy: .standard)
    let foreign = Judgement.make(assessment, answers: [Samples.answer(.strategies, "same_trader")], policy: .standard)
    #expect(foreign.opinion == before.opinion)
    #expect(foreign.answers.isEmpty)
    let twice = Judgement.make(
      assessment,
      answers: [Samples.answer(.preclearance, "yes_verified"), Samples.answer(.preclearance, "no_or_denied")],
      policy: .standard)
    #expect(twice.answers.map(\.answer) == ["yes_verified"])
    var other = Samples.answer(.preclearance, "yes_verified")
    other.subject = "A-1"
    let again = Judgement.make(
      assessment, answers: [Samples.answer(.preclearance, "yes_verified"), other], policy: .standard)
    #expect(again.opinion == twice.opinion)
    #expect(twice.opinion.suspicion < before.opinion.suspicion)
  }
}

@Suite struct QuestionsToAskTests {
  private func ask(_ assessment: Assessment, _ answers: [HumanAnswer] = []) -> [OpenQuestion.Kind] {
    Judgement.questionsToAsk(assessment, answers: answers, policy: .standard).map(\.kind)
  }

  @Test func `what could move the advice is asked`() {
    #expect(ask(Samples.undecidedInsider()) == [.preclearance, .insiderContact])
    #expect(ask(Samples.lapsedMarketMaker()) == [.marketMakerStatus])
  }

  @Test func `nothing is asked when the advice stands`() {
    var assessment = Samples.undecidedInsider()
    assessment.evidence.append(Samples.evidence("I1", .suspicion, 300))
    #expect(ask(assessment) == [])
  }

  @Test func `nothing is asked that could not move the advice`() {
    var assessment = Samples.undecidedInsider()
    // Both sides so heavy that 80 points more decide nothing.
    assessment.evidence.append(Samples.evidence("I1", .suspicion, 500))
    assessment.evidence.append(Samples.evidence("M9", .mitigation, 500))
    #expect(Judgement.make(assessment, policy: .standard).determination == .needsHumanReview)
    #expect(ask(assessment) == [])
  }

  @Test func `a hard flag leaves only the answers that escalate`() {
    var assessment = Samples.assessment(suspicion: 5, mitigation: 120)
    assessment.hardFlags = ["I1"]
    assessment.questions = [OpenQuestion(.preclearance, why: "No record.")]
    #expect(ask(assessment) == [])
  }

  @Test func `a question is asked once, and two at most`() {
    var assessment = Samples.undecidedInsider()
    assessment.questions += assessment.questions
    #expect(ask(assessment) == [.preclearance, .insiderContact])
    let first = [Samples.answer(.preclearance, "unknown", by: nil)]
    #expect(ask(assessment, first) == [.insiderContact])
    #expect(ask(assessment, first + [Samples.answer(.insiderContact, "unknown")]) == [])
    var owners = Samples.lapsedMarketMaker()
    owners.questions += ["A-1", "A-2", "A-3"].map { OpenQuestion(.ownerOfAccount, subject: $0, why: "Not known.") }
    #expect(ask(owners) == [.marketMakerStatus, .ownerOfAccount])
    let status = [Samples.answer(.marketMakerStatus, "unknown")]
    #expect(ask(owners, status) == [.ownerOfAccount])
    var owner = Samples.answer(.ownerOfAccount, "unknown")
    owner.subject = "A-1"
    #expect(ask(owners, status + [owner]) == [])
    let next = Judgement.questionsToAsk(owners, answers: [owner], policy: .standard)
    #expect(next.map(\.id) == ["mm_status"])
    owners.questions.removeFirst()
    let others = Judgement.questionsToAsk(owners, answers: [owner], policy: .standard)
    #expect(others.map(\.id) == ["owner_of_account:A-2"])
  }

  @Test func `an answer that settles it ends the asking`() {
    #expect(ask(Samples.undecidedInsider(), [Samples.answer(.preclearance, "yes_verified")]) == [])
  }

  @Test func `an owner is asked for only if some owner would change the advice`() {
    var assessment = Samples.lapsedMarketMaker()
    assessment.reviewReason = nil
    assessment.evidence = [Samples.evidence("W3", .suspicion, 10)]
    assessment.questions = [OpenQuestion(.ownerOfAccount, subject: "A-2", why: "Not known.")]
    func kinds(_ reassess: @escaping (HumanAnswer) -> Assessment) -> [OpenQuestion.Kind] {
      Judgement.questionsToAsk(assessment, answers: [], policy: .standard, reassess: reassess).map(\.kind)
    }
    #expect(kinds { _ in assessment } == [])
    let tried = kinds { answer in
      var other = assessment
      if answer.answer == "O-1" { other.evidence.append(Samples.evidence("W1", .suspicion, 35)) }
      return other
    }
    #expect(tried == [.ownerOfAccount])
  }

  @Test func `a question says what it asks, why, and what comes of no answer`() throws {
    let questions = Judgement.questionsToAsk(Samples.undecidedInsider(), answers: [], policy: .standard)
    let question = try #require(questions.first)
    #expect(question.id == "preclearance")
    #expect(question.prompt == "Did compliance clear this trade before it was made?")
    #expect(question.why.plain == "The data has no record of clearances.")
    #expect(question.options.map(\.id) == ["yes_verified", "no_or_denied", "unknown"])
    #expect(question.defaultAnswer == "unknown")
    #expect(question.consequence.hasSuffix("."))
    #expect(question.accepts("yes_verified"))
    #expect(question.accepts("unknown"))
    #expect(!question.accepts("yes"))
    #expect(!question.accepts(""))
  }

  @Test func `an owner may be one of those known, or any other id`() {
    let open = OpenQuestion(.ownerOfAccount, subject: "A-77", why: "Not known.")
    let question = Question(open, in: Samples.lapsedMarketMaker().section)
    #expect(question.id == "owner_of_account:A-77")
    #expect(question.prompt == "Who is the ultimate owner of account A-77?")
    #expect(question.options.map(\.id) == ["O-1", "unknown"])
    #expect(question.options.map(\.label) == ["Harbour Making (O-1)", "It is not known"])
    #expect(question.accepts("O-99"))
    #expect(!question.accepts("O 99"))
    #expect(!question.accepts(String(repeating: "9", count: 65)))
  }
}

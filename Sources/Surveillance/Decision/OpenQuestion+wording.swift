extension OpenQuestion.Kind {
  /// The analyses in which it is asked.
  var alertKind: AlertKind {
    switch self {
    case .preclearance, .insiderContact: .insiderTrading
    case .decisionMaker, .marketMakerStatus, .strategies, .ownerOfAccount: .washTrade
    }
  }

  /// What the evidence from its answer is called.
  var title: String {
    switch self {
    case .preclearance: "Clearance beforehand"
    case .insiderContact: "Contact with an insider"
    case .decisionMaker: "Who decides for the accounts"
    case .marketMakerStatus: "The market maker's licence"
    case .strategies: "Independence of the strategies"
    case .ownerOfAccount: "The account's owner"
    }
  }

  func prompt(_ subject: String?) -> String {
    switch self {
    case .preclearance: "Did compliance clear this trade before it was made?"
    case .insiderContact: "Did the trader have contact with a holder of inside information before the trade?"
    case .decisionMaker: "Who decides about trades of the accounts on both sides?"
    case .marketMakerStatus: "Is the market maker's exemption in force for these trades?"
    case .strategies: "Do the two strategies trade independently of each other?"
    case .ownerOfAccount: "Who is the ultimate owner of account \(subject ?? "in question")?"
    }
  }

  /// The answers with an effect; ``AnswerOption/unknown`` comes behind them.
  var options: [AnswerOption] {
    switch self {
    case .preclearance: Self.preclearanceOptions
    case .insiderContact: Self.contactOptions
    case .decisionMaker: Self.decisionMakerOptions
    case .marketMakerStatus: Self.marketMakerOptions
    case .strategies: Self.strategiesOptions
    case .ownerOfAccount: []
    }
  }

  private static var preclearanceOptions: [AnswerOption] {
    [
      AnswerOption(
        "yes_verified", "Yes, and the clearance was checked",
        finding: "Compliance had cleared the trade beforehand, and the clearance was checked.",
        [
          .points(.mitigation, .preclearancePoints),
          .defeat(["I4", "I7", "I8", "I9", "I11"], .preclearanceFactor),
        ]),
      AnswerOption(
        "no_or_denied", "No, or it was refused",
        finding: "The trade had not been cleared beforehand, or the clearance had been refused.",
        [.points(.suspicion, .preclearancePoints)]),
    ]
  }

  private static var contactOptions: [AnswerOption] {
    [
      AnswerOption(
        "contact_confirmed", "Yes, contact is confirmed",
        finding: "Contact with a holder of inside information before the trade is confirmed.",
        [.points(.suspicion, .contactPoints)]),
      AnswerOption(
        "none_found", "No contact was found",
        finding: "A search found no contact with a holder of inside information before the trade.",
        [.points(.mitigation, .noContactPoints)]),
    ]
  }

  private static var decisionMakerOptions: [AnswerOption] {
    [
      AnswerOption(
        "one_person", "One person decides for both sides",
        finding: "One person decides about the trades of both sides.",
        [
          .points(.suspicion, .decisionMakerPoints), .defeat(["X2", "X3", "X4", "X6"], .decisionMakerFactor),
        ]),
      AnswerOption(
        "independent_evidenced", "Independent people decide, with evidence of it",
        finding: "Independent people decide about the trades of the two sides, and there is evidence of it.",
        [.points(.mitigation, .decisionMakerPoints)]),
    ]
  }

  private static var marketMakerOptions: [AnswerOption] {
    [
      AnswerOption(
        "renewal_proven", "Yes, a renewal or the missing proof was shown",
        finding: "The market maker's exemption is proven in full.", [.fullExemption]),
      AnswerOption(
        "not_licensed", "No, there was no licence at the time",
        finding: "There was no licence as a market maker at the time.",
        [.points(.suspicion, .noLicencePoints), .defeat(["X1"], .noLicenceFactor)]),
    ]
  }

  private static var strategiesOptions: [AnswerOption] {
    [
      AnswerOption(
        "independent", "Yes, they are independent",
        finding: "The two strategies trade independently of each other.",
        [
          .points(.mitigation, .strategiesPoints), .defeat(["W1", "W2", "W3", "W4", "W5"], .independentFactor),
        ]),
      AnswerOption(
        "same_trader", "No, one trader steers both",
        finding: "One trader steers both strategies.",
        [.points(.suspicion, .strategiesPoints), .defeat(["X9"], .sameTraderFactor)]),
    ]
  }
}

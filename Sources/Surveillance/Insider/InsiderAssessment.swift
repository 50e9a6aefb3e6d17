/// Facts about an alert of insider trading as evidence, gaps and questions. It decides nothing.
package enum InsiderAssessment {
  package static func assess(_ alert: Alert, _ facts: InsiderFacts, _ policy: Policy) -> Assessment {
    guard let position = FlaggedPosition(alert) else { return withoutTrades }
    let subject = InsiderCase(alert: alert, position: position, facts: facts, policy: policy)
    var assessment = Assessment(kind: .insiderTrading, section: .insider(subject.section))
    assessment.evidence = subject.indicators
    assessment.defeats = subject.defeats
    assessment.gaps = subject.gaps
    assessment.mismatches = subject.mismatches
    assessment.hardFlags = subject.hardFlags
    assessment.questions = subject.questions
    assessment.figures = subject.figures
    return assessment
  }

  /// Nothing can be said of an alert that holds no trade; it must not look harmless for that.
  private static var withoutTrades: Assessment {
    var assessment = Assessment(kind: .insiderTrading, section: .insider(InsiderSection()))
    assessment.gaps = [DataGap("trades", "The alert holds no trade that could be looked into.", isMandatory: true)]
    return assessment
  }
}

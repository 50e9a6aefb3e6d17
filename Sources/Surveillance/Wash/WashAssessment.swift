/// What the facts mean for an alert about wash trades: the indicators, what defeats them, what is missing, and what to show.
package enum WashAssessment {
  /// - Parameter owners: account → owner, as people have named them.
  package static func assess(
    _ alert: Alert, _ facts: WashFacts, owners: [String: String] = [:], _ policy: Policy
  ) -> Assessment {
    let picture = WashPicture(alert, facts, named: owners, policy)
    let mitigation = WashMitigation(picture: picture)
    let open = WashOpenPoints(picture: picture)
    var assessment = Assessment(kind: .washTrade, section: .wash(WashSectionWriter(picture: picture).section))
    assessment.evidence = WashSuspicion(picture: picture).evidence + mitigation.evidence
    assessment.defeats = mitigation.defeats
    assessment.gaps = open.gaps
    assessment.mismatches = open.mismatches
    assessment.reviewReason = open.exemptionIsOpen?.plain
    assessment.questions = open.questions
    assessment.figures = WashFigures(picture: picture).figures
    return assessment
  }
}

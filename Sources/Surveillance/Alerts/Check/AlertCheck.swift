/// What is odd about an alert, found by comparing it with itself and with what is known. None of it ends an analysis.
package struct AlertFindings: Sendable, Equatable {
  /// Where the alert says other than its own trades or the reference data. Whole sentences.
  package var mismatches: [CitedText] = []
  /// Never mandatory: the tools that need what is missing count it themselves.
  package var gaps: [DataGap] = []

  package init() {}
}

package enum AlertCheck {
  package static func findings(_ alert: Alert, _ reference: ReferenceData) -> AlertFindings {
    var comparison = AlertComparison(alert, reference)
    for trade in alert.trades { comparison.check(trade) }
    comparison.checkWhole()
    return comparison.findings
  }
}

/// The comparison on its way: trade by trade, so that it can be stopped between them, and then the alert as a whole.
struct AlertComparison {
  let alert: Alert
  let reference: ReferenceData
  var findings = AlertFindings()
  /// What was told of is told of once.
  private var told: Set<String> = []

  init(_ alert: Alert, _ reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  mutating func checkWhole() {
    checkTrader()
    checkProfit()
    checkHoursToEvent()
    checkVolumes()
    checkPattern()
    checkOwner()
    for sentence in alert.unusable {
      findings.gaps.append(DataGap("alert content", sentence, isMandatory: false))
    }
  }

  mutating func add(_ mismatch: CitedText) { findings.mismatches.append(mismatch) }

  mutating func addGap(_ source: String, _ sentence: String) {
    if isFirst(source) { findings.gaps.append(DataGap(source, sentence, isMandatory: false)) }
  }

  mutating func isFirst(_ subject: String) -> Bool { told.insert(subject).inserted }

  /// The one claim with a number under any of these names; several of them speak of several things.
  func claim(_ keys: Set<String>) -> (claim: Claim, amount: ClaimedAmount)? {
    let found = alert.claims.filter { keys.contains(XMLElement.key(of: $0.name)) }
    guard found.count == 1, let claim = found.first, let amount = ClaimedAmount(claim.text) else { return nil }
    return (claim, amount)
  }

  /// As the alert has written it.
  static func quoted(_ claim: Claim) -> CitedText { "\(XMLReader.Name.shown(claim.text), from: .readAlert)" }

  static func differs(_ claimed: Double, _ found: Double, by tolerance: Double) -> Bool {
    abs(claimed - found) > tolerance * max(abs(claimed), abs(found))
  }
}

/// How far the alert's figures may lie from those that are worked out. They decide what is said, and count for nothing.
enum ClaimTolerance {
  static let value = 0.005
  static let volume = 0.005
  /// Rounded as people round.
  static let multiple = 0.02
  static let profit = 0.05
  static let percent = 0.05
  static let span = 0.1
  static let hours = 0.5
}

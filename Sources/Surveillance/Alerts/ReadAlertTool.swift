/// What an alert says, and where it says other than the data.
package struct AlertFacts: Sendable, Equatable {
  package var alert: Alert
  package var mismatches: [CitedText]
  package var gaps: [DataGap]

  package init(alert: Alert, mismatches: [CitedText] = [], gaps: [DataGap] = []) {
    self.alert = alert
    self.mismatches = mismatches
    self.gaps = gaps
  }
}

/// Compares an alert with itself and with what is known. It comes parsed: a file may hold several, and each has its own analysis.
package struct ReadAlertTool: Tool {
  package static let name = ToolName.readAlert
  package static let steps = 2

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> AlertFacts {
    let count = alert.trades.count
    let what = count == 1 ? "1 trade" : "\(Digits.grouped(count)) trades"
    try await reporter.step(1, records: count, "The alert \(alert.id) was read: it has \(what).")
    var comparison = AlertComparison(alert, reference)
    for (row, trade) in alert.trades.enumerated() {
      try await reporter.look(at: row)
      comparison.check(trade)
    }
    comparison.checkWhole()
    let findings = comparison.findings
    let odd = findings.mismatches.count
    let message =
      odd == 0
      ? "The alert agrees with its own trades and with the reference data."
      : "In \(odd == 1 ? "1 place" : "\(Digits.grouped(odd)) places") the alert says other than the data."
    try await reporter.step(2, message)
    return AlertFacts(alert: alert, mismatches: findings.mismatches, gaps: findings.gaps)
  }
}

import Surveillance

/// libFuzzer's entry: any bytes must be refused with a place inside them, or give alerts whose trades can be counted with, and which can
/// be compared with reference data. What breaks that traps.
@c(LLVMFuzzerTestOneInput)
func fuzzAlertXML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let alerts: [Alert]
  do throws(AlertError) {
    alerts = try AlertParser.parse(bytes)
  } catch {
    let lines = bytes.reduce(1) { $0 + ($1 == 0x0A || $1 == 0x0D ? 1 : 0) }
    precondition(
      (1...lines).contains(error.line) && (1...count + 1).contains(error.column), "A place outside: \(error)")
    precondition(error.description.utf8.count < 500, "A message without an end: \(error)")
    return 0
  }
  precondition(!alerts.isEmpty, "There is neither an error nor an alert.")
  for alert in alerts {
    precondition(!alert.id.isEmpty, "An alert has no name.")
    var worth = 0
    for trade in alert.trades {
      precondition(trade.quantity > 0 && trade.price.tenThousandths > 0 && !trade.symbol.isEmpty, "No trade: \(trade)")
      worth += Money(quantity: trade.quantity, price: trade.price).minor
    }
    let findings = AlertCheck.findings(alert, ReferenceData(ReferenceTables()))
    precondition(findings.mismatches.allSatisfy { !$0.plain.isEmpty } && findings.gaps.allSatisfy { !$0.isMandatory })
  }
  return 0
}

import JSON
import Surveillance

extension AlertHeading {
  /// What stands above a page about the alert, as members of a report's payload. What the alert does not say is not there.
  func write(_ alert: Alert, into payload: inout JSONWriter) {
    payload.member("alertId", alert.id)
    payload.member("alertType", alert.type)
    payload.member("symbol", ifPresent: symbol)
    payload.member("instrument", ifPresent: instrument)
    payload.member("trader", ifPresent: trader)
    payload.member("traderId", ifPresent: traderID)
    payload.member("account", ifPresent: account)
  }
}

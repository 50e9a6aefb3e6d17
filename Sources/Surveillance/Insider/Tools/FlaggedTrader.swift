/// Who the alert is about.
enum FlaggedTrader {
  /// The alert's trader, else the first trade's, else whoever decides for the first trade's account.
  static func id(_ alert: Alert, _ position: FlaggedPosition, _ reference: ReferenceData) -> String? {
    if let id = alert.trader?.id, !id.isEmpty { return id }
    if let id = position.trades.compactMap(\.traderID).first(where: { !$0.isEmpty }) { return id }
    guard let account = position.trades.compactMap(\.accountID).first.flatMap({ reference.account($0) }) else {
      return nil
    }
    return [account.controllerID, account.ownerID].first { !$0.isEmpty && reference.trader($0) != nil }
  }
}

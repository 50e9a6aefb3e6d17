/// What an alert is about, in the few words that stand above everything else.
package struct AlertHeading: Sendable, Equatable {
  private let alert: Alert
  private let kinds: [AlertKind]
  /// What the symbol is called; nil where that is not known.
  package let instrument: String?

  /// - Parameters:
  ///   - kinds: those that it is looked into for.
  ///   - reference: nil for who has none.
  package init(_ alert: Alert, kinds: [AlertKind], reference: ReferenceData? = nil) {
    self.alert = alert
    self.kinds = kinds
    instrument = alert.trades.first.flatMap { reference?.instrument($0.symbol)?.name }
  }

  /// That of its first trade: the tools look at the same one.
  package var symbol: String? { alert.trades.first?.symbol }
  package var traderID: String? { alert.trader?.id ?? alert.trades.first?.traderID }
  package var trader: String? { alert.trader?.name ?? traderID }

  /// All that its trades name, as far as a line has room for them.
  package var account: String? {
    var names: [String] = []
    for trade in alert.trades {
      if let account = trade.accountID, !names.contains(account) { names.append(account) }
    }
    guard let first = names.first else { return nil }
    return switch names.count {
    case 1: first
    case 2...Self.mostAccounts: names.joined(separator: ", ")
    default: "\(first) and \(names.count - 1) others"
    }
  }

  private static let mostAccounts = 3

  /// "Insider dealing alert, Velqor (VELQOR)"
  package var title: String {
    guard let symbol else { return subject }
    guard let instrument, instrument != symbol else { return "\(subject), \(symbol)" }
    return "\(subject), \(instrument) (\(symbol))"
  }

  private var subject: String {
    switch kinds {
    case [.insiderTrading]: "Insider dealing alert"
    case [.washTrade]: "Wash trade alert"
    case []: "\(alert.type.isEmpty ? "Unknown" : alert.type) alert"
    default: "Insider dealing and wash trade alert"
    }
  }

  /// Of a file with several alerts: "2 alerts: VELQOR, FALMOR".
  package static func title(of alerts: [Alert]) -> String {
    var symbols: [String] = []
    for symbol in alerts.compactMap(\.trades.first?.symbol) where !symbols.contains(symbol) { symbols.append(symbol) }
    let shown = symbols.prefix(mostSymbols).joined(separator: ", ") + (symbols.count > mostSymbols ? ", …" : "")
    return shown.isEmpty ? "\(alerts.count) alerts" : "\(alerts.count) alerts: \(shown)"
  }

  private static let mostSymbols = 4
}

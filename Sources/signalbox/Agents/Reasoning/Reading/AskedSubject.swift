import Surveillance

/// Somebody or something of the reference data that a question can be about.
enum AskedSubject: Sendable, Hashable {
  case trader(String)
  case account(String)
  case owner(String)
  case instrument(String)

  /// Of a trader, an account or an owner; the symbol of an instrument.
  var id: String {
    switch self {
    case .trader(let id), .account(let id), .owner(let id), .instrument(let id): id
    }
  }

  /// As tools are told of it, and as sentences call it.
  var kind: String {
    switch self {
    case .trader: "trader"
    case .account: "account"
    case .owner: "owner"
    case .instrument: "instrument"
    }
  }

  /// Whose trades can be asked for. Owners trade by their accounts.
  var tradeKey: TradeKey? {
    switch self {
    case .trader(let id): .trader(id)
    case .account(let id): .account(id)
    case .instrument(let symbol): .symbol(symbol)
    case .owner: nil
    }
  }

  var symbol: String? { if case .instrument(let symbol) = self { symbol } else { nil } }
}

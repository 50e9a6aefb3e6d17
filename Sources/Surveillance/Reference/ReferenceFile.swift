/// The files of the reference data. Their names and columns are the contract with those who make them.
package enum ReferenceFile: String, Sendable, Hashable, CaseIterable {
  case traders = "traders.csv"
  case trades = "trades.csv"
  case instruments = "instruments.csv"
  case prices = "prices.csv"
  case index = "index.csv"
  case news = "news.csv"
  case accounts = "accounts.csv"
  case links = "links.csv"
  case insiders = "insiders.csv"
  case restrictions = "restricted.csv"
  case plans = "plans.csv"
  case exemptions = "exemptions.csv"
  case instructions = "instructions.csv"

  package var name: String { rawValue }

  /// Those that a file may do without.
  package var optionalColumns: Set<String> { self == .instruments ? ["name"] : [] }

  /// In the order in which they are written; files that are read may have them in any order.
  package var columns: [String] {
    switch self {
    case .traders: ["trader_id", "name", "role", "department", "access_level", "permission", "mandate_sectors"]
    case .trades:
      [
        "trade_id", "ts", "account_id", "trader_id", "symbol", "side", "qty", "price", "counterparty", "venue",
        "order_id", "strategy_id", "auction",
      ]
    case .instruments: ["symbol", "sector", "currency", "adv20", "tick", "name"]
    case .prices: ["symbol", "date", "open", "high", "low", "close", "volume"]
    case .index: ["date", "close"]
    case .news: ["ts", "symbol", "source", "headline", "category", "direction", "scheduled"]
    case .accounts:
      ["account_id", "name", "owner_id", "owner_name", "owner_type", "relationship", "controller_id", "desk"]
    case .links: ["entity_a", "entity_b", "relation", "degree"]
    case .insiders: ["trader_id", "symbol", "from", "to", "source"]
    case .restrictions: ["symbol", "from", "to", "list"]
    case .plans: ["plan_id", "trader_id", "symbol", "side", "adopted", "first_trade", "max_qty", "status"]
    case .exemptions: ["owner_id", "licence", "status", "valid_to", "symbols", "separated"]
    case .instructions: ["instruction_id", "account_id", "symbol", "ts", "purpose", "price_basis"]
    }
  }
}

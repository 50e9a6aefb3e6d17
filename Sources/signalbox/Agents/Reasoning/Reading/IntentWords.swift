/// The words by which a question says what it asks for.
enum IntentWords {
  private static let words: [Inquiry.Intent: Set<String>] = [
    .owner: ["own", "owns", "owner", "owners", "owned", "belong", "belongs", "whose", "beneficial"],
    .trades: [
      "trade", "trades", "traded", "trading", "buy", "buys", "bought", "purchase", "purchases", "purchased", "sell",
      "sells", "sold", "sale", "sales", "order", "orders", "deal", "deals", "executions", "activity", "turnover",
    ],
    .prices: [
      "price", "prices", "close", "closed", "closing", "cost", "worth", "quote", "quotes", "rise", "rose", "fall",
      "fell",
      "move", "moved", "moves", "performance", "perform", "performed", "return", "high", "low",
    ],
    .related: [
      "related", "relation", "relations", "relationship", "relationships", "relatives", "relative", "linked", "links",
      "link", "connected", "connection", "connections", "spouse", "spouses", "family", "associates", "controls",
      "controlled",
    ],
    .news: ["news", "headline", "headlines", "announcement", "announcements", "announced", "published", "press"],
    .registers: [
      "insider", "insiders", "restricted", "restriction", "restrictions", "watch", "watchlist", "plan", "plans",
      "exemption", "exemptions", "licence", "license", "wall", "instruction", "instructions",
    ],
    .compare: ["compare", "comparison", "compared", "versus", "vs", "against", "difference", "differ", "than", "both"],
    .describe: ["who", "what", "describe", "about", "tell", "show", "is", "profile", "details", "information"],
  ]

  /// Every word that says something here, so that none is taken for a name.
  static let all: Set<String> = Set(words.values.joined()).union(kinds).union(small)

  /// What names may have beside them.
  private static let kinds: Set<String> = [
    "trader", "traders", "account", "accounts", "instrument", "instruments", "share", "shares", "stock", "symbol",
    "firm",
    "client", "clients", "company", "person", "people", "fund", "funds", "alert", "alerts", "day", "days", "date",
  ]

  private static let small: Set<String> = [
    "a", "an", "the", "of", "in", "on", "at", "by", "for", "from", "to", "and", "or", "with", "which", "when", "where",
    "how", "many", "much", "did", "do", "does", "was", "were", "are", "has", "have", "had", "all", "any", "me", "my",
    "i",
    "it", "its", "he", "she", "they", "their", "his", "her", "between", "since", "until", "before", "after", "around",
    "last", "past", "please", "can", "could", "would", "you", "there", "that", "this", "these", "those", "also",
    "other",
    "whom", "why", "find", "give", "list", "look", "up", "check", "week", "month", "year", "hello", "hi", "thanks",
  ]

  static func intents(of words: [QuestionWords.Word]) -> Set<Inquiry.Intent> {
    let said = Set(words.map(\.lowercased))
    var found = Set(self.words.filter { !$0.value.isDisjoint(with: said) }.keys)
    // "What is the price" asks for the price, and "the owner of both" for no comparison of anything else.
    if found.count > 1 { found.remove(.describe) }
    return found.isEmpty ? [.describe] : found
  }
}

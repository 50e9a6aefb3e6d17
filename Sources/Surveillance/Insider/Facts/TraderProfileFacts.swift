/// Who traded, and what lists, permissions and plans say about it.
package struct TraderProfileFacts: Sendable, Equatable {
  /// Nil where the alert names nobody.
  package var traderID: String?
  /// Nil: the register does not know the trader.
  package var trader: TraderRow?
  /// Of the traded instrument; nil: the instrument is not on file.
  package var sector: String?
  /// The instrument is on file, or one of the lists names it.
  package var listsCoverSymbol = true
  /// In force on a day of the flagged trades.
  package var restrictions: [RestrictionRow] = []
  /// The trader's own entries for the instrument that held on a day of the flagged trades.
  package var insiderEntries: [InsiderRow] = []
  /// All of the trader's plans for the instrument.
  package var plans: [PlanRow] = []

  package init() {}

  /// A portfolio manager whose mandate has the instrument's sector.
  package var isInMandate: Bool {
    guard let trader, let sector else { return false }
    return TraderRole(trader.role).isPortfolioManager && trader.mandateSectors.contains(sector)
  }
}

/// What a role's name says.
package struct TraderRole: Sendable, Equatable {
  private let words: [String]

  package init(_ name: String) {
    words = name.lowercased().split { !$0.isLetter }.map(String.init)
  }

  package var isPortfolioManager: Bool {
    zip(words, words.dropFirst()).contains { $0 == "portfolio" && $1 == "manager" }
  }
  package var isAnalyst: Bool { words.contains("analyst") }
  /// Officers and directors wait longer between a plan and its first trade.
  package var isOfficer: Bool {
    words.contains { ["officer", "director", "executive", "chief", "ceo", "cfo", "coo"].contains($0) }
  }
}

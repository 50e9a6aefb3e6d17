/// What the tools have found about trades that look as if nobody's position changed by them.
package struct WashFacts: Sendable, Equatable {
  package var market: MarketFacts
  package var relationships: RelationshipFacts
  package var history: WashHistoryFacts
  package var timing: TimingFacts
  package var counterparties: CounterpartyFacts

  package init(
    market: MarketFacts, relationships: RelationshipFacts, history: WashHistoryFacts, timing: TimingFacts,
    counterparties: CounterpartyFacts
  ) {
    self.market = market
    self.relationships = relationships
    self.history = history
    self.timing = timing
    self.counterparties = counterparties
  }
}

/// Whose the accounts are, as far as the registers know.
package struct RelationshipFacts: Sendable, Equatable {
  /// The accounts of the flagged trades, by id.
  package var flagged: [String] = []
  /// Their rows in the register, and those of their owners' other accounts, by id.
  package var accounts: [AccountRow] = []
  /// All links that lead from them to others.
  package var links: [LinkRow] = []
  /// Those of their owners.
  package var exemptions: [ExemptionRow] = []
  /// Owners have more accounts than were looked at.
  package var isComplete = true

  package init() {}
}

/// What the accounts did before.
package struct WashHistoryFacts: Sendable, Equatable {
  /// Matches close together.
  package struct Group: Sendable, Equatable {
    package var time: Instant
    package var pairs: [TradePair]

    package init(time: Instant, pairs: [TradePair]) {
      self.time = time
      self.pairs = pairs
    }
  }

  package var days = 30
  /// How many rows of the accounts there are in any symbol, the flagged ones included.
  package var rows = 0
  /// How many of them are in the flagged symbols, before the flagged trades.
  package var rowsOfSymbol = 0
  /// Those like the flagged trades, the oldest first.
  package var groups: [Group] = []
  package var trend = WashSection.Trend.new
  /// How much of what each account traded met its own side, by account.
  package var selfMatches: [SelfMatch] = []
  /// All that was traded against what would have been without the matches. Nil: nothing, or nothing else.
  package var volumeInflation: Double?
  /// The same count with a day between a buy and a sell.
  package var groupsOfLongWindow = 0

  package init() {}

  package struct SelfMatch: Sendable, Equatable {
    package var account: String
    package var matched: Int
    package var traded: Int

    package init(account: String, matched: Int, traded: Int) {
      self.account = account
      self.matched = matched
      self.traded = traded
    }

    package var rate: Double { traded > 0 ? Double(matched) / Double(traded) : 0 }
  }
}

/// How the flagged trades lie in time.
package struct TimingFacts: Sendable, Equatable {
  /// What belongs together among the flagged trades and the record, by time.
  package var pairs: [TradePair] = []
  package var legs: [TradeLeg] = []
  /// The flagged trades that are not in the record of trades, by their places in the alert.
  package var unrecorded: [Int] = []
  /// The record tells who was on the other side of them.
  package var recordNamesCounterparties = false
  /// Those whose account nobody names.
  package var withoutAccount: [Int] = []
  /// Those whose time of day nobody knows.
  package var withoutTime: [Int] = []
  /// Where a flagged trade and its row in the record differ.
  package var differences: [Difference] = []
  /// How much the legs agree in time, price and quantity, from 0 to 1.
  package var agreement = 0.0
  /// All pairs were made in an auction.
  package var isAuction = false

  package init() {}

  package struct Difference: Sendable, Equatable {
    package var sequence: Int
    package var what: String
    package var alert: String
    package var record: String

    package init(sequence: Int, what: String, alert: String, record: String) {
      self.sequence = sequence
      self.what = what
      self.alert = alert
      self.record = record
    }
  }
}

/// Who traded with whom.
package struct CounterpartyFacts: Sendable, Equatable {
  /// The flagged trades and what was found to them, by time.
  package var legs: [TradeLeg] = []
  package var flows: [TradeFlow] = []
  /// How many trades between named accounts of the symbols were looked at.
  package var graphFlows = 0
  /// The sets of accounts with a flagged one in which trades go round.
  package var circles: [[String]] = []
  /// Those with a flagged trade. The shortest first.
  package var cycles: [TradePath] = []
  package var chains: [TradePath] = []
  package var groups: [NetZeroGroups.Group] = []
  /// Notes on what the limits have left out: whole sentences.
  package var notes: [String] = []
  /// Those of the flagged accounts and symbols that were given before the trades.
  package var instructions: [InstructionRow] = []
  /// What matched by the rules of matching, the flagged trades and what was found to them.
  package var matched: [TradePair] = []

  package init() {}
}

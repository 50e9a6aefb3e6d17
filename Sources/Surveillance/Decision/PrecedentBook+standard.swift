extension PrecedentBook {
  /// Twelve invented cases: what `precedents.json` says as long as nobody has put real ones in their place.
  package static let standard = PrecedentBook(
    version: "1", weights: insiderWeights.merging(washWeights) { first, _ in first }, precedents: insider + wash)

  private static let insiderWeights: [String: Double] = [
    "I1": 30, "I2": 25, "I3": 30, "I4": 15, "I5": 10, "I6": 10, "I7": 12, "I8": 10, "I9": 10, "I10": 5, "I11": 12,
    "I12": 8, "I13": 15, "M1": 20, "M2": 20, "M3": 15, "M4": 20, "M5": 15, "M6": 15, "M7": 5, "M8": 25, "M9": 60,
  ]

  private static let washWeights: [String: Double] = [
    "W1": 35, "W2": 20, "W3": 15, "W4": 10, "W5": 15, "W6": 12, "W7": 10, "W8": 3, "X1": 70, "X2": 40, "X3": 15,
    "X4": 15, "X5": 10, "X6": 8, "X7": 30, "X8": 8, "X9": 40,
  ]

  private static let insider = [
    Precedent(
      id: "P-IT-1", kind: .insiderTrading, title: "A clerk without permission bought the day before a bid",
      determination: .escalate,
      features: [
        "I1": 1, "I4": 1, "I5": 1, "I6": 1, "I7": 1, "I8": 1, "I9": 1, "I10": 0.5, "I11": 1, "I12": 1,
      ],
      reasoning: "No permission, no earlier trade in the sector, a size far above the usual one, and no public cause."),
    Precedent(
      id: "P-IT-2", kind: .insiderTrading, title: "A portfolio manager bought before scheduled results",
      determination: .close,
      features: ["I3": 0.27, "I7": 0.5, "I8": 0.2, "M1": 1, "M3": 1, "M4": 1, "M5": 1, "M6": 1, "M7": 1],
      reasoning: "The usual size within the mandate, with public reasons that peers acted on as well."),
    Precedent(
      id: "P-IT-3", kind: .insiderTrading, title: "An analyst bought more than usual before a ruling",
      determination: .needsHumanReview,
      features: [
        "I3": 0.27, "I4": 0.6, "I7": 0.8, "I8": 0.7, "I9": 0.6, "I11": 0.4, "M1": 0.8, "M4": 0.6, "M6": 0.33, "M7": 1,
      ],
      reasoning: "Public and private reasons were equally likely, until compliance found no clearance."),
    Precedent(
      id: "P-IT-4", kind: .insiderTrading, title: "An executive sold under a plan of long standing",
      determination: .close,
      features: ["I3": 0.25, "I7": 0.2, "I8": 0.25, "I9": 0.25, "M3": 0.6, "M9": 1],
      reasoning: "The plan was adopted long before the knowledge, and side and size kept within it."),
    Precedent(
      id: "P-IT-5", kind: .insiderTrading, title: "The spouse of an insider bought hours after a meeting",
      determination: .escalate,
      features: ["I3": 0.5, "I4": 0.8, "I5": 1, "I6": 1, "I7": 1, "I8": 1, "I9": 0.8, "I11": 1, "I12": 0.8, "I13": 1],
      reasoning: "Two linked people bought the same share on the same side within two days, with no public cause."),
    Precedent(
      id: "P-IT-6", kind: .insiderTrading, title: "Monthly purchases went on up to a surprise bid",
      determination: .close,
      features: ["I7": 0.5, "I8": 0.5, "I9": 0.3, "I11": 1, "M1": 1, "M2": 1, "M3": 1],
      reasoning: "The purchases were as regular and as large as in the months before."),
  ]

  private static let wash = [
    Precedent(
      id: "P-WT-1", kind: .washTrade, title: "One owner traded with himself again and again",
      determination: .escalate,
      features: ["W1": 1, "W2": 0.5, "W3": 1, "W4": 1, "W5": 1, "W6": 1, "W7": 1],
      reasoning: "The same owner stood on both sides, at one price and within a second, many times in a month."),
    Precedent(
      id: "P-WT-2", kind: .washTrade, title: "A market maker quoted both sides", determination: .close,
      features: ["W1": 0.15, "W3": 0.15, "W4": 0.14, "W5": 0.1, "W6": 0.1, "W7": 1, "X1": 1],
      reasoning: "The exemption was in force for the share, and the book was kept apart."),
    Precedent(
      id: "P-WT-3", kind: .washTrade, title: "A share went round three accounts and came back",
      determination: .escalate,
      features: ["W1": 1, "W2": 1, "W3": 1, "W4": 1, "W5": 0.7, "W6": 1, "W7": 0.4],
      reasoning: "The quantity came back to where it began within seconds, and no account's position had changed."),
    Precedent(
      id: "P-WT-4", kind: .washTrade, title: "Two of a family traded on one afternoon",
      determination: .needsHumanReview,
      features: ["W1": 0.34, "W3": 0.3, "W6": 0.1, "X2": 0.38, "X3": 1, "X4": 1, "X5": 0.4, "X6": 1],
      reasoning: "Everything turned on who decides for the two accounts, which the data could not say."),
    Precedent(
      id: "P-WT-5", kind: .washTrade, title: "A fund crossed between its own portfolios at the close",
      determination: .close,
      features: ["W1": 1, "W2": 0.15, "W3": 0.5, "W4": 0.3, "W5": 0.06, "X7": 1, "X8": 1, "X2": 0.87],
      reasoning: "A written instruction with a fair price basis, carried out in the open at the auction."),
    Precedent(
      id: "P-WT-6", kind: .washTrade, title: "Two algorithms of one desk met once", determination: .needsHumanReview,
      features: ["W1": 0.5, "W3": 0.5, "W4": 0.5, "W5": 0.5, "X9": 1],
      reasoning: "A single small match of strategies; whether they are independent had to be asked."),
  ]
}

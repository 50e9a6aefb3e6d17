/// What people could know that the data do not say.
extension InsiderCase {
  var questions: [OpenQuestion] { [preclearance, insiderContact].compactMap(\.self) }

  /// Whether the trade was cleared beforehand is in no file. It is not asked where there was nothing to clear, because the trader may
  /// not trade at all, nor where a plan has cleared it.
  private var preclearance: OpenQuestion? {
    guard facts.profile.trader?.permission != TraderRow.Permission.none, coveringPlan == nil else { return nil }
    return OpenQuestion(
      .preclearance,
      why: """
        Whether the \(noun) of \(position.quantity, from: .readAlert) shares of \(position.symbol, from: .readAlert) \
        was cleared beforehand is not in the data.
        """)
  }

  /// Asked where access is unclear: the trader is on no list, and either nothing is known about access, or it is low or none, or
  /// somebody close to the trader was an insider or traded alike. Who has high or medium access has it by the work itself.
  private var insiderContact: OpenQuestion? {
    guard !isOnInsiderList, coveringPlan == nil else { return nil }
    if let link = closeLinks.first(where: \.isInsider) {
      return OpenQuestion(
        .insiderContact,
        why: """
          The trader is linked to \(link.id, from: .relatedParties), an insider; whether they spoke about it is not \
          in the data.
          """)
    }
    if let trade = facts.related.coordinated.first(where: { Double($0.degree) <= policy[InsiderPolicy.linkDegree] }) {
      return OpenQuestion(
        .insiderContact,
        why: """
          \(trade.party, from: .relatedParties), linked to the trader, traded alike; whether an insider spoke to \
          either is not in the data.
          """)
    }
    guard let trader = facts.profile.trader else {
      return OpenQuestion(
        .insiderContact,
        why: "The register does not know the trader, so that access to inside information is not known.")
    }
    guard trader.access == .low || trader.access == .none else { return nil }
    return OpenQuestion(
      .insiderContact,
      why: """
        The trader's own access is \(trader.access.rawValue.lowercased(), from: .traderProfile); whether there was \
        contact with an insider is not in the data.
        """)
  }
}

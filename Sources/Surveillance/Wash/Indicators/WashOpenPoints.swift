/// What is not known, what does not agree, and what people could be asked.
struct WashOpenPoints {
  let picture: WashPicture

  var gaps: [DataGap] {
    let facts = picture.facts
    var gaps = picture.unknownOwners.map { account in
      DataGap("owner of \(account)", "The register does not know who owns account \(account).", isMandatory: true)
    }
    if facts.history.rows == 0 {
      gaps.append(
        DataGap(
          "history", "The record has no trade of the accounts, so that there is nothing to compare.", isMandatory: true)
      )
    }
    if facts.market.dayVolume == nil {
      gaps.append(
        DataGap(
          "prices", "The day's volume in \(facts.market.symbol) is not known, nor then the trades' share in it.",
          isMandatory: true))
    }
    if !facts.timing.unrecorded.isEmpty {
      gaps.append(
        DataGap(
          "trade record",
          "The record lacks \(trades(facts.timing.unrecorded)) of the alert; strategy and auction are not known.",
          isMandatory: false))
    }
    if !facts.timing.withoutAccount.isEmpty {
      gaps.append(
        DataGap(
          "account", "Nobody names the account of \(trades(facts.timing.withoutAccount)), which was left out.",
          isMandatory: false))
    }
    if !facts.timing.withoutTime.isEmpty {
      gaps.append(
        DataGap(
          "time", "The time of day of \(trades(facts.timing.withoutTime)) is not known, nor then what lies between.",
          isMandatory: false))
    }
    if !facts.relationships.isComplete {
      gaps.append(
        DataGap("accounts", "The owners have more accounts than were looked at.", isMandatory: false))
    }
    gaps += facts.counterparties.notes.map { DataGap("search", $0, isMandatory: false) }
    return gaps
  }

  var mismatches: [CitedText] {
    var mismatches: [CitedText] = picture.facts.timing.differences.map { difference in
      """
      The alert gives \(difference.alert, from: .readAlert) as the \(difference.what) of trade \
      \(difference.sequence, from: .readAlert), and the record has \(difference.record, from: .tradeTiming).
      """
    }
    if picture.alert.exemption != nil, picture.exemption == nil {
      mismatches.append(
        "The alert tells of a market maker's exemption, and the register proves none for the owners of the accounts.")
    }
    if let claim = picture.alert.exemption?.status?.lowercased(), claim == "current" || claim == "active",
      let proof = picture.exemption, !proof.isCurrent
    {
      mismatches.append(
        """
        The alert calls the market maker's exemption \(claim), and the register has it as \
        \(proof.row.status.rawValue), valid to \(proof.row.validTo, from: .accountRelationships).
        """)
    }
    for claim in picture.alert.claims where claim.name == "PatternType" {
      guard let claimed = WashSection.Pattern(rawValue: claim.text.uppercased()), claimed != picture.pattern else {
        continue
      }
      mismatches.append("The alert says \(claimed.rawValue), and the trades show \(picture.pattern.rawValue).")
    }
    return mismatches
  }

  var questions: [OpenQuestion] {
    var questions: [OpenQuestion] = []
    if let reviewReason = exemptionIsOpen { questions.append(OpenQuestion(.marketMakerStatus, why: reviewReason)) }
    for account in picture.unknownOwners {
      questions.append(
        OpenQuestion(
          .ownerOfAccount, subject: account,
          why: "The register does not know who owns account \(account, from: .accountRelationships)."))
    }
    if picture.link == .related {
      questions.append(
        OpenQuestion(
          .decisionMaker,
          why: "The owners are related, and the data does not show whether one person decided for both accounts."))
    }
    if picture.isIsolated, picture.strategies != .same {
      let why: CitedText =
        picture.strategies == .different
        ? "Two strategies of one owner met, and the data does not show whether they are run independently."
        : "One owner's orders met once, and the data does not show which strategies gave them."
      questions.append(OpenQuestion(.strategies, why: why))
    }
    return questions
  }

  /// Why a person has to look at a market maker's exemption.
  var exemptionIsOpen: CitedText? {
    guard let proof = picture.exemption, !proof.isFull else { return nil }
    var missing: [String] = []
    if !proof.isCurrent { missing.append("a current licence") }
    if !proof.isDesignated { missing.append("the share among the designated ones") }
    if !proof.isSeparated { missing.append("a separate book") }
    return """
      A market maker's exemption is proven in part: the register does not show \(WashWords.list(missing)) on \
      \(picture.facts.market.day, from: .accountRelationships).
      """
  }

  private func trades(_ sequences: [Int]) -> String {
    (sequences.count == 1 ? "trade " : "trades ") + WashWords.list(sequences.sorted().map { String($0) })
  }
}

extension AlertKind {
  /// What only alerts of one kind have.
  static func sections(in alert: XMLElement) -> Set<AlertKind> {
    var kinds: Set<AlertKind> = []
    alert.forEachBelow { element in
      guard !element.isLeaf else { return }
      if washSections.contains(element.key) { kinds.insert(.washTrade) }
      if insiderSections.contains(element.key) { kinds.insert(.insiderTrading) }
    }
    return kinds
  }

  /// Which specialists have to look at an alert: wash trades are asked for before insider trading, and one that has the sections of both
  /// goes to both. Empty: neither knows it.
  static func kinds(of alert: Alert, sections: Set<AlertKind>) -> Set<AlertKind> {
    if sections.count == AlertKind.allCases.count { return sections }
    let type = XMLElement.key(of: alert.type)
    let code = (alert.ruleCode ?? "").uppercased()
    for words in order where words.types.contains(type) || words.rulePrefixes.contains(where: code.hasPrefix) {
      return [words.kind]
    }
    // The type is nearer to the alert than the name of a rule, and a rule may be given by its name alone.
    for text in [type, XMLElement.key(of: alert.ruleName ?? ""), XMLElement.key(of: code)] {
      for words in order where words.keywords.contains(where: text.contains) { return [words.kind] }
    }
    return []
  }

  private struct Words {
    var kind: AlertKind
    /// Whole types, as they are compared: without spaces, hyphens and capitals.
    var types: Set<String>
    var rulePrefixes: [String]
    var keywords: [String]
  }

  private static let order = [
    Words(
      kind: .washTrade,
      types: ["washtrade", "washtrading", "selftrade", "selftrading", "matchedorders", "circulartrading"],
      rulePrefixes: ["WT-"],
      keywords: ["wash", "selftrad", "matchedorder", "circular"]),
    Words(
      kind: .insiderTrading,
      types: ["insidertrading", "insiderdealing", "insidertradingdetection", "preannouncementtrading"],
      rulePrefixes: ["IT-", "ITA-", "PRE_"],
      keywords: ["insider", "preannouncement", "mnpi", "material"]),
  ]

  private static let washSections: Set = ["washtradeindicators", "circularpatternanalysis"]
  private static let insiderSections: Set = ["suspiciousactivity", "relatedevent", "correlatedevent"]
}

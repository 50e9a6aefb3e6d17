import A2A
import JSON

// What the work has come to.
extension CanonicalStory {
  var decision: JSONValue? { results.decision }

  /// Of the two that a decision has, the one for what it says: 0 to 100.
  var confidence: Int? {
    guard let decision else { return nil }
    let genuine = Self.percent(decision["genuine_alert_confidence"])
    let falsePositive = Self.percent(decision["false_positive_confidence"])
    let said = Self.percent(decision["confidence"])
    switch decision["determination"]?.string {
    case "ESCALATE": return genuine ?? said
    case "CLOSE": return falsePositive ?? said
    default: return said ?? genuine.map { max($0, falsePositive ?? 0) }
    }
  }

  /// Some agents count to 1, others to 100.
  private static func percent(_ value: JSONValue?) -> Int? {
    guard let number = value?.double, number >= 0 else { return nil }
    return number <= 100 ? Int((number <= 1 && value?.int == nil ? number * 100 : number).rounded()) : nil
  }

  /// What the work has come to, in words. What a model has written is the last that is looked at.
  func finalResponse(_ lastWord: String?) -> String? {
    results.finalResponse(lastWord: lastWord, answer: answer) ?? (written.isEmpty ? nil : written)
  }

  /// How far the words had come when the work ended otherwise.
  var partialResponse: String? {
    let artifacts = results.artifacts ?? []
    return String.firstSaid(of: [written, artifacts.compactMap(\.plainText).last, answer, lastWords])
  }
}

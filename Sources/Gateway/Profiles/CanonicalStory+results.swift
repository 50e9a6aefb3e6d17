import A2A
import JSON

// What the work has come to.
extension CanonicalStory {
  /// The advice, once an artifact of that name is there: computed once by the agent, and said again at the end.
  var decision: JSONValue? {
    let artifacts = results.artifacts ?? []
    let found = artifacts.last { $0.id == "decision" || $0.name?.lowercased() == "decision" || $0.saysDecision }
    return found?.parts.lazy.compactMap(\.object).first
  }

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

  /// What the work has come to, in words: what an artifact says that is the answer, the agent's last word, or another text that it left.
  func finalResponse(_ lastWord: String?) -> String? {
    let artifacts = results.artifacts ?? []
    let named = artifacts.last { ["final_response", "response", "answer"].contains($0.name?.lowercased() ?? $0.id) }
    return Self.first(of: [named?.plainText, lastWord, answer, artifacts.compactMap(\.plainText).last, written])
  }

  /// How far the words had come when the work ended otherwise.
  var partialResponse: String? {
    let artifacts = results.artifacts ?? []
    return Self.first(of: [written, artifacts.compactMap(\.plainText).last, answer, lastWords])
  }

  private static func first(of texts: [String?]) -> String? {
    texts.lazy.compactMap(\.self).first { !$0.isEmpty }
  }
}

extension Artifact {
  fileprivate var saysDecision: Bool { metadata?["type"]?.string == "decision" }

  /// Its words, unless they are a page.
  var plainText: String? {
    let texts = parts.compactMap { part -> String? in
      guard case .text(let text) = part.content, part.mediaType.map({ $0.hasPrefix("text/plain") }) ?? true else {
        return nil
      }
      return text
    }
    return texts.isEmpty ? nil : texts.joined()
  }
}

extension Part {
  fileprivate var object: JSONValue? {
    if case .data(let value) = content, value.kind == .object { value } else { nil }
  }
}

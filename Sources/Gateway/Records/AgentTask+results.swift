import A2A
import JSON

// What a task has come to, found among its artifacts: one rule for streams, answers and files.
extension AgentTask {
  /// The advice, once an artifact of that name is there: computed once by the agent, and said again at the end.
  var decision: JSONValue? {
    let found = artifacts?.last { $0.id == "decision" || $0.name?.lowercased() == "decision" || $0.saysDecision }
    return found?.parts.lazy.compactMap(\.object).first
  }

  /// What an artifact says that is the answer, the agent's last word, what it has said without a task, or another text that it left.
  func finalResponse(lastWord: String?, answer: String?) -> String? {
    let artifacts = artifacts ?? []
    let named = artifacts.last { ["final_response", "response", "answer"].contains($0.name?.lowercased() ?? $0.id) }
    return String.firstSaid(of: [named?.plainText, lastWord, answer, artifacts.compactMap(\.plainText).last])
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

extension String {
  /// The first of these texts that says something.
  static func firstSaid(of texts: [String?]) -> String? {
    texts.lazy.compactMap(\.self).first { !$0.isEmpty }
  }
}

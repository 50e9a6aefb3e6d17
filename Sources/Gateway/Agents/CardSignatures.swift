import A2A
import A2AWire
import Identity
import JSON

/// Whether a card was signed by somebody whose keys are configured. What is signed is the card without its signatures, in RFC 8785's form.
enum CardSignatures {
  /// A sentence; nil when one signature of the card is good. One is enough: while keys change, a card is signed with the old and the new.
  static func fault(of reading: CardReading, _ keys: KeySet) -> String? {
    let signatures = reading.card.signatures
    guard !signatures.isEmpty else {
      return "The card has no signature, and keys are configured for it (cardKeys)."
    }
    guard let card = try? JSONValue(parsing: reading.body) else { return "The card is not the JSON it must be." }
    let payloads = payloads(of: card)
    var reasons: [String] = []
    for signature in signatures.prefix(8) {
      guard let reason = fault(of: signature, over: payloads, keys) else { return nil }
      if !reasons.contains(reason) { reasons.append(reason) }
    }
    return
      "No signature of the card is good: \(reasons.joined(separator: "; ")). Ask whoever runs the agent, or mend cardKeys."
  }

  private static func fault(of signature: AgentCardSignature, over payloads: [[UInt8]], _ keys: KeySet) -> String? {
    var reason = "the card cannot be written in one way only"
    do throws(SignatureFault) {
      let detached = try DetachedSignature(protected: signature.protected, signature: signature.signature)
      for payload in payloads {
        do throws(SignatureFault) {
          try detached.verify(payload, keys)
          return nil
        } catch {
          reason = error.reason
        }
      }
      return reason
    } catch {
      return error.reason
    }
  }

  /// The card as it was sent, and without what is empty: members that say nothing are not signed, but there are agents that send them.
  private static func payloads(of card: JSONValue) -> [[UInt8]] {
    [
      card.canonical { path, _ in path == ["signatures"] },
      card.canonical { path, value in path == ["signatures"] || isEmpty(value) },
    ].compactMap { $0 }
  }

  private static func isEmpty(_ value: JSONValue) -> Bool {
    switch value.kind {
    case .null: true
    case .string: value.string?.isEmpty == true
    case .array, .object: value.count == 0
    case .bool, .number: false
    }
  }
}

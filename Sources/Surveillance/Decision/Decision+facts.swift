import JSON

extension Decision {
  /// All that a model may speak of: the only numbers there are.
  package var facts: [UInt8] { facts(quoting: true) }

  /// - Parameter isQuoting: with what quotes the alert's own words.
  func facts(quoting isQuoting: Bool) -> [UInt8] {
    var writer = JSONWriter(reserving: 8_192)
    writer.object { object in
      let opinion = judgement.opinion
      if isQuoting || alert.hasPlainID { object.member("alert_id", alert.id) }
      object.member("alert_type", judgement.assessment.kind.rawValue)
      object.member("determination", judgement.determination.rawValue)
      object.member("recommended_action", judgement.recommendedAction.rawValue)
      object.member("genuine_alert_confidence", opinion.genuine)
      object.member("false_positive_confidence", opinion.falsePositive)
      object.member("uncertainty", opinion.uncertainty)
      object.member("of", 100)
      object.member("escalate_at", judgement.policy[.escalateAt])
      object.member("escalate_at_with_gaps", judgement.policy[.escalateWithGapsAt])
      object.member("close_at", judgement.policy[.closeAt])
      object.member("mandatory_gaps", judgement.mandatoryGaps)
      object.member("hard_flags", judgement.assessment.hardFlags)
      object.member("review_reason", ifPresent: judgement.assessment.reviewReason)
      object.array("evidence") { list in
        for item in judgement.scored { list.object { Self.writeFact(item, &$0) } }
      }
      object.member("risk_mitigating_factors", findings.mitigating)
      if isQuoting {
        object.member("mismatches", findings.mismatches)
        object.member("data_gaps", judgement.gaps.map(\.statement))
      }
      writeHumanInput(&object)
      if let best = precedents?.best {
        object.object("similar_precedent") {
          $0.member("title", best.precedent.title)
          $0.member("similarity", best.similarity)
          $0.member("determination", best.precedent.determination.rawValue)
        }
      }
    }
    return writer.bytes
  }

  private static func writeFact(_ item: ScoredEvidence, _ object: inout JSONWriter) {
    object.member("indicator", item.evidence.indicator)
    object.member("title", item.evidence.title)
    object.member("side", item.evidence.side.rawValue)
    object.member("points", decimal: item.points.value, digits: 1)
    object.member("statement", item.evidence.statement.plain)
    object.array("inputs") { list in
      for input in item.evidence.inputs {
        list.object {
          $0.member("name", input.name)
          $0.member("value", input.value.text)
        }
      }
    }
  }
}

extension Alert {
  /// An id, and no sentence.
  var hasPlainID: Bool {
    id.utf8.count <= 64
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_.:/#".utf8.contains(byte)
        }
      }
  }
}

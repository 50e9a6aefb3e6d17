import JSON

extension Decision {
  /// The decision as an artifact, with every field of the schema.
  package var json: [UInt8] {
    var writer = JSONWriter(reserving: 16_384)
    writer.object { object in
      writeHead(&object)
      writeReasons(&object)
      writeEvidence(&object)
      writeHumanInput(&object)
      switch judgement.assessment.section {
      case .insider(let section): section.write(&object)
      case .wash(let section): section.write(&object, confidence: judgement.opinion.genuine)
      }
    }
    return writer.bytes
  }

  private func writeHead(_ object: inout JSONWriter) {
    let opinion = judgement.opinion
    object.member("decision_id", context.id)
    object.member("alert_id", alert.id)
    object.member("alert_type", judgement.assessment.kind.rawValue)
    object.member("determination", judgement.determination.rawValue)
    object.member("recommended_action", judgement.recommendedAction.rawValue)
    object.member("confidence", judgement.confidence)
    object.member("genuine_alert_confidence", opinion.genuine)
    object.member("false_positive_confidence", opinion.falsePositive)
    object.member("uncertainty", opinion.uncertainty)
    object.member("timestamp", context.at)
    object.member("policy_version", judgement.policy.version)
    object.member("interpretation", interpretation.rawValue)
    object.member("notice", Self.notice)
  }

  private func writeReasons(_ object: inout JSONWriter) {
    object.member("key_findings", findings.key)
    object.member("favorable_indicators", findings.favorable)
    object.member("risk_mitigating_factors", findings.mitigating)
    object.member("reasoning_narrative", reasoning)
    object.array("reasoning_sources") { list in
      for paragraph in narrative.paragraphs {
        list.array { pieces in
          for piece in paragraph.pieces { write(piece, &pieces) }
        }
      }
    }
    object.key("similar_precedent")
    if let precedents { write(precedents, &object) } else { object.null() }
    object.array("data_gaps") { list in
      for gap in judgement.gaps {
        list.object {
          $0.member("source", gap.source)
          $0.member("statement", gap.statement)
          $0.member("mandatory", gap.isMandatory)
        }
      }
    }
    object.member("mismatches", findings.mismatches)
    object.member("hard_flags", judgement.assessment.hardFlags)
    object.member("regulatory_flags", regulatoryFlags)
  }

  private func write(_ piece: CitedText.Piece, _ list: inout JSONWriter) {
    list.object { object in
      switch piece {
      case .text(let text): object.member("text", text)
      case .fact(let text, let tool):
        object.member("text", text)
        object.member("tool", tool.rawValue)
        object.member("tool_call_id", ifPresent: context.toolCalls[tool])
      }
    }
  }

  private func write(_ match: PrecedentMatch, _ writer: inout JSONWriter) {
    writer.object { object in
      Self.write(match.best, &object)
      object.key("runner_up")
      if let runnerUp = match.runnerUp {
        object.object { Self.write(runnerUp, &$0) }
      } else {
        object.null()
      }
    }
  }

  private static func write(_ candidate: PrecedentMatch.Candidate, _ object: inout JSONWriter) {
    object.member("id", candidate.precedent.id)
    object.member("title", candidate.precedent.title)
    object.member("determination", candidate.precedent.determination.rawValue)
    object.member("similarity", candidate.similarity)
    object.member("reasoning", candidate.precedent.reasoning)
  }
}

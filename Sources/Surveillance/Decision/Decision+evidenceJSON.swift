import JSON

extension Decision {
  func writeEvidence(_ object: inout JSONWriter) {
    object.object("score") { score in
      let opinion = judgement.opinion
      score.member("suspicion_points", opinion.suspicion)
      score.member("mitigation_points", opinion.mitigation)
      score.member("doubt_points", opinion.doubt)
      score.member("mandatory_gaps", judgement.mandatoryGaps)
    }
    object.array("evidence") { list in
      for item in judgement.scored {
        list.object { write(item, &$0) }
      }
    }
    object.array("defeats") { list in
      for defeat in judgement.defeats {
        list.object {
          $0.member("by", defeat.by)
          $0.member("of", defeat.of.sorted())
          $0.member("factor", decimal: defeat.factor, digits: 4)
        }
      }
    }
  }

  private func write(_ item: ScoredEvidence, _ object: inout JSONWriter) {
    let evidence = item.evidence
    object.member("indicator", evidence.indicator)
    object.member("title", evidence.title)
    object.member("side", evidence.side.rawValue)
    object.member("weight", decimal: evidence.weight, digits: 4)
    object.member("strength", decimal: evidence.strength, digits: 4)
    object.member("raw_points", item.rawPoints)
    object.member("points", item.points)
    object.member("defeated_by", item.defeatedBy)
    object.member("factor", decimal: item.factor, digits: 4)
    object.member("tool", evidence.tool.rawValue)
    object.key("tool_call_id")
    if let call = context.toolCalls[evidence.tool] { object.string(call) } else { object.null() }
    object.member("statement", evidence.statement.plain)
    object.array("inputs") { list in
      for input in evidence.inputs {
        list.object {
          $0.member("name", input.name)
          $0.key("value")
          $0.fact(input.value)
          $0.member("text", input.value.text)
        }
      }
    }
    object.member("figures", figures(showing: evidence.indicator))
  }

  /// The figures in which the indicator can be seen.
  func figures(showing indicator: String) -> [String] {
    judgement.assessment.figures.filter { $0.indicators.contains(indicator) }.map(\.id)
  }

  func writeHumanInput(_ object: inout JSONWriter) {
    object.array("human_input") { list in
      for answer in judgement.answers {
        list.object {
          $0.member("question_id", answer.questionID)
          $0.member("question", answer.kind.prompt(answer.subject))
          $0.member("answer", answer.answer)
          $0.key("by")
          if let by = answer.by { $0.string(by) } else { $0.null() }
          $0.member("at", answer.at)
        }
      }
    }
  }
}

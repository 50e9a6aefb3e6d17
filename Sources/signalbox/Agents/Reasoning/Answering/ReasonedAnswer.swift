import A2A
import JSON
import Surveillance

/// The answer to a question, with everything that it rests on.
struct ReasonedAnswer: Sendable {
  /// Who chose the looks and found the words.
  enum Interpretation: String, Sendable { case rules, llm, mixed }

  let question: String
  let text: String
  let interpretation: Interpretation
  let inquiry: Inquiry
  let evidence: [TakenLook]
  /// Rounds of looks.
  let steps: Int

  var artifact: Artifact {
    var artifact = Artifact(
      id: "answer",
      parts: [Part(.text(text), mediaType: "text/plain"), Part(.data(data), mediaType: "application/json")],
      name: "Answer")
    artifact.description = "What was found out, and what it rests on."
    return artifact
  }

  private var data: JSONValue {
    .object { object in
      object.member("question", question)
      object.member("answer", text)
      object.member("interpretation", interpretation.rawValue)
      object.object("understood") { inquiry.write(into: &$0) }
      object.member("steps", steps)
      object.array("evidence") { list in
        for entry in evidence {
          list.object { item in
            item.member("call_id", entry.id)
            item.member("tool", entry.call.tool.rawValue)
            item.member("input", entry.call.input)
            item.member("rows", entry.result.rows)
            item.member("facts", entry.result.facts)
          }
        }
      }
    }
  }
}

extension Inquiry {
  func write(into object: inout JSONWriter) {
    object.array("subjects") { list in
      for subject in subjects {
        list.object { entry in
          entry.member("kind", subject.kind)
          entry.member("id", subject.id)
        }
      }
    }
    object.array("intents") { list in
      for intent in Intent.allCases where intents.contains(intent) { list.string(intent.rawValue) }
    }
    object.member("from", ifPresent: time?.days.lowerBound.description)
    object.member("to", ifPresent: time?.days.upperBound.description)
    object.array("not_known") { list in for word in unknown { list.string(word) } }
    object.array("not_settled") { list in for ambiguity in ambiguities { list.string(ambiguity.words) } }
  }
}

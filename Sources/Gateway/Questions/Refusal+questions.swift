import A2A
import HTTP
import JSON
import Telemetry

// Why an answer is not taken. Programs are told who was first, and when, beside the sentence.
extension Refusal {
  static func badAnswer(_ error: A2AError) -> Refusal { badAnswer(error.message, error.violations) }

  static func badAnswer(_ detail: String, _ violations: [A2AError.FieldViolation] = []) -> Refusal {
    Refusal(.unprocessableContent, detail, code: "bad-answer") { facts in
      facts.array("violations") { list in
        for violation in violations {
          list.object { item in
            item.member("field", violation.field)
            item.member("description", violation.description)
          }
        }
      }
    }
  }

  static func emptyAnswer(_ question: String) -> Refusal {
    badAnswer("The answer to the question \(question), which stays open, says nothing. Send a text.")
  }

  static func notDeclinable(_ question: String) -> Refusal {
    badAnswer("The question \(question) cannot be declined: give an answer.")
  }

  static func noFields(_ values: JSONValue, _ question: String) -> Refusal {
    badAnswer(
      "The question \(question), which stays open, has no fields. Answer with a text.",
      values.members.map { .init(field: $0.key, description: "is no field of this question") })
  }

  /// A question that is closed takes no answer and no claim.
  static func closed(_ question: String, _ end: QuestionEnd) -> Refusal {
    guard end.how != .answered else { return answered(question, by: end.by ?? "", at: end.at) }
    let how =
      switch end.how {
      case .answered, .elsewhere: "its agent went on without an answer from here"
      case .expired: "nobody answered in time"
      case .withdrawn: "its agent asked something else in its place"
      case .ended: "the task has ended"
      }
    return Refusal(.conflict, "The question \(question) is closed: \(how).", code: "question-closed") { facts in
      facts.member("how", end.how.rawValue)
    }
  }

  private static func answered(_ question: String, by principal: String, at milliseconds: Int64) -> Refusal {
    let at = RFC3339.text(millisecondsSince1970: milliseconds)
    return Refusal(
      .conflict, "The question \(question) was answered by \(principal) at \(at), and one answer counts.",
      code: "answered"
    ) { facts in
      facts.member("by", principal)
      facts.member("at", at)
    }
  }

  static func claimed(_ question: String, _ claim: QuestionClaim) -> Refusal {
    let until = RFC3339.text(millisecondsSince1970: claim.until)
    return Refusal(
      .conflict, "\(claim.by) is answering the question \(question), until \(until). An answer is taken all the same.",
      code: "claimed"
    ) { facts in
      facts.member("by", claim.by)
      facts.member("until", until)
    }
  }
}

/// A question as people see it.
package struct Question: Sendable {
  package let kind: OpenQuestion.Kind
  package let subject: String?
  package let prompt: String
  /// Why the data cannot say it.
  package let why: CitedText
  /// The last of them is that nobody knows.
  package let options: [AnswerOption]
  /// Answers that are none of the options are good as well: an owner's id.
  package let takesFreeText: Bool
  /// What counts when nobody answers.
  package let defaultAnswer = HumanAnswer.unknown
  /// What comes of no answer: the end of a sentence that begins with "If nobody answers".
  package let consequence =
    "the alert goes to a person for review, and the decision names the missing answer as a gap."

  package init(_ open: OpenQuestion, in section: Assessment.Section) {
    kind = open.kind
    subject = open.subject
    prompt = open.kind.prompt(open.subject)
    why = open.why
    takesFreeText = open.kind == .ownerOfAccount
    let owners = open.kind == .ownerOfAccount ? Self.owners(in: section) : []
    options = open.kind.options + owners + [.unknown]
  }

  /// Unique within one analysis.
  package var id: String { Self.id(kind, subject) }

  /// Only owners are asked for more than once: for each account.
  static func id(_ kind: OpenQuestion.Kind, _ subject: String?) -> String {
    guard kind == .ownerOfAccount, let subject else { return kind.rawValue }
    return "\(kind.rawValue):\(subject)"
  }

  package func accepts(_ answer: String) -> Bool {
    if options.contains(where: { $0.id == answer }) { return true }
    return takesFreeText && (1...64).contains(answer.utf8.count) && answer.unicodeScalars.allSatisfy(Self.isOfAnID)
  }

  /// The owners that are known already: the likeliest answers.
  private static func owners(in section: Assessment.Section) -> [AnswerOption] {
    guard case .wash(let wash) = section else { return [] }
    var seen: Set<String> = ["", HumanAnswer.unknown]
    return wash.nodes.compactMap { node in
      guard seen.insert(node.ownerID).inserted else { return nil }
      return AnswerOption(node.ownerID, node.ownerName.isEmpty ? node.ownerID : "\(node.ownerName) (\(node.ownerID))")
    }
  }

  private static func isOfAnID(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_.:/".unicodeScalars.contains(scalar)
  }
}

extension HumanAnswer {
  /// Somebody answered, and knew.
  var isKnown: Bool { by != nil && answer != Self.unknown }

  var questionID: String { Question.id(kind, subject) }

  var option: AnswerOption? { isKnown ? kind.options.first { $0.id == answer } : nil }
}

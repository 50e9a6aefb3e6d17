/// An advice with all that it stands on. Whoever has the same alert, facts, answers, policy, ids and clock gets the same bytes.
package struct Decision: Sendable {
  package let alert: Alert
  package let judgement: Judgement
  package let precedents: PrecedentMatch?
  package let findings: Findings
  package let narrative: Narrative
  package let regulatoryFlags: [String]
  package let context: Context
  /// A model's words for the narrative, once they were checked.
  package private(set) var rewritten: String?
  /// Who wrote the words of the decision as a whole.
  package var interpretation = Interpretation.template

  /// What comes from outside the analysis.
  package struct Context: Sendable {
    package var id: String
    package var at: Instant
    /// The ids of the calls whose facts were used.
    package var toolCalls: [ToolName: String]
    /// Who reports a suspicion.
    package var submitter: Submitter

    package init(id: String, at: Instant, toolCalls: [ToolName: String] = [:], submitter: Submitter = Submitter()) {
      self.id = id
      self.at = at
      self.toolCalls = toolCalls
      self.submitter = submitter
    }
  }

  package struct Submitter: Sendable, Equatable {
    package var firm: String
    package var person: String
    package var contact: String

    package init(firm: String = "", person: String = "", contact: String = "") {
      self.firm = firm
      self.person = person
      self.contact = contact
    }
  }

  /// What every decision says of itself.
  package static let notice = """
    This is advice to a person, who decides. It weighs indicators; it does not say that anybody has done wrong, and it \
    accuses nobody.
    """

  package init(_ alert: Alert, _ judgement: Judgement, precedents book: PrecedentBook, _ context: Context) {
    self.alert = alert
    self.judgement = judgement
    self.context = context
    precedents = book.match(judgement.assessment.kind, judgement.scored)
    findings = Findings(judgement)
    narrative = Narrative(alert, judgement, precedents)
    regulatoryFlags = RegulatoryFlags.list(judgement)
  }

  /// The narrative that is shown.
  package var reasoning: String { rewritten ?? narrative.plain }

  /// The shortest narrative that says anything.
  static let shortestReasoning = 100
  static let longestReasoning = 8_000

  /// Takes a model's words in the place of the template's, if every number in them is among the facts.
  package mutating func take(_ text: String, interpretation: Interpretation) throws(NumberCheckError) {
    guard (Self.shortestReasoning...Self.longestReasoning).contains(text.count) else {
      throw NumberCheckError(
        token: "", text: "The text has \(text.count) characters; 100 to 8000 make a narrative.")
    }
    try NumberCheck(facts: facts).check(text)
    rewritten = text
    self.interpretation = interpretation
  }
}

/// What an answer does to the figures.
enum AnswerEffect: Sendable {
  /// Evidence under the question's name.
  case points(Evidence.Side, PolicyKey)
  /// It takes weight from these indicators.
  case defeat(Set<String>, PolicyKey)
  /// The market maker's exemption counts as proven.
  case fullExemption
}

/// One answer that can be given.
package struct AnswerOption: Sendable {
  package let id: String
  package let label: String
  /// What is known once it was given: a whole sentence.
  let finding: String
  let effects: [AnswerEffect]

  init(_ id: String, _ label: String, finding: String = "", _ effects: [AnswerEffect] = []) {
    self.id = id
    self.label = label
    self.finding = finding
    self.effects = effects
  }

  static let unknown = AnswerOption(HumanAnswer.unknown, "It is not known")
}

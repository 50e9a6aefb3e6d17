/// One field of a form.
package struct QuestionField: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// One of these.
    case choice([Option])
    /// Any of these.
    case multichoice([Option])
    case boolean
    case text(maximumLength: Int? = nil)
    /// Several lines.
    case longtext(maximumLength: Int? = nil)
    case integer(minimum: Int64? = nil, maximum: Int64? = nil)
    case decimal(minimum: Double? = nil, maximum: Double? = nil)
    /// `2026-03-01`
    case date
    /// `2026-03-01T09:30:00Z`
    case datetime
  }

  package struct Option: Sendable, Equatable {
    package var value: String
    package var label: String

    package init(_ value: String, _ label: String? = nil) {
      self.value = value
      self.label = label ?? value
    }
  }

  /// The key of its value in the answer.
  package var name: String
  package var label: String
  package var kind: Kind
  package var isRequired: Bool
  /// What the form shows before anybody has touched it.
  package var initial: FieldValue?
  /// Of a number: what it counts.
  package var unit: String?
  package var help: String?

  package init(
    _ name: String, _ label: String, _ kind: Kind, isRequired: Bool = true, initial: FieldValue? = nil,
    unit: String? = nil, help: String? = nil
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.isRequired = isRequired
    self.initial = initial
    self.unit = unit
    self.help = help
  }

  package var typeName: String {
    switch kind {
    case .choice: "choice"
    case .multichoice: "multichoice"
    case .boolean: "boolean"
    case .text: "text"
    case .longtext: "longtext"
    case .integer: "integer"
    case .decimal: "decimal"
    case .date: "date"
    case .datetime: "datetime"
    }
  }

  var options: [Option] {
    switch kind {
    case .choice(let options), .multichoice(let options): options
    default: []
    }
  }

  /// One line for those who see text only.
  func text(alone: Bool) -> String {
    let what =
      switch kind {
      case .choice: "one of " + optionsText
      case .multichoice: "any of " + optionsText
      case .boolean: "yes or no"
      case .text, .longtext: "text"
      case .integer: "a whole number"
      case .decimal: "a number"
      case .date: "a date such as 2026-03-01"
      case .datetime: "a time such as 2026-03-01T09:30:00Z"
      }
    let counted = unit.map { "\(what) (\($0))" } ?? what
    return alone ? "Answer with \(counted)." : "\(label): \(counted)\(isRequired ? "" : ", or nothing")."
  }

  private var optionsText: String {
    options.map { $0.label == $0.value ? $0.value : "\($0.value) (\($0.label))" }.joined(separator: ", ")
  }
}

/// The value of a field.
package enum FieldValue: Sendable, Equatable {
  /// Of a text, a choice, a date and a datetime.
  case text(String)
  case texts([String])
  case boolean(Bool)
  case integer(Int64)
  case decimal(Double)
}

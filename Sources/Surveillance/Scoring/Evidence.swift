/// What one indicator says.
package struct Evidence: Sendable, Equatable {
  package enum Side: String, Sendable { case suspicion, mitigation }

  /// As in the policy: I4, M9, W1, X7; `preclearance` and the like for what people have answered.
  package var indicator: String
  package var title: String
  package var side: Side
  /// The most points it can give.
  package var weight: Double
  /// How much of it applies, from 0 to 1.
  package var strength: Double
  /// The tool whose facts it rests on.
  package var tool: ToolName
  package var inputs: [Input]
  /// A whole sentence for people.
  package var statement: CitedText

  package init(
    _ indicator: String, _ title: String, _ side: Side, weight: Double, strength: Double, tool: ToolName,
    inputs: [Input] = [], statement: CitedText
  ) {
    self.indicator = indicator
    self.title = title
    self.side = side
    self.weight = weight
    self.strength = strength
    self.tool = tool
    self.inputs = inputs
    self.statement = statement
  }

  package struct Input: Sendable, Equatable {
    package var name: String
    package var value: FactValue

    package init(_ name: String, _ value: FactValue) {
      self.name = name
      self.value = value
    }
  }
}

package enum FactValue: Sendable, Equatable {
  case text(String)
  case integer(Int)
  /// With so many decimals shown.
  case decimal(Double, digits: Int)
  case money(Money)
  case price(Price)
  case day(Day)
  case instant(Instant)
  case flag(Bool)
  /// It could not be known.
  case missing

  package var text: String {
    switch self {
    case .text(let text): text
    case .integer(let number): Digits.grouped(number)
    case .decimal(let number, let digits): Decimals.text(number, digits: digits)
    case .money(let money): money.description
    case .price(let price): price.description
    case .day(let day): day.description
    case .instant(let instant): instant.description
    case .flag(let flag): flag ? "yes" : "no"
    case .missing: "not known"
    }
  }
}

/// A verified fact that takes weight from indicators.
package struct Defeat: Sendable, Equatable {
  /// The indicator that is the fact.
  package var by: String
  package var of: Set<String>
  package var factor: Double

  package init(by: String, of: Set<String>, factor: Double) {
    self.by = by
    self.of = of
    self.factor = factor
  }
}

/// Something that should have been known and was not.
package struct DataGap: Sendable, Equatable {
  /// What is missing, such as `history` or `owner of A-77`.
  package var source: String
  /// A whole sentence.
  package var statement: String
  /// The assessment stands on weaker feet without it: the uncertainty grows.
  package var isMandatory: Bool

  package init(_ source: String, _ statement: String, isMandatory: Bool) {
    self.source = source
    self.statement = statement
    self.isMandatory = isMandatory
  }
}

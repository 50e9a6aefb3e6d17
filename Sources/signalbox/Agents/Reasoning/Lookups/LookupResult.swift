import JSON
import Surveillance

/// What a look into the reference data gave.
struct LookupResult: Sendable {
  /// In a sentence or several, for people.
  let sentence: String
  /// Everything that may be said of it, an object.
  let facts: JSONValue
  /// How many rows it rests on; none: there is nothing of the kind.
  let rows: Int
  /// Accounts that were found to belong together, for the next step.
  var accounts: [String] = []
  /// Figures by which two subjects can be held against each other.
  var measure: Measure?

  struct Measure: Sendable, Equatable {
    /// What is compared: "trades", "change of the price in %".
    let name: String
    let value: Double
    let text: String
  }

  init(
    _ sentence: String, rows: Int, accounts: [String] = [], measure: Measure? = nil,
    _ facts: JSONValue
  ) {
    self.sentence = sentence
    self.rows = rows
    self.accounts = accounts
    self.measure = measure
    self.facts = facts
  }
}

/// A look that was taken, with the id under which people saw it.
struct TakenLook: Sendable {
  let call: LookupCall
  /// Of the tool's call.
  let id: String
  let result: LookupResult
}

/// What was typed behind a command, checked against its specification.
struct ParsedArguments: Sendable, Equatable {
  /// The words that stand by themselves.
  var words: [String] = []
  /// In the order in which they were typed; an option without a value has an empty one.
  var options: [Option] = []

  struct Option: Sendable, Equatable {
    let name: String
    let value: String
  }

  func has(_ name: String) -> Bool {
    options.contains { $0.name == name }
  }

  /// The value of an option that may be given once.
  func value(_ name: String) -> String? {
    options.first { $0.name == name }?.value
  }

  func values(_ name: String) -> [String] {
    options.filter { $0.name == name }.map(\.value)
  }

  /// The value of an option that is a whole number; nil where it was not given.
  /// - Parameter refusal: makes the error of a sentence.
  func number(
    _ name: String, in range: ClosedRange<Int>, _ refusal: (String) -> UsageError
  ) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw refusal(
        "The option --\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), not "
          + "\(text.debugDescription).")
    }
    return number
  }
}

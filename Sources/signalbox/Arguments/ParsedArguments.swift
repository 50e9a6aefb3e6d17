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
}

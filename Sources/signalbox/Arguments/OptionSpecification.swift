/// One option of a command as data.
struct OptionSpecification: Sendable, Equatable {
  /// Without the two hyphens.
  let name: String
  /// What its value is called in the help; nil when it takes none.
  let placeholder: String?
  let help: String
  /// May be given more than once.
  let isRepeated: Bool

  private init(name: String, placeholder: String?, help: String, isRepeated: Bool) {
    self.name = name
    self.placeholder = placeholder
    self.help = help
    self.isRepeated = isRepeated
  }

  /// An option that is there or not.
  static func flag(_ name: String, _ help: String) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: nil, help: help, isRepeated: false)
  }

  /// An option with a value: `--name VALUE` or `--name=VALUE`.
  static func value(
    _ name: String, _ placeholder: String, _ help: String, isRepeated: Bool = false
  ) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: placeholder, help: help, isRepeated: isRepeated)
  }

  /// As the help writes it: `--dir DIR`.
  var usage: String {
    placeholder.map { "--\(name) \($0)" } ?? "--\(name)"
  }
}

/// One option of a command as data.
struct OptionSpecification: Sendable, Equatable {
  /// Without the two hyphens.
  let name: String
  /// What its value is called in the help; nil when it takes none.
  let placeholder: String?
  let help: String
  /// May be given more than once.
  let isRepeated: Bool
  /// May be given without its value, which then stands behind an equals sign only.
  let mayLackValue: Bool

  private init(name: String, placeholder: String?, help: String, isRepeated: Bool, mayLackValue: Bool = false) {
    self.mayLackValue = mayLackValue
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

  /// An option that says something by itself, and more with a value: `--name` or `--name=VALUE`.
  static func flag(_ name: String, orValue placeholder: String, _ help: String) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: placeholder, help: help, isRepeated: false, mayLackValue: true)
  }

  /// As the help writes it: `--dir DIR`.
  var usage: String {
    guard let placeholder else { return "--\(name)" }
    return mayLackValue ? "--\(name)[=\(placeholder)]" : "--\(name) \(placeholder)"
  }
}

/// One thing that can be configured, as data. The file, the environment, the flags, the defaults and the documentation
/// all follow from it.
struct Setting: Sendable, Equatable {
  /// Its place in the file, with dots between the keys: `listeners.public.port`.
  let key: String
  let kind: SettingKind
  let defaultValue: SettingValue
  /// The flag of its own that common ones have, without the hyphens. Every one can be set with `--set`.
  let flag: String?
  /// A sentence.
  let help: String

  init(_ key: String, _ kind: SettingKind, _ defaultValue: SettingValue, flag: String? = nil, _ help: String) {
    self.key = key
    self.kind = kind
    self.defaultValue = defaultValue
    self.flag = flag
    self.help = help
  }

  /// `SIGNALBOX_LISTENERS_PUBLIC_PORT`: capitals, and an underscore for each dot and before each word inside a key.
  var environmentName: String { EnvironmentName.derived(from: key) }

  var option: OptionSpecification? {
    flag.map { flag in
      // The same sentence stands with each listener; the key says which one is meant.
      let help = key.hasPrefix("listeners.") ? "\(help) (\(key))" : help
      return kind == .boolean ? .flag(flag, help) : .value(flag, kind.placeholder, help)
    }
  }
}

enum EnvironmentName {
  static let prefix = "SIGNALBOX_"
  /// Names the configuration file itself.
  static let file = prefix + "CONFIG"

  static func derived(from key: String) -> String {
    key.reduce(into: prefix) { name, letter in
      if letter == "." {
        name += "_"
      } else {
        if letter.isUppercase { name += "_" }
        name += letter.uppercased()
      }
    }
  }
}

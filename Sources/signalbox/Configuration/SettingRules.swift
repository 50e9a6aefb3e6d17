/// What must hold between settings, whatever the files say that they name.
protocol SettingRules {
  var settings: Settings { get }
}

extension SettingRules {
  /// An empty list is as good as none.
  func isSet(_ key: String) -> Bool {
    switch settings.entry(key).value {
    case .absent: false
    case .list(let values): !values.isEmpty
    default: true
    }
  }

  /// - Parameter rule: says what to do about it, in a sentence or two.
  func unless(_ isRight: Bool, _ key: String, _ rule: String) -> [ConfigurationProblem] {
    isRight ? [] : [.broken(key, settings.entry(key), rule)]
  }
}

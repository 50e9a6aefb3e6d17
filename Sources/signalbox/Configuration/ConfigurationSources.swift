/// Everything that can say something about a setting, before it is understood.
struct ConfigurationSources: Sendable {
  struct File: Sendable {
    let path: String
    let bytes: [UInt8]
  }

  /// What a flag says about a key; a flag without a value says "true".
  struct Flag: Sendable {
    /// As it was typed: `--public-port` or `--set`.
    let name: String
    let key: String
    let text: String
  }

  var file: File?
  var environment: [String: String] = [:]
  var flags: [Flag] = []

  /// Understands all sources. A flag beats the environment, the environment beats the file, the file beats the default. Variables that
  /// other programs have names for come behind the file.
  /// Every problem is found, not only the first; with any, the settings are not to be used.
  func settings() -> (settings: Settings, problems: [ConfigurationProblem]) {
    var problems: [ConfigurationProblem] = []
    let fileLayer = file.map { FileLayer.read($0, &problems) } ?? [:]
    let environmentLayer = EnvironmentLayer.read(environment, &problems)
    let flagLayer = FlagLayer.read(flags, &problems)
    let own = [flagLayer, environmentLayer, fileLayer]
    let borrowed = BorrowedVariables.read(environment, unless: Set(own.flatMap(\.keys)), &problems)
    return (Settings(layers: own + [borrowed]), problems)
  }
}

import JSON
import Testing

@testable import signalbox

struct SettingsTableTests {
  @Test func `keys, variables and flags are each there once`() {
    let all = SettingsTable.all
    #expect(Set(all.map(\.key)).count == all.count)
    #expect(Set(all.map(\.environmentName)).count == all.count)
    let options = ConfigurationFlags.options + ServeCommand.specifications
    #expect(Set(options.map(\.name)).count == options.count)
  }

  @Test(arguments: SettingsTable.all)
  func `a variable's name is one, and not one that Kubernetes sets`(setting: Setting) {
    let name = setting.environmentName
    #expect(name.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F })
    #expect(!EnvironmentLayer.foreignPrefixes.contains { name.hasPrefix($0) })
    #expect(name != EnvironmentName.file)
  }

  @Test func `variables are named after their keys`() {
    #expect(EnvironmentName.derived(from: "listeners.public.port") == "SIGNALBOX_LISTENERS_PUBLIC_PORT")
    #expect(EnvironmentName.derived(from: "allowNonLoopback") == "SIGNALBOX_ALLOW_NON_LOOPBACK")
  }

  @Test(arguments: SettingsTable.all)
  func `a default is a value that the setting may have`(setting: Setting) throws {
    #expect(setting.kind.read(try JSONValue(parsing: setting.defaultValue.text)) == setting.defaultValue)
  }

  @Test func `the defaults as a file are the defaults`() throws {
    var problems: [ConfigurationProblem] = []
    let file = ConfigurationSources.File(path: "defaults.json", bytes: Array(DefaultsDocument.text.utf8))
    let layer = FileLayer.read(file, &problems)
    #expect(problems.isEmpty)
    #expect(
      layer.mapValues(\.value) == Dictionary(uniqueKeysWithValues: SettingsTable.all.map { ($0.key, $0.defaultValue) }))
  }

  @Test func `the defaults keep all rules`() {
    #expect(ConfigurationRules.problems(in: Settings(layers: [])).isEmpty)
  }
}

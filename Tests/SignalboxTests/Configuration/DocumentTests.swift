import Foundation
import Testing

@testable import signalbox

struct DocumentTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../docs"
  static let examples = ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/examples")) ?? []).sorted()

  private func read(_ path: String) throws -> String {
    String(decoding: try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(path)")), as: UTF8.self)
  }

  @Test func `the documented keys are those that the table has`() throws {
    let text = try read("configuration.md")
    let parts = text.components(separatedBy: "<!-- KEYS-")
    try #require(parts.count == 3)
    let table = parts[1].drop { $0 != "\n" }.trimmingCharacters(in: .newlines)
    #expect(table == KeysDocument.text, "Put in what `signalbox config keys` prints.")
  }

  @Test func `the keys' tables have a row for each setting`() {
    let plain =
      SettingsTable.general + SettingsTable.identity + SettingsTable.records + SettingsTable.work
      + SettingsTable.control
    for setting in plain + SettingsTable.agent("NAME") {
      #expect(KeysDocument.text.contains("| `\(setting.key)` |"))
    }
    for setting in SettingsTable.listener(.agents) {
      let key = setting.key.replacingOccurrences(of: ".agents.", with: ".LISTENER.")
      #expect(KeysDocument.text.contains("| `\(key)` |"))
    }
  }

  @Test func `there are examples, and the document names each`() throws {
    let text = try read("configuration.md")
    #expect(Self.examples.count >= 3)
    for example in Self.examples { #expect(text.contains("(examples/\(example))")) }
  }

  @Test(arguments: examples)
  func `every example is a configuration that is right`(name: String) throws {
    var sources = ConfigurationSources()
    sources.file = .init(path: name, bytes: Array(try read("examples/\(name)").utf8))
    let (settings, problems) = sources.settings()
    #expect((problems + ConfigurationRules.problems(in: settings)).map(\.description) == [])
  }
}

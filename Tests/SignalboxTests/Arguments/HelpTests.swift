import Testing

@testable import signalbox

struct HelpTests {
  static let commands: [CommandSpecification] = all(CommandTree.root)

  private static func all(_ command: CommandSpecification) -> [CommandSpecification] {
    [command] + command.commands.flatMap(all)
  }

  private func help(_ words: [String]) throws -> String? {
    guard case .help(let command) = try ArgumentParser(root: CommandTree.root).parse(words) else { return nil }
    return HelpText(command: command).description
  }

  @Test(arguments: commands.map(\.path))
  func `every command has help, by three ways, with an example that is right`(path: [String]) throws {
    let text = try #require(try help(path + ["--help"]))
    #expect(try help(path + ["-h"]) == text)
    #expect(try help(["help"] + path) == text)
    #expect(text.contains("Usage: \((["signalbox"] + path).joined(separator: " "))"))
    let command = try #require(Self.commands.first { $0.path == path })
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      let words = example.prefix { $0 != ">" && $0 != "|" }.split(separator: " ").dropFirst().map(String.init)
      #expect(throws: Never.self, "\(example)") { _ = try ArgumentParser(root: CommandTree.root).parse(words) }
    }
  }

  @Test(arguments: commands.map(\.path))
  func `help fits a terminal`(path: [String]) throws {
    let text = try #require(try help(path + ["--help"]))
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func `help behind a command's own words beats what is wrong with them`() throws {
    #expect(try help(["certs", "show", "a", "b", "--help"]) != nil)
  }

  @Test func `the program's help names the exit codes`() throws {
    let text = try #require(try help(["--help"]))
    for code in ExitCode.allCases { #expect(text.contains("\n  \(code.rawValue) ")) }
  }

  @Test func `serve has every flag of the settings`() throws {
    let text = try #require(try help(["serve", "--help"]))
    for flag in SettingsTable.all.compactMap(\.flag) { #expect(text.contains("--\(flag)")) }
  }
}

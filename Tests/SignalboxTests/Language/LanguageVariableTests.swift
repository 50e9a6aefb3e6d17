import Foundation
import Testing

@testable import signalbox

/// The environment's variables, where people read of them.
struct LanguageVariableTests {
  private func document() throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../docs/agents.md"
    return String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
  }

  @Test func `the documented variables are those that the table has`() throws {
    let text = try document()
    let start = try #require(text.range(of: "**A language model**"))
    let end = try #require(text.range(of: "## signalbox agent\n"))
    let rows = text[start.upperBound..<end.lowerBound].split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.map(String.init) == LanguageSettings.variables.map { "| `\($0.name)` | \($0.meaning) |" })
  }

  @Test func `the help of the agents names each, and where to read of them`() throws {
    guard case .help(let command) = try ArgumentParser(root: CommandTree.root).parse(["agent", "--help"]) else {
      Issue.record("There is no help.")
      return
    }
    let text = HelpText(command: command).description
    for (name, _) in LanguageSettings.variables { #expect(text.contains(name)) }
    #expect(text.contains("docs/agents.md"))
  }
}

import Foundation
import TestSupport
import Testing

@testable import Gateway

/// docs/operations.md against a gateway.
@Suite struct OperationDocumentTests {
  private static let page =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../docs/operations.md"

  @Test func `the metrics that are documented are those that come, with their types`() async throws {
    let text = String(decoding: try #require(FileManager.default.contents(atPath: Self.page)), as: UTF8.self)
    let parts = text.components(separatedBy: "<!-- METRICS-")
    try #require(parts.count == 3)
    let documented = parts[1].split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      row.split(separator: "|").prefix(2).map { $0.replacing("`", with: "").replacing(" ", with: "") }.joined(
        separator: " ")
    }
    try await TestGateway.run {
      // Nobody listens there; what is told of agents needs one.
      $0.work.agents = [
        AgentConfiguration(
          name: "one", url: "https://localhost:1", authorityFile: try AgentScene.authorityFile())
      ]
    } _: { gateway async throws in
      let metrics = try #require(try await gateway.operatorAsks("GET", "/metrics")).text
      let come = metrics.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { String($0.dropFirst(7)) }
      #expect(Set(come).subtracting(documented) == [], "These are not documented.")
      #expect(Set(documented).subtracting(come) == [], "These do not come.")
      #expect(documented == documented.sorted())
    }
  }

  @Test func `alerts ask for metrics that there are`() throws {
    let text = String(decoding: try #require(FileManager.default.contents(atPath: Self.page)), as: UTF8.self)
    let rules = try #require(
      text.components(separatedBy: "```yaml").dropFirst().first?.components(separatedBy: "```").first)
    let table = text.components(separatedBy: "<!-- METRICS-")[1]
    let asked = rules.matches(of: /(?:signalbox|process)_[a-z_]+/).map { $0.output.replacing("_bucket", with: "") }
    #expect(asked.count >= 10)
    for name in asked { #expect(table.contains("| `\(name)` |"), "\(name)") }
  }
}

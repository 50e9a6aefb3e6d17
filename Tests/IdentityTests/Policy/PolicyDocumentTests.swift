import Foundation
import Testing

@testable import Identity

/// docs/policy.md says what the code does.
struct PolicyDocumentTests {
  private func document() throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let bytes = try #require(FileManager.default.contents(atPath: folder + "/../../../docs/policy.md"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func part(behind mark: String, from start: String, to end: String) throws -> String {
    let behind = try #require(try document().components(separatedBy: mark).dropFirst().first)
    let body = try #require(behind.components(separatedBy: start).dropFirst().first)
    return try #require(body.components(separatedBy: end).first)
  }

  private func example() throws -> Policy {
    try PolicyTexts.policy(try part(behind: "<!-- EXAMPLE -->", from: "```json\n", to: "```"))
  }

  @Test func `the example is a policy that is right`() throws {
    let policy = try example()
    #expect(policy.entryCount == 5)
    #expect(policy.names == ["alex", "nightly-report"])
  }

  @Test func `the example does what the text beneath it says`() throws {
    let policy = try example()
    let stolen = "3b5d3c7d207e37dceeedd301e35e2e58a1b2c3d4e5f60718293a4b5c6d7e8f90"
    let alexURI = "spiffe://signalbox.local/operator/alex"
    #expect(policy.refusal(PolicyTexts.certificate(uris: [alexURI], fingerprint: stolen)) != nil)
    for claims in [PolicyTexts.certificate(uris: [alexURI]), PolicyTexts.token("alex"), .link(name: "alex")] {
      #expect(try policy.principal(claims).name == "alex")
    }
    let others = Subject.task(TaskFacts(owner: "x", tenant: "y", agent: "z"))
    let script = try policy.principal(PolicyTexts.certificate(dns: ["report.acme.example"]))
    #expect(script.decide(.watch, on: others).isAllowed)
    #expect(script.decide(.submit, on: .newTask(agent: "wash-trade")).isAllowed)
    #expect(!script.decide(.submit, on: .newTask(agent: "insider-trading")).isAllowed)
    let agent = try policy.principal(PolicyTexts.certificate(uris: ["spiffe://signalbox.local/agent/orchestrator"]))
    #expect(agent.decide(.submit, on: .newTask(agent: "insider-trading")).isAllowed)
    #expect(!agent.decide(.watch, on: others).isAllowed)
    #expect(
      try policy.principal(PolicyTexts.token("kim", roles: ["admin"])).decide(.administer, on: .gateway).isAllowed)
  }

  @Test func `the table of roles is the code's`() throws {
    let table = try part(behind: "<!-- ROLES -->\n", from: "| --- | --- | --- | --- | --- | --- | --- |\n", to: "\n\n")
    let rows = Role.allCases.map { role in
      let cells = Action.allCases.map { action in
        let scopes = role.builtInGrants.filter { $0.actions.contains(action) }.map(\.tasks.rawValue)
        return scopes.isEmpty ? "–" : scopes.joined(separator: ", ")
      }
      return "| `\(role.rawValue)` | \(cells.joined(separator: " | ")) |"
    }
    #expect(table == rows.joined(separator: "\n"))
    #expect(Role.allCases.allSatisfy { role in role.builtInGrants.allSatisfy { $0.agents == .all } })
  }

  @Test func `every action, scope and member has its row`() throws {
    let text = try document()
    let words =
      Action.allCases.map(\.rawValue) + TaskScope.allCases.map(\.rawValue) + [
        "name", "roles", "grants", "tenant", "disabled",
      ]
    for word in words { #expect(text.contains("\n| `\(word)` | "), "\(word)") }
    for member in ["certificate", "token", "link"] { #expect(text.contains("\n| `\"\(member)\": ")) }
  }
}

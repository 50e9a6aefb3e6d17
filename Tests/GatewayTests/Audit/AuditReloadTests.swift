import FoundationEssentials
import Gateway
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct AuditReloadTests {
  @Test func `after a rotation, a reload goes on in a new file`() async throws {
    try await TestGateway.run { gateway async throws in
      let file = gateway.stateFolder + "/audit.jsonl"
      try FileManager.default.moveItem(atPath: file, toPath: file + ".1")
      try Data(TestPeople.policy.replacing("olaf", with: "olga").utf8).write(to: URL(filePath: gateway.policyFile))
      try await gateway.gateway.reload()
      let isWritten = try await eventually {
        String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self).contains("policy-change")
      }
      #expect(isWritten)
    }
  }
}

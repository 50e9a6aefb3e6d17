import TestSupport
import Testing

/// The public Technology Compatibility Kit over mTLS: our agent by itself, and behind the gateway.
@Suite(.enabled(if: Kit.isInstalled, Kit.isMissing), .timeLimit(.minutes(10)), .serialized)
struct KitTests {
  /// Both at the same time, because most of it is waiting.
  @Test func `The kit finds no difference between our agent and the gateway in front of it`() async throws {
    try await ConformanceAgent.run { agent in
      try await GatewayInFront.run(agents: ["conformance": agent.url]) { gateway in
        async let alone = Kit.run(url: agent.url)
        async let inFront = Kit.run(url: gateway.url(of: "conformance"))
        let reports = (alone: try await alone, inFront: try await inFront)
        #expect(reports.alone.counts == Self.expected)
        #expect(reports.inFront.counts == Self.expected)
        for verdict in reports.alone.unmet + reports.inFront.unmet where !Self.known.contains(verdict.test) {
          Issue.record("\(verdict.outcome), \(verdict.level): \(verdict.test): \(verdict.why)")
        }
      }
    }
  }

  private static let expected = ["must 159 of 160", "should 13 of 13", "may 7 of 7"]

  /// The kit's schema of a card knows no field of 0.3, and a card that also offers 0.3 has to have them.
  private static let known: Set = [
    "tests/compatibility/agent_card/test_agent_card.py::TestAgentCardStructure"
      + "::test_agent_card_validates_against_schema"
  ]
}

import A2A
import JSON
import TestSupport
import Testing

/// The SDK's client, the gateway, and an agent behind it, over mTLS on both ways. One at a time, because a Python takes a second to start.
@Suite(.enabled(if: SDK.isInstalled, SDK.isMissing), .timeLimit(.minutes(5)), .serialized)
struct BehindGatewayTests {
  @Test(arguments: Dialect.all)
  func `Every scenario of the SDK's client goes well with our agent behind the gateway`(dialect: Dialect) async throws {
    try await ConformanceAgent.run { agent in try await expectAllWell(dialect, agent.url) }
  }

  @Test(arguments: Dialect.all)
  func `Every scenario of the SDK's client goes well with the SDK's agent behind the gateway`(
    dialect: Dialect
  ) async throws {
    try await SDKAgent.run { agent in try await expectAllWell(dialect, agent.url) }
  }

  /// Whichever version a client speaks, and whichever the agent: the gateway stands between.
  @Test(arguments: ProtocolVersion.allCases, ProtocolVersion.allCases)
  func `A client of one version gets along with an agent of another`(
    client: ProtocolVersion, agent version: ProtocolVersion
  ) async throws {
    try await SDKAgent.run(versions: [version]) { agent in
      try await expectAllWell(Dialect(.jsonRPC, client), agent.url)
    }
  }

  @Test func `Without a certificate the SDK's client gets nothing through the gateway`() async throws {
    try await ConformanceAgent.run { agent in
      try await GatewayInFront.run(agents: ["agent": agent.url]) { gateway in
        let scenarios = try await SDKClient.run(
          Dialect(.jsonRPC, .v1), url: gateway.url(of: "agent"), showing: nil, ["card"])
        #expect(scenarios.map(\.isWell) == [false])
      }
    }
  }

  private func expectAllWell(_ dialect: Dialect, _ agent: String) async throws {
    try await GatewayInFront.run(agents: ["agent": agent]) { gateway in
      let scenarios = try await SDKClient.run(dialect, url: gateway.url(of: "agent"))
      for scenario in scenarios { #expect(scenario.isWell, "\(scenario.name): \(scenario.detail)") }
      #expect(scenarios.map(\.name) == SDKClient.scenarios)
    }
  }
}

import A2A
import JSON
import TestSupport
import Testing

/// The SDK's client and our agent, over mTLS, in every dialect. One at a time, because a Python takes a second to start.
@Suite(.enabled(if: SDK.isInstalled, SDK.isMissing), .timeLimit(.minutes(5)), .serialized)
struct SDKClientTests {
  @Test(arguments: Dialect.all)
  func `Every scenario of the SDK's client goes well with our agent`(dialect: Dialect) async throws {
    try await ConformanceAgent.run { agent in
      let scenarios = try await SDKClient.run(dialect, url: agent.url)
      for scenario in scenarios { #expect(scenario.isWell, "\(scenario.name): \(scenario.detail)") }
      #expect(scenarios.map(\.name) == SDKClient.scenarios)
    }
  }

  @Test func `Without a certificate the SDK's client gets nothing from our agent`() async throws {
    try await ConformanceAgent.run { agent in
      let scenarios = try await SDKClient.run(
        Dialect(.jsonRPC, .v1), url: agent.url, showing: nil, ["card"])
      #expect(scenarios.map(\.isWell) == [false])
    }
  }

  /// Should the others fail, this one tells whether it is the SDK's fault.
  @Test func `The SDK gets along with itself`() async throws {
    try await SDKAgent.run { agent in
      let scenarios = try await SDKClient.run(Dialect(.jsonRPC, .v1), url: agent.url)
      for scenario in scenarios { #expect(scenario.isWell, "\(scenario.name): \(scenario.detail)") }
    }
  }
}

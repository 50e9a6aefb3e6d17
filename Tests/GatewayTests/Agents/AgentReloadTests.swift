import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// Agents that come, go and change with `POST /reload`.
@Suite struct AgentReloadTests {
  private final class Wanted: Sendable {
    private let kept = Mutex<GatewayConfiguration?>(nil)

    var configuration: GatewayConfiguration? { kept.withLock { $0 } }
    func set(_ configuration: GatewayConfiguration) { kept.withLock { $0 = configuration } }
  }

  private func run(
    _ agents: [AgentConfiguration],
    _ body: (TestGateway, (([AgentConfiguration], String?) -> Void)) async throws -> Void
  ) async throws {
    let wanted = Wanted()
    let host = GatewayHost(
      readConfiguration: {
        guard let configuration = wanted.configuration else { throw ConfigurationRefused(problems: ["nothing"]) }
        return ConfigurationReading(
          configuration: configuration, report: ReloadReport(changed: ["agents.one.url"]), wasAdopted: {})
      }, beginEnd: {})
    try await TestGateway.run(host: host) {
      $0.work.agents = agents
      wanted.set($0)
    } _: { gateway async throws in
      try await body(gateway) { agents, name in
        guard var configuration = wanted.configuration else { return }
        configuration.work.agents = agents
        configuration.work.defaultAgent = name
        wanted.set(configuration)
      }
    }
  }

  @Test func `what a reload brings is there at once`() async throws {
    try await CardServer.run { server async throws in
      let (one, two) = (try server.configuration("one"), try server.configuration("two"))
      try await run([one]) { gateway, want async throws in
        let directory = try #require(await gateway.gateway.work?.directory)
        want([one, two], "two")
        #expect(try await gateway.operatorAsks("POST", "/reload")?.status == 200)
        #expect(directory.names == ["one", "two"])
        #expect(directory.defaultName == "two")
        want([two], nil)
        #expect(try await gateway.operatorAsks("POST", "/reload")?.status == 200)
        #expect(directory.names == ["two"])
        #expect(directory["one"] == nil)
      }
    }
  }

  @Test func `a file of an agent that is no good changes nothing anywhere`() async throws {
    try await CardServer.run { server async throws in
      let one = try server.configuration("one")
      try await run([one]) { gateway, want async throws in
        let directory = try #require(await gateway.gateway.work?.directory)
        var broken = one
        broken.authorityFile = "/no/authority.pem"
        want([broken, try server.configuration("two")], nil)
        let answer = try #require(try await gateway.operatorAsks("POST", "/reload"))
        #expect(answer.status == 422)
        #expect(answer.text.contains("/no/authority.pem"))
        #expect(directory.names == ["one"])
        #expect(await gateway.gateway.configuration.work.agents == [one])
      }
    }
  }
}

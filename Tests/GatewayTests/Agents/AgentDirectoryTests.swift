import A2A
import A2AWire
import HTTP
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Agents as the configuration has them, and as a reload changes it.
@Suite struct AgentDirectoryTests {
  @Test func `a file that cannot be used is named, and nothing is started`() async throws {
    var agent = AgentConfiguration(name: "one", url: "https://localhost:1", authorityFile: "/no/authority.pem")
    func failure() async -> String? {
      do {
        return try await AgentScene.run([agent]) { _ in nil }
      } catch {
        return "\(error)"
      }
    }
    #expect(await failure()?.contains("/no/authority.pem") == true)
    agent.authorityFile = try AgentScene.authorityFile()
    #expect(await failure() == nil)
    agent.certificateFile = "/no/certificate.pem"
    agent.keyFile = "/no/key.pem"
    #expect(await failure()?.contains("/no/certificate.pem") == true)
    agent.certificateFile = nil
    agent.revocationFile = "/no/list.crl"
    #expect(await failure()?.contains("/no/list.crl") == true)
    agent.revocationFile = nil
    agent.cardKeysFile = "/no/keys.json"
    #expect(await failure()?.contains("/no/keys.json") == true)
  }

  @Test func `who gets tasks without a name is who is configured so, or the only one`() async throws {
    let authority = try AgentScene.authorityFile()
    let agents = ["b", "a"].map { AgentConfiguration(name: $0, url: "https://localhost:1", authorityFile: authority) }
    try await AgentScene.run(agents) { scene async throws in
      #expect(scene.directory.names == ["a", "b"])
      #expect(scene.directory.defaultName == nil)
      try await scene.reload(agents, default: "b")
      #expect(scene.directory.defaultName == "b")
      try await scene.reload([agents[0]])
      #expect(scene.directory.defaultName == "b")
      try await scene.reload([])
      #expect(scene.directory.defaultName == nil && scene.directory.names.isEmpty)
    }
  }

  @Test func `agents share as many threads as they may have`() async throws {
    let authority = try AgentScene.authorityFile()
    let agents = (0..<5).map {
      AgentConfiguration(name: "a\($0)", url: "https://localhost:1", authorityFile: authority)
    }
    for (limit, loops) in [(0, 1), (1, 1), (3, 3), (64, 5)] {
      try await AgentScene.run(agents) {
        $0.loops = limit
      } _: { scene async throws in
        #expect(Set(scene.directory.all.map { ObjectIdentifier($0.loop) }).count == loops)
      }
    }
  }

  @Test func `a reload brings agents, keeps those that stay, and lets go of those that do not`() async throws {
    try await CardServer.run { server async throws in
      let (one, two) = (try server.configuration("one"), try server.configuration("two"))
      try await AgentScene.run([one]) { scene async throws in
        let first = try #require(scene.directory["one"])
        #expect(try await scene.agent("one", becomes: .well) != nil)
        var busier = one
        busier.running = 7
        busier.principals = ["kim"]
        try await scene.reload([busier, two])
        #expect(scene.directory["one"] === first)
        #expect(first.configuration.running == 7 && first.configuration.principals == ["kim"])
        #expect(first.health.state == .well)
        #expect(try await scene.agent("two", becomes: .well) != nil)

        // Somewhere else is another agent, and tasks of the first one have it as long as they need it.
        try await scene.reload([try server.configuration("one", host: "127.0.0.1"), two])
        #expect(scene.directory["one"] !== first)
        let card = try await first.client.readCard().card
        #expect(card == server.card())
        try await scene.reload([two])
        #expect(scene.directory["one"] == nil && scene.directory.names == ["two"])
        let cardNow = try await first.client.readCard().card
        #expect(cardNow == server.card())
      }
    }
  }

  @Test func `one that was taken out is looked at no more`() async throws {
    try await CardServer.run { server async throws in
      let one = try server.configuration("one")
      try await AgentScene.run([one]) { scene async throws in
        let agent = try #require(scene.directory["one"])
        #expect(try await scene.agent("one", becomes: .well) != nil)
        try await scene.reload([])
        let asked = server.asked
        for _ in 0..<5 {
          agent.callFailed()
          // Each of these is a call of its own over the same loop, behind which a look would have been seen.
          _ = try await agent.client.readCard()
        }
        #expect(server.asked <= asked + 6)
      }
    }
  }

  @Test func `a reload with a file that is no good changes nothing`() async throws {
    try await CardServer.run { server async throws in
      let one = try server.configuration("one")
      try await AgentScene.run([one]) { scene async throws in
        var broken = try server.configuration("two")
        broken.authorityFile = "/no/authority.pem"
        var changed = one
        changed.running = 3
        await #expect(throws: (any Error).self) { try await scene.reload([changed, broken]) }
        #expect(scene.directory.names == ["one"])
        #expect(scene.directory["one"]?.configuration.running == 100)
      }
    }
  }

  @Test func `calls that fail at once are one reason to look, not many`() async throws {
    try await CardServer.run { server async throws in
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        #expect(try await scene.agent("one", becomes: .well) != nil)
        let agent = try #require(scene.directory["one"])
        let asked = server.asked
        for _ in 0..<1000 { agent.callFailed() }
        let hasLooked = await eventually { server.asked > asked }
        #expect(hasLooked)
        // One that was under way, one that was asked for meanwhile, and those of a slow loop between.
        #expect(server.asked < asked + 100)
      }
    }
  }

  @Test func `metrics tell of each agent, and of none that is gone`() async throws {
    try await CardServer.run { server async throws in
      let one = try server.configuration("one")
      try await AgentScene.run([one]) { scene async throws in
        func series() -> [String: Double] {
          ShownMetrics.series(String(decoding: scene.metrics.render(), as: UTF8.self))
        }
        #expect(try await scene.agent("one", becomes: .well) != nil)
        #expect(series()[#"signalbox_agents{state="well"}"#] == 1)
        #expect(series()[#"signalbox_agent_up{agent="one"}"#] == 1)
        let days = try #require(series()[#"signalbox_agent_certificate_days_left{agent="one",side="agent"}"#])
        #expect(days > 28 && days < 31)
        #expect(series()[#"signalbox_agent_certificate_days_left{agent="one",side="gateway"}"#]?.isNaN == true)
        server.show([], status: .serviceUnavailable)
        #expect(try await scene.agent("one", becomes: .away) != nil)
        #expect(series()[#"signalbox_agent_up{agent="one"}"#] == 0)
        #expect(series()[#"signalbox_agents{state="away"}"#] == 1)
        try await scene.reload([])
        #expect(series()[#"signalbox_agent_up{agent="one"}"#]?.isNaN == true)
        #expect(series()[#"signalbox_agents{state="away"}"#] == 0)
        // Back again, it is counted once.
        server.show(server.card())
        try await scene.reload([one])
        #expect(try await scene.agent("one", becomes: .well) != nil)
        #expect(series()[#"signalbox_agent_up{agent="one"}"#] == 1)
      }
    }
  }
}

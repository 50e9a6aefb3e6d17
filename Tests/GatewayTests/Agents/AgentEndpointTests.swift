import A2A
import FoundationEssentials
import HTTP
import Identity
import JSON
import TestSupport
import Testing
import Wire

@testable import Gateway

/// `GET /api/agents`: who learns what of which agent.
@Suite struct AgentEndpointTests {
  private static let policy = #"""
    {"principals": [
      {"name": "root", "roles": ["admin"], "certificate": {"uri": "spiffe://signalbox.local/operator/good"}},
      {"name": "vera", "roles": ["viewer"], "token": {"subject": "vera"}},
      {"name": "anna", "roles": ["analyst"], "token": {"subject": "anna"}},
      {"name": "otto", "token": {"subject": "otto"},
       "grants": [{"actions": ["submit", "watch"], "tasks": "own", "agents": ["two"]}]},
      {"name": "tina", "token": {"subject": "tina"},
       "grants": [{"actions": ["submit"], "tasks": "own", "agents": ["one"]}]}
    ]}
    """#

  private func run(_ body: (TestGateway, CardServer) async throws -> Void) async throws {
    try await CardServer.run { server async throws in
      try await TestGateway.run {
        try Self.policy.write(toFile: $0.identity.policyFile ?? "", atomically: true, encoding: .utf8)
        var only = try server.configuration("only")
        only.principals = ["anna"]
        let nobody = AgentConfiguration(
          name: "two", url: "https://127.0.0.1:1", authorityFile: try AgentScene.authorityFile())
        $0.work.agents = [try server.configuration("one"), nobody, only]
        $0.work.defaultAgent = "one"
      } _: { gateway async throws in
        let directory = try #require(await gateway.gateway.work?.directory)
        let isSettled = await eventually { directory.all.allSatisfy { $0.health.state != .unseen } }
        #expect(isSettled)
        try await body(gateway, server)
      }
    }
  }

  private func get(_ gateway: TestGateway, _ path: String, as person: String) async throws -> TestSupport.Answer {
    let line = "Authorization: Bearer \(try TestTokens.token(for: person))"
    return try #require(try await gateway.ask("GET", path, [line, "A2A-Version: 1.0"]))
  }

  private func names(_ gateway: TestGateway, as person: String) async throws -> [String] {
    let answer = try await get(gateway, "/api/agents", as: person)
    #expect(answer.status == 200)
    return try JSONValue(parsing: answer.body)["agents"]?.elements.compactMap { $0["name"]?.string } ?? []
  }

  @Test func `everybody sees the agents that are theirs to use or to watch, and no others`() async throws {
    try await run { gateway, _ async throws in
      #expect(try await names(gateway, as: "vera") == ["one", "two"])
      #expect(try await names(gateway, as: "anna") == ["one", "only", "two"])
      #expect(try await names(gateway, as: "otto") == ["two"])
      #expect(try await names(gateway, as: "tina") == ["one"])
    }
  }

  @Test func `somebody else's agent answers exactly like one that does not exist`() async throws {
    try await run { gateway, _ async throws in
      let absent = try await get(gateway, "/api/agents/absent", as: "otto")
      #expect(absent.status == 404)
      #expect(try JSONValue(parsing: absent.body)["code"]?.string == "no-such-agent")
      for name in ["one", "only"] {
        let hidden = try await get(gateway, "/api/agents/\(name)", as: "otto")
        #expect(hidden.status == 404)
        let isSame = hidden.body == absent.body
        #expect(isSame)
      }
      #expect(try await get(gateway, "/api/agents/only", as: "vera").status == 404)
      #expect(try await get(gateway, "/api/agents/two", as: "otto").status == 200)
    }
  }

  @Test func `every door knows an agent for the same people, and shows its card to all where nobody is named`()
    async throws
  {
    try await run { gateway, _ async throws in
      for person in ["vera", "anna", "otto", "tina"] {
        let known = try await names(gateway, as: person)
        for name in ["one", "two", "only", "absent"] {
          for path in ["/api/agents/\(name)", "/agents/\(name)/tasks", "/a2a/\(name)/tasks"] {
            let answer = try await get(gateway, path, as: person)
            #expect(answer.status == (known.contains(name) ? 200 : 404), "\(path) as \(person): \(answer.text)")
          }
          let card = try await get(gateway, "/agents/\(name)/.well-known/agent-card.json", as: person)
          let isShown = known.contains(name) || ["one", "two"].contains(name)
          #expect((card.status != 404) == isShown, "\(name) as \(person): \(card.text)")
        }
      }
      for (name, status) in [("one", 200), ("two", 503), ("only", 404), ("absent", 404)] {
        #expect(try await gateway.get("/agents/\(name)/.well-known/agent-card.json")?.status == status, "\(name)")
      }
    }
  }

  @Test func `an agent is described as it is, without where it is`() async throws {
    try await run { gateway, server async throws in
      let answer = try await get(gateway, "/api/agents/one", as: "anna")
      let agent = try JSONValue(parsing: answer.body)
      #expect(agent["default"]?.bool == true)
      #expect(agent["state"]?.string == "well")
      #expect(agent["mayBegin"]?.bool == true)
      #expect(agent["card"]?["name"]?.string == "Scripted")
      #expect(agent["card"]?["version"]?.string == "1.2.3")
      #expect(agent["card"]?["protocol"]?.string == "1.0")
      #expect(agent["card"]?["streaming"]?.bool == true)
      #expect(agent["card"]?["pausable"]?.bool == false)
      #expect(agent["card"]?["skills"]?[0]?["id"]?.string == "s")
      #expect(agent["lastSeen"] != nil && agent["reason"] == nil)
      #expect(!answer.text.contains("\(server.port)"))
      let viewed = try JSONValue(parsing: try await get(gateway, "/api/agents/one", as: "vera").body)
      #expect(viewed["mayBegin"]?.bool == false)
      let away = try JSONValue(parsing: try await get(gateway, "/api/agents/two", as: "anna").body)
      #expect(away["default"]?.bool == false)
      #expect(away["state"]?.string == "away")
      #expect(away["reason"]?.string?.contains("No connection") == true)
      #expect(away["card"] == nil)
      // The first page has their names.
      let about = try JSONValue(parsing: try await get(gateway, "/api/about", as: "otto").body)
      #expect(about["agents"]?.elements.map { $0["name"]?.string } == ["two"])
    }
  }

  @Test func `it is said of an agent whether its tasks can be paused, alone and in the list`() async throws {
    try await run { gateway, server async throws in
      server.show(
        server.card {
          $0.version = "1.3"
          $0.capabilities.extensions = [AgentExtension(uri: PauseRequest.extensionURI)]
        })
      let one = try #require(await gateway.gateway.work?.directory["one"])
      let isSeen = await eventually {
        one.callFailed()
        return one.health.card?.version == "1.3"
      }
      #expect(isSeen)
      let agent = try JSONValue(parsing: try await get(gateway, "/api/agents/one", as: "anna").body)
      #expect(agent["card"]?["pausable"]?.bool == true)
      let list = try JSONValue(parsing: try await get(gateway, "/api/agents", as: "anna").body)
      #expect(list["agents"]?[0]?["card"]?["pausable"]?.bool == true)
    }
  }

  @Test func `an operator sees where agents are, what was wrong, and how long certificates are good`() async throws {
    try await run { gateway, server async throws in
      let agents = try #require(try await gateway.status()["agents"])
      #expect(agents.elements.map { $0["name"]?.string } == ["one", "only", "two"])
      #expect(agents[0]?["url"]?.string == "https://localhost:\(server.port)")
      #expect(agents[0]?["state"]?.string == "well")
      #expect(agents[0]?["card"]?["binding"]?.string == "JSONRPC")
      #expect(agents[0]?["certificates"]?[0]?["side"]?.string == "agent")
      #expect(agents[0]?["certificates"]?[0]?["daysLeft"]?.int == 29)
      #expect(agents[2]?["state"]?.string == "away")
      #expect(agents[2]?["lastTrouble"]?["text"]?.string?.contains("No connection") == true)
      #expect(agents[2]?["card"] == nil)
      #expect(try await gateway.metrics()[#"signalbox_agent_up{agent="one"}"#] == 1)
    }
  }
}

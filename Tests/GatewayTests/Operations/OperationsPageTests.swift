import FoundationEssentials
import HTTP
import Identity
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// `GET /api/operations`: how the gateway does, for those who may see it.
@Suite struct OperationsPageTests {
  @Test func `an operator sees where everything stands, and it is what the description says`() async throws {
    let reader = try OpenAPIReader(OpenAPIDocument.json())
    let operation = try #require(reader.operation("GET", "/api/operations"))
    try await WorkScene.run { scene async throws in
      let done = try await scene.begin("say something")
      try await scene.wait(done, for: "completed")
      let asking = try await scene.begin("ask me")
      try await scene.wait(asking, for: "input-required")
      let stream = try await scene.gateway.stream(showing: try TestPeople.oscar.certificate())
      _ = try await stream.next("grant")
      let socket = try await scene.gateway.socket(.olaf)
      _ = await socket.first("welcome")
      let line = "Authorization: Bearer \(try TestTokens.token(for: "olaf"))"
      let answer = try #require(try await scene.gateway.ask("GET", "/api/operations", [line]))
      let fault = reader.fault(operation, status: answer.status, type: answer.fields["content-type"], body: answer.body)
      #expect(fault == nil, "\(answer.text)")
      #expect(answer.fields["cache-control"] == "no-store")
      let page = try JSONValue(parsing: answer.body)
      #expect(page["version"]?.string == "1.2.3-test" && page["phase"]?.string == "ready")
      #expect(page["mayAdminister"]?.bool == false)
      let tasks = try #require(page["tasks"])
      #expect(tasks["running"]?.int == 1 && tasks["waiting"]?.int == 0 && tasks["questionsOpen"]?.int == 1)
      #expect(tasks["ended"]?["completed"]?.int == 1 && tasks["ended"]?["failed"]?.int == 0)
      let connections = try #require(page["connections"])
      #expect(connections["byTransport"]?["sse"]?.int == 1 && connections["byTransport"]?["webSocket"]?.int == 1)
      let parts = connections["byTransport"]?.members.reduce(0) { $0 + ($1.value.int ?? 0) }
      #expect(parts == connections["open"]?.int)
      let counters = try #require(page["counters"])
      #expect(counters["records"]?.int ?? 0 >= 4)
      #expect(counters["requests"]?["2xx"]?.int ?? 0 >= 2)
      #expect(counters["verdicts"]?["cancel"]?["stopped"]?.int == 0)
      let commit = try #require(page["journal"]?["commit"])
      #expect(commit["count"]?.int ?? 0 >= 2)
      let shares = ["p50", "p95", "p99"].map { commit[$0]?.double ?? -1 }
      #expect(shares[0] > 0 && shares == shares.sorted())
      #expect(page["journal"]?["file"] == nil)
      #expect(page["listeners"]?.elements.map { $0["name"]?.string } == ["public", "agents", "admin"])
      #expect(page["hub"]?["overflows"]?.int == 0)
      #expect(page["process"]?["residentBytes"]?.int ?? 0 > 1_000_000 && page["process"]?["openDescriptors"] == nil)
      let isRead = try await eventually { try await read(scene.gateway)["process"]?["openDescriptors"]?.int ?? 0 > 10 }
      #expect(isRead)
      stream.disconnect()
      withExtendedLifetime(socket) {}
    }
  }

  @Test func `each agent tells its health and how quickly it takes work, to those who may know of it`() async throws {
    try await WorkScene.run { scene async throws in
      let done = try await scene.begin("say something")
      try await scene.wait(done, for: "completed")
      let directory = try #require(await scene.gateway.gateway.work?.directory)
      #expect(await eventually { directory.all.allSatisfy { $0.health.state != .unseen } })
      let agents = try await read(scene.gateway)["agents"].map { Array($0.elements) } ?? []
      // Who is not well comes first; one that is for others is not there.
      #expect(agents.map { $0["name"]?.string } == ["gone", "checker"])
      try #require(agents.count == 2)
      #expect(agents[0]["state"]?.string == "away")
      #expect(agents[0]["reason"]?.string?.isEmpty == false)
      #expect(agents[0]["lastError"]?["text"]?.string == agents[0]["reason"]?.string)
      #expect(agents[0]["handOver"] == nil)
      #expect(agents[1]["state"]?.string == "well" && agents[1]["default"]?.bool == true)
      #expect(agents[1]["handOver"]?["count"]?.int == 1)
      #expect(agents[1]["handOver"]?["p95"]?.double ?? 0 > 0)
      #expect(agents[1]["certificates"]?.elements.map { $0["side"]?.string } == ["agent", "gateway"])
      #expect(try await read(scene.gateway, as: .ada)["agents"]?.count == 3)
      let own = try await scene.get("/api/agents/checker")
      #expect(own["handOver"]?["count"]?.int == 1 && own["running"]?.int == 0)
      #expect(own["certificates"]?.count == 2)
      #expect(try await scene.get("/api/agents/gone")["lastError"]?["time"]?.string?.hasSuffix("Z") == true)
    }
  }

  @Test func `whoever may not observe is refused, whatever else is allowed`() async throws {
    try await TestGateway.run {
      let policy = TestPeople.policy.replacing(
        #""name": "anna", "tenant": "acme", "roles": ["analyst"],"#,
        with: #"""
          "name": "anna", "tenant": "acme", "roles": ["analyst"],
          "grants": [{"actions": ["observe"], "tasks": "all"}],
          """#)
      try policy.write(toFile: $0.identity.policyFile ?? "", atomically: true, encoding: .utf8)
    } _: { gateway async throws in
      for (person, status) in [(TestPeople.anna, 200), (.oscar, 403), (.vera, 403), (.olaf, 200), (.ada, 200)] {
        let session = try await gateway.signIn(person)
        let answer = try #require(try await gateway.ask("GET", "/api/operations", [session.cookie]))
        #expect(answer.status == status, "\(person)")
        if status == 403 { #expect(try JSONValue(parsing: answer.body)["code"]?.string == "forbidden") }
      }
    }
  }

  @Test func `a page that is opened has a history at once`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let rounds = try #require(await gateway.gateway.rounds)
      for count in 1...4 {
        #expect(await eventually { rounds.recent.history.count == count })
        if count < 4 {
          // All rounds are asleep, so that it is this clock that wakes them.
          #expect(await eventually { clock.sleeperCount >= 3 })
          if count == 2 { _ = try await gateway.get("/healthz") }
          clock.turn(seconds: 5)
        }
      }
      let history = try #require(try await read(gateway)["history"])
      #expect(history["every"]?.int == 5)
      let series = try #require(history["series"])
      #expect(series.members.map { String($0.key) } == OperationsSeries.allCases.map(\.rawValue))
      for (name, numbers) in series.members { #expect(numbers.count == 4, "\(name)") }
      let requests = series["requestsPerSecond"].map { Array($0.elements) } ?? []
      #expect(requests.map(\.isNull) == [true, false, false, false])
      #expect(requests[2].double == 0.2)
      #expect(series["questionsOpen"]?.elements.allSatisfy { $0.int == 0 } == true)
    }
  }

  @Test func `however many agents and refusals there are, the document stays below 64 KiB`() async throws {
    let names = (0..<120).map { "agent-" + String(repeating: "x", count: 53) + "-\(1000 + $0)" }
    try await TestGateway.run {
      let authority = try AgentScene.authorityFile()
      $0.work.agents = names.map {
        AgentConfiguration(name: $0, url: "https://127.0.0.1:1", authorityFile: authority)
      }
      $0.work.defaultAgent = names[0]
    } _: { gateway async throws in
      let services = try #require(await gateway.gateway.identity)
      for number in 0..<60 {
        services.gate.recentRefusals.add(
          RecentRefusals.Entry(
            time: 1_700_000_000_000 + Int64(number), status: 404, code: "too-many-requests",
            route: "POST /api/tasks/{id}/questions/{question}:answer",
            who: "certificate:" + String(repeating: "\u{E4}", count: 2000) + "\(number)",
            address: "2001:db8::ffff:127.0.0.1"))
      }
      let directory = try #require(await gateway.gateway.work?.directory)
      #expect(await eventually { directory.all.allSatisfy { $0.health.state != .unseen } })
      let page = try await read(gateway, as: .ada)
      #expect(page["agents"]?.count == 40)
      #expect(page["agentsLeftOut"]?.int == 80)
      #expect(page["refusals"]?.count == 50)
      var writer = JSONWriter()
      writer.value(page)
      // A full history has less than 16 KiB: OperationsHistoryTests.
      #expect(writer.bytes.count < 48 << 10, "\(writer.bytes.count)")
    }
  }

  private func read(_ gateway: TestGateway, as person: TestPeople = .olaf) async throws -> JSONValue {
    let line = "Authorization: Bearer \(try TestTokens.token(for: "\(person)"))"
    let answer = try #require(try await gateway.ask("GET", "/api/operations", [line]))
    #expect(answer.status == 200, "\(answer.text)")
    return try JSONValue(parsing: answer.body)
  }
}

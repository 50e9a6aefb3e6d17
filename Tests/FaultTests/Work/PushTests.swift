import A2A
import A2AWire
import HTTP
import JSON
import TestSupport
import Testing
import Wire

extension Faults {
  /// Push notifications of a gateway, to a receiver over TLS.
  @Suite(.timeLimit(.minutes(3)))
  struct PushTests {
    /// A message was answered without one.
    private struct NoTask: Error {}

    @Test func `a receiver misses nothing of a task whose gateway is killed, and keeps its configuration`() async throws
    {
      let station = try Station()
      let ports = try Ports.free()
      try await Clients.with(station) { clients in
        try await PushReceiver.run(station) { receiver, url in
          try await KeptAgent.serve(station) { agent, line in
            let settings = try Self.settings(station, line)
            let client = try Self.client(of: .init(.jsonRPC, .v1), at: ports, clients)
            let task = try await station.serve(at: ports, settings: settings) { gateway in
              let task = try await gateway.submit("m", by: clients)
              try await Self.untilSeen(client)
              _ = try await client.createPushConfig(Self.configuration("\(url)/hook", of: task))
              agent.allowed = 2
              try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
              #expect(await eventually { Self.hears("Step 2.", receiver.taken(at: "/hook")) })
              // The next it does not take, so that there is something that only the next gateway can tell.
              receiver.takes = false
              agent.allowed = 4
              #expect(await eventually { receiver.told.contains { !$0.isTaken } })
              try await gateway.until(task, by: clients) { $0.tells("Step 4.") }
              try await gateway.kill()
              return task
            }
            let before = receiver.taken(at: "/hook")
            receiver.takes = true
            try await station.serve(at: ports, settings: settings) { gateway in
              #expect(await eventually { Self.hears("Step 4.", receiver.taken(at: "/hook")) })
              try await Self.untilSeen(client)
              let known = try await client.pushConfigs(.init(taskID: task)).configs
              #expect(known.map(\.id) == ["p"] && known.map(\.url) == ["\(url)/hook"])
              agent.allowed = KeptAgent.steps
              let worked = try await gateway.ending(of: task, by: clients)
              let repeats = await Self.repeats(receiver, "/hook", worked)
              #expect(repeats.map { $0 <= 1 } == true, "\(receiver.taken(at: "/hook").map(PushCheck.text))")
              #expect(Self.hears("Step 1.", before) && !Self.hears("Step 4.", before))
              let isSigned = receiver.told.allSatisfy { $0.fields["x-a2a-notification-token"] == "secret" }
              #expect(isSigned)
            }
          }
        }
      }
    }

    @Test(arguments: [Dialect.Binding.jsonRPC, .httpJSON], [ProtocolVersion.v1, .v0_3])
    func `a configuration that comes with a message is told everything from the beginning on, however it was sent`(
      _ binding: Dialect.Binding, _ version: ProtocolVersion
    ) async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await PushReceiver.run(station) { receiver, url in
          try await KeptAgent.serve(station) { agent, line in
            try await station.serve(settings: try Self.settings(station, line)) { gateway in
              let client = try Self.client(of: Dialect(binding, version), at: gateway.ports, clients)
              try await Self.untilSeen(client)
              var sent = SendMessageRequest(message: Message(id: "sent", role: .user, text: "Count."))
              sent.configuration.returnImmediately = true
              sent.configuration.pushConfig = PushConfig(url: "\(url)/sent", id: "p", token: "secret")
              guard case .task(let begun) = try await client.send(sent) else { throw NoTask() }
              var streamed = sent
              streamed.message.id = "streamed"
              streamed.configuration.pushConfig?.url = "\(url)/streamed"
              let stream = try await client.stream(streamed)
              guard case .task(let other) = try await stream.next() else { throw NoTask() }
              let known = try await client.pushConfigs(.init(taskID: begun.id)).configs
              #expect(known.map(\.id) == ["p"] && known.map(\.token) == ["secret"])
              agent.allowed = KeptAgent.steps
              for (path, task) in [("/sent", begun.id), ("/streamed", other.id)] {
                let worked = try await gateway.ending(of: task, by: clients)
                if version == .v1 {
                  let repeats = await Self.repeats(receiver, path, worked)
                  let told = receiver.taken(at: path)
                  #expect(repeats == 0 && told.count == worked.kinds("event").count, "\(told.map(PushCheck.text))")
                } else {
                  try await Self.expectWhole(worked, task, told: receiver, path)
                }
              }
              let isSigned = receiver.told.allSatisfy { $0.fields["x-a2a-notification-token"] == "secret" }
              #expect(isSigned)
              while try await stream.next() != nil {}
            }
          }
        }
      }
    }

    // MARK: What is told

    /// In 0.3 it is the task each time, as it was behind the event.
    private static func expectWhole(
      _ worked: WorkedTask, _ task: String, told receiver: PushReceiver, _ path: String
    ) async throws {
      let due = worked.kinds("event").count
      #expect(await eventually { receiver.taken(at: path).count >= due })
      let told = receiver.taken(at: path)
      let states = told.compactMap { $0["status"]?["state"]?.string }
      #expect(told.count == due && states.count == due, "\(states)")
      #expect(states.first == "submitted" && states.last == "completed", "\(states)")
      #expect(told.allSatisfy { $0["id"]?.string == task && $0["kind"]?.string == "task" }, "\(states)")
    }

    /// How often events were told again, once all of them have been told; nil when they were not, or not in order.
    private static func repeats(_ receiver: PushReceiver, _ path: String, _ worked: WorkedTask) async -> Int? {
      _ = await eventually { PushCheck.repeats(in: receiver.taken(at: path), of: worked) != nil }
      return PushCheck.repeats(in: receiver.taken(at: path), of: worked)
    }

    private static func hears(_ text: String, _ told: [JSONValue]) -> Bool {
      told.contains { PushCheck.text($0).contains(#""\#(text)""#) }
    }

    // MARK: Who asks

    private static func settings(_ station: Station, _ line: AgentLine) throws -> [String] {
      try station.giving(workTo: "kept", at: line.port)
        + ["work.pushAuthority=\(station.authority)", "work.allowPrivatePush=true"]
    }

    private static func client(of dialect: Dialect, at ports: Ports, _ clients: Clients) throws -> AgentClient {
      var options = AgentClientOptions()
      options.interfaces.dialects = [dialect]
      options.interfaces.hosts = .any
      return AgentClient(
        card: try Clients.url(ports.people, "/agents/kept/.well-known/agent-card.json"), over: clients.watcher,
        options: options)
    }

    /// There is no card before the gateway has seen the agent's.
    private static func untilSeen(_ client: AgentClient) async throws {
      try #require(await eventually { (try? await client.readCard()) != nil })
    }

    private static func configuration(_ url: String, of task: String) -> CreatePushConfigRequest {
      CreatePushConfigRequest(taskID: task, config: PushConfig(url: url, id: "p", taskID: task, token: "secret"))
    }
  }
}

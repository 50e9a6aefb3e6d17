import A2A
import A2AWire
import HTTP
import JSON
import TestSupport
import Testing
import Wire

/// Every operation comes through in every dialect.
@Suite struct EndpointOperationTests {
  @Test(arguments: Dialect.all)
  func `messages are sent and tasks are got, listed and canceled`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        guard case .sent(.task(let done)) = try await asker.call(.sendMessage(SendMessageRequest("complete")), dialect)
        else { throw Unexpected("no task") }
        #expect(done.status.state == .completed)

        guard case .sent(.message(let reply)) = try await asker.call(.sendMessage(SendMessageRequest("reply")), dialect)
        else { throw Unexpected("no message") }
        #expect(reply.text == "replied")

        let begun = try await asker.call(.sendMessage(SendMessageRequest("work", immediately: true)), dialect)
        guard case .sent(.task(let working)) = begun else { throw Unexpected("no task") }
        #expect(working.status.state == .working)

        #expect(try await asker.call(.getTask(GetTaskRequest(id: working.id)), dialect) == .task(working))
        // 0.3 has no list in JSON-RPC.
        if dialect != Dialect(.jsonRPC, .v0_3) {
          guard case .tasks(let page) = try await asker.call(.listTasks(ListTasksRequest()), dialect) else {
            throw Unexpected("no page")
          }
          #expect(page.tasks.map(\.id) == [done.id, working.id])
        }
        guard case .task(let canceled) = try await asker.call(.cancelTask(CancelTaskRequest(id: working.id)), dialect)
        else { throw Unexpected("no task") }
        #expect(canceled.status.state == .canceled)
        let again = try await asker.failure(.cancelTask(CancelTaskRequest(id: working.id)), dialect)
        #expect(again?.code == .taskNotCancelable)
      }
      #expect(await served.tasks.calls.allSatisfy { $0.dialect == dialect && $0.caller == .named(goodAgent) })
    }
  }

  @Test(arguments: Dialect.all)
  func `push configurations are made, shown and deleted`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(.sendMessage(SendMessageRequest("work", immediately: true)), dialect)
        var config = PushConfig(url: "https://receiver.example/hook", id: "p", taskID: "t1", token: "tok")
        config.authentication = PushConfig.Authentication(scheme: "Bearer", credentials: "c")
        let create = CreatePushConfigRequest(taskID: "t1", config: config)
        #expect(try await asker.call(.createPushConfig(create), dialect) == .pushConfig(config))
        let request = PushConfigRequest(taskID: "t1", id: "p")
        #expect(try await asker.call(.getPushConfig(request), dialect) == .pushConfig(config))
        let list = Operation.listPushConfigs(ListPushConfigsRequest(taskID: "t1"))
        #expect(try await asker.call(list, dialect) == .pushConfigs(PushConfigPage(configs: [config])))
        #expect(try await asker.call(.deletePushConfig(request), dialect) == .nothing)
        #expect(try await asker.call(list, dialect) == .pushConfigs(PushConfigPage(configs: [])))
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `the extended card has the addresses of this listener`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        guard case .card(let card) = try await asker.call(.getExtendedCard(GetExtendedCardRequest()), dialect) else {
          throw Unexpected("no card")
        }
        #expect(card.description == "What only you see.")
        #expect(card.interfaces.first?.url == "https://localhost:\(served.port)/a2a")
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `messages are streamed and tasks subscribed to`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let sent = try await asker.stream(.sendStreamingMessage(SendMessageRequest("work")), dialect)
        guard case .task(let task) = try await sent.next() else { throw Unexpected("no task first") }
        let subscribed = try await asker.stream(.subscribeToTask(SubscribeToTaskRequest(id: task.id)), dialect)
        guard case .task(let snapshot) = try await subscribed.next() else { throw Unexpected("no snapshot first") }
        #expect(snapshot == task)
        await served.tasks.add(text: "one", to: task.id)
        await served.tasks.move(task.id, to: .inputRequired)
        await served.tasks.move(task.id, to: .completed)
        let (first, second) = (try await sent.rest(), try await subscribed.rest())
        #expect(first.map(\.state) == [nil, .inputRequired, .completed])
        #expect(first == second)
      }
    }
  }

  @Test(arguments: [Dialect(.jsonRPC, .v1), Dialect(.httpJSON, .v1)])
  func `a tenant comes through`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(.sendMessage(SendMessageRequest("complete", tenant: "a b/c")), dialect)
        _ = try await asker.call(.getTask(GetTaskRequest(id: "t1", tenant: "tasks")), dialect)
      }
      let tenants: [String?] = await served.tasks.requests.map { request in
        switch request {
        case .sendMessage(let request): request.tenant
        case .getTask(let request): request.tenant
        default: nil
        }
      }
      #expect(tenants == ["a b/c", "tasks"])
    }
  }

  @Test(arguments: ["/a2a", "/a2a/"])
  func `JSON-RPC is served with and without a slash at the end`(_ path: String) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let reply = try await asker.rpc("GetTask", #"{"id":"none"}"#, at: path)
        #expect(reply.status == .ok)
        #expect(reply.errorCode == -32001)
        #expect(reply.json?["id"]?.int == 7)
        #expect(reply.fields["cache-control"] == "no-store")
        #expect(reply.mediaType == "application/json")
      }
    }
  }

  @Test func `one JSON-RPC address serves both versions`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let message = #""messageId":"m","role":"user","kind":"message","parts":[{"kind":"text","text":"complete"}]"#
        let old = try await asker.rpc("message/send", "{\"message\":{\(message)}}", version: nil)
        #expect(old.json?["result"]?["kind"]?.string == "task")
        let new = try await asker.rpc("GetTask", #"{"id":"t1"}"#)
        #expect(new.json?["result"]?["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
      }
    }
  }

  @Test func `HTTP+JSON answers in the media type it was asked in`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let body = #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"complete"}]}}"#
        for type in ["application/json", "application/a2a+json"] {
          let reply = try await asker.ask(
            .post, "/message:send", [("content-type", type), ("a2a-version", "1.0")], body)
          #expect(reply.status == .ok)
          #expect(reply.mediaType == type)
          #expect(reply.fields["cache-control"] == "no-store")
        }
      }
    }
  }

  @Test(arguments: [HTTPMethod.get, .post])
  func `a subscription may be asked for by GET and by POST`(_ method: HTTPMethod) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(
          .sendMessage(SendMessageRequest("work", immediately: true)), Dialect(.httpJSON, .v1))
        let response = try await asker.open(
          method, "/tasks/t1:subscribe", [("a2a-version", "1.0"), ("content-type", "application/json")],
          method == .post ? "{}" : nil)
        let events = try await response.events()
        #expect(try await events.next() != nil)
      }
    }
  }

  @Test func `everything works below a prefix`() async throws {
    try await ServedEndpoints.run(prefix: "/agents/one") { served in
      try await Asker.run(served.port) { asker in
        var asker = asker
        asker.prefix = "/agents/one"
        for dialect in Dialect.all {
          _ = try await asker.call(.sendMessage(SendMessageRequest("complete")), dialect)
        }
        let card = try await asker.ask(.get, "/.well-known/agent-card.json")
        let urls = card.json?["supportedInterfaces"]?.elements.compactMap { $0["url"]?.string } ?? []
        let base = "https://localhost:\(served.port)/agents/one"
        #expect(Set(urls) == [base, base + "/a2a"])
        asker.prefix = ""
        #expect(try await asker.rpc("GetTask", #"{"id":"t1"}"#).status == .notFound)
      }
    }
  }

  @Test func `other routes of the listener stay what they are`() async throws {
    try await ServedEndpoints.run(bystander: { router in
      router.on(.get, "/healthz") { _ in .text("fine") }
    }) { served in
      try await Asker.run(served.port) { asker in
        let reply = try await asker.ask(.get, "/healthz")
        #expect(reply.text == "fine")
      }
    }
  }
}

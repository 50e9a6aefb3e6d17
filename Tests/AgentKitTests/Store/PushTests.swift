import A2A
import A2AWire
import AgentKit
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PushTests {
  @Test func `Every event goes to every configuration, with the task as it is behind it`() async throws {
    let push = PushLog()
    let made = TestStore(push: push) { context in
      try await context.progress("one")
      return "done"
    }
    let task = try await made.send { $0.configuration.pushConfig = PushConfig(url: "https://a.example/hook", id: "c1") }
    #expect(push.sent.map(\.event.short) == ["task submitted", "working", "working one", "completed done"])
    #expect(push.sent.map(\.task.status.state) == [.submitted, .working, .working, .completed])
    #expect(push.sent.allSatisfy { $0.config.taskID == task.id && $0.config.id == "c1" })
  }

  @Test func `Configurations are made, read, listed in pages and deleted, twice if need be`() async throws {
    let push = PushLog()
    let made = TestStore(push: push) { _ in nil }
    let task = try await made.send()
    let call = CallContext.by(.named("a"))
    var ids: [String] = []
    for number in 0..<3 {
      let config = try await made.store.createPushConfig(
        CreatePushConfigRequest(taskID: task.id, config: PushConfig(url: "https://\(number).example/")), call)
      #expect(config.taskID == task.id)
      ids.append(try #require(config.id))
    }
    #expect(Set(ids).count == 3)
    #expect(try await made.store.pushConfig(.init(taskID: task.id, id: ids[1]), call).url == "https://1.example/")
    var request = ListPushConfigsRequest(taskID: task.id)
    request.pageSize = 2
    let page = try await made.store.pushConfigs(request, call)
    request.pageToken = page.nextPageToken
    let rest = try await made.store.pushConfigs(request, call)
    #expect((page.configs + rest.configs).compactMap(\.id) == ids)
    #expect(rest.nextPageToken == nil)
    for _ in 0..<2 { try await made.store.deletePushConfig(.init(taskID: task.id, id: ids[1]), call) }
    #expect(push.forgotten == [ids[1]])
    #expect(
      try await refusal { _ = try await made.store.pushConfig(.init(taskID: task.id, id: ids[1]), call) }.code
        == .taskNotFound)
    request.pageToken = "9"
    #expect(try await refusal { _ = try await made.store.pushConfigs(request, call) }.code == .invalidParams)
  }

  @Test func `The same id again replaces, and there are only so many`() async throws {
    let made = TestStore(limits: { $0.pushConfigs = 1 }, push: PushLog()) { _ in nil }
    let task = try await made.send()
    let call = CallContext.by(.named("a"))
    for url in ["https://a.example/", "https://b.example/"] {
      _ = try await made.store.createPushConfig(.init(taskID: task.id, config: PushConfig(url: url, id: "x")), call)
    }
    #expect(try await made.store.pushConfigs(.init(taskID: task.id), call).configs.map(\.url) == ["https://b.example/"])
    let error = try await refusal {
      _ = try await made.store.createPushConfig(
        .init(taskID: task.id, config: PushConfig(url: "https://c.example/")), call)
    }
    #expect(error.message.contains("1 push configurations"))
  }

  @Test func `A configuration that cannot be used refuses its message, and leaves no task`() async throws {
    let made = TestStore(push: PushLog()) { context in
      _ = try await context.ask(.confirmation("?"))
      return nil
    }
    let bad = PushConfig(url: "bad")
    #expect(try await refusal { try await made.send { $0.configuration.pushConfig = bad } }.code == .invalidParams)
    #expect(try await made.list().totalSize == 0)
    let task = try await made.send()
    // What comes with an answer that does not fit is not kept.
    _ = try await refusal {
      try await made.send("perhaps", to: task) { $0.configuration.pushConfig = PushConfig(url: "https://a.example/") }
    }
    #expect(try await made.store.pushConfigs(.init(taskID: task.id), .by(.named("a"))).configs == [])
    try await made.cancel(task)
  }

  @Test func `Without a sender there are no notifications, and the card says so`() async throws {
    let made = TestStore { _ in nil }
    #expect(made.store.card.capabilities.pushNotifications == false)
    let task = try await made.send()
    let error = try await refusal {
      _ = try await made.store.createPushConfig(
        .init(taskID: task.id, config: PushConfig(url: "https://a.example/")), .by(.named("a")))
    }
    #expect(error.code == .pushNotificationNotSupported)
  }
}

import A2A
import A2AWire
import AgentKit
import Testing

@Suite(.timeLimit(.minutes(2)))
struct OwnerTests {
  @Test(arguments: [Caller.named("b"), .anonymous])
  func `Somebody else's task is as little there as one that never was, in every operation`(other: Caller) async throws {
    let made = TestStore(push: PushLog()) { context in
      _ = try await context.ask(.confirmation("Go on?"))
      return nil
    }
    let task = try await made.send()
    let (store, call) = (made.store, CallContext.by(other))
    let config = try await store.createPushConfig(
      CreatePushConfigRequest(taskID: task.id, config: PushConfig(url: "https://a.example/")), .by(.named("a")))
    let push = PushConfigRequest(taskID: task.id, id: config.id ?? "")
    let attempts: [() async throws -> Void] = [
      { _ = try await made.get(task, as: other) }, { try await made.cancel(task, as: other) },
      { _ = try await made.subscribe(task, as: other) }, { try await made.send("yes", to: task, as: other) },
      { _ = try await made.stream("yes", to: task, as: other) },
      {
        _ = try await store.createPushConfig(
          .init(taskID: task.id, config: PushConfig(url: "https://b.example/")), call)
      },
      { _ = try await store.pushConfig(push, call) }, { _ = try await store.pushConfigs(.init(taskID: task.id), call) },
      { try await store.deletePushConfig(push, call) },
    ]
    for attempt in attempts {
      let error = try await refusal(attempt)
      #expect(error.code == .taskNotFound)
      #expect(error.message == "There is no task \"\(task.id)\".")
    }
    #expect(try await made.list(as: other).totalSize == 0)
    #expect(try await made.get(task).status == task.status)
    try await made.cancel(task)
  }

  @Test func `An unknown task is told of in printable ASCII, whatever its name`() async throws {
    let made = TestStore { _ in nil }
    let error = try await refusal {
      _ = try await made.store.task(
        GetTaskRequest(id: "\u{1F600}\n" + String(repeating: "x", count: 500)), .by(.anonymous))
    }
    #expect(error.code == .taskNotFound)
    #expect(error.message.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    #expect(error.message.count < 200)
  }
}

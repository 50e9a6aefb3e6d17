import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct StopTests {
  @Test func `A stop waits for tasks to end, and takes no new ones meanwhile`() async throws {
    let gate = Gate()
    let made = TestStore { _ in
      await gate.pass()
      return "done in time"
    }
    let task = try await made.begin()
    let feed = try await made.subscribe(task)
    async let stopped: Void = made.store.stop(grace: .seconds(10))
    #expect(await eventually { made.time.due == [.seconds(10)] })
    let error = try await refusal { try await made.send() }
    #expect(error.message.contains("is stopping"))
    gate.open()
    await stopped
    #expect(try await feed.all().last?.short == "completed done in time")
    #expect(made.time.due == [])
  }

  @Test func `What has not ended by then fails with a sentence, and every stream and call has its end`() async throws {
    let made = TestStore { context in
      if context.message.text == "ask" { _ = try await context.ask(.confirmation("?")) }
      try await forever()
      return nil
    }
    let (working, asking) = (try await made.begin(), try await made.send("ask"))
    async let blocked = made.send("blocked")
    let feeds = [try await made.subscribe(working), try await made.subscribe(asking)]
    #expect(await eventually { (try? await made.list().totalSize) == 3 })
    async let stopped: Void = made.store.stop(grace: .seconds(10))
    #expect(await eventually { made.time.due.first == .seconds(10) })
    made.time.advance(by: .seconds(10))
    await stopped
    for feed in feeds {
      let last = try await feed.all().last
      #expect(last?.state == .failed)
      #expect(last?.statusMessage?.text.contains("agent is stopping") == true)
    }
    #expect(try await blocked.status.state == .failed)
    #expect(made.time.due == [])
  }

  @Test func `A stop of a store at rest returns at once`() async throws {
    let made = TestStore { _ in nil }
    try await made.send()
    await made.store.stop(grace: .seconds(10))
    await made.store.stop(grace: .seconds(10))
    #expect(try await made.list().totalSize == 1, "What has ended can still be read.")
  }

  @Test func `Waiting for streams to be read ends with the last of them, or with its time`() async throws {
    let made = TestStore { _ in nil }
    await made.store.untilRead(within: .seconds(2))
    let feeds = [try await made.stream(), try await made.stream()]
    let waiting = Task { await made.store.untilRead(within: .seconds(2)) }
    #expect(await eventually { made.time.due == [.seconds(2)] })
    for feed in feeds {
      _ = try await feed.all()
      feed.close()
    }
    await waiting.value
    #expect(made.time.due == [])
    let unread = try await made.stream()
    let impatient = Task { await made.store.untilRead(within: .seconds(2)) }
    #expect(await eventually { made.time.due == [.seconds(2)] })
    made.time.advance(by: .seconds(2))
    await impatient.value
    unread.close()
  }
}

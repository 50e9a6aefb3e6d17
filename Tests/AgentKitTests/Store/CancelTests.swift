import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct CancelTests {
  @Test func `Cancelling stops the work, its child tasks too, and every stream sees it`() async throws {
    let stopped = Kept<String>()
    let made = TestStore { context in
      try await withThrowingTaskGroup { group in
        for _ in 0..<3 {
          group.addTask {
            try await context.tool("wait") { _ in
              do { try await forever() } catch {
                stopped.append("stopped")
                throw error
              }
            }
          }
        }
        try await group.waitForAll()
      }
      return "never"
    }
    let task = try await made.begin()
    let feeds = [try await made.subscribe(task), try await made.subscribe(task)]
    for feed in feeds.dropFirst() {
      _ = try await feed.until { $0.report?.type == .toolStarted && $0.report?.callID?.hasSuffix("-call-3") == true }
    }
    let canceled = try await made.cancel(task)
    #expect(canceled.status.state == .canceled)
    #expect(stopped.all.count == 3)
    for feed in feeds {
      let events = try await feed.all()
      #expect(events.last?.state == .canceled)
      #expect(events.filter { $0.report?.type == .toolFailed }.count == 3, "Each tool that began has an end.")
    }
  }

  @Test func `Cancelling what is cancelled gives it again`() async throws {
    let made = TestStore { _ in
      try await forever()
      return nil
    }
    let task = try await made.begin()
    let first = try await made.cancel(task)
    #expect(try await made.cancel(task) == first)
  }

  @Test func `A blocking call returns when its task is cancelled`() async throws {
    let made = TestStore { _ in
      try await forever()
      return nil
    }
    async let sent = made.send()
    #expect(await eventually { (try? await made.list().totalSize) == 1 })
    try await made.cancel(try await made.list().tasks[0])
    #expect(try await sent.status.state == .canceled)
  }

  @Test func `Work that ends within the grace has been cancelled, whatever it returns`() async throws {
    let made = TestStore { _ in
      try? await forever()
      return "a result after all"
    }
    let task = try await made.begin()
    #expect(try await made.cancel(task).status.state == .canceled)
  }

  @Test func `An agent that does not heed the cancel is still at work, and the answer says so`() async throws {
    let gate = Gate()
    let made = TestStore(limits: { $0.cancelGrace = .seconds(5) }) { _ in
      await gate.pass()
      return "finished all the same"
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    let feed = try await made.subscribe(task)
    let calls = [Task { try await made.cancel(task) }, Task { try await made.cancel(task) }]
    #expect(await eventually { made.time.due == [.seconds(5)] })
    made.time.advance(by: .seconds(5))
    for call in calls { #expect(try await call.value.status.state == .working) }
    #expect(try await made.cancel(task).status.state == .working, "Asking once more waits for nothing.")
    gate.open()
    #expect(try await feed.all().map(\.short) == ["task working", "completed finished all the same"])
  }

  @Test func `An agent that heeds the cancel late is cancelled late`() async throws {
    let gate = Gate()
    let made = TestStore { _ in
      await gate.pass()
      throw CancellationError()
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    let feed = try await made.subscribe(task)
    let call = Task { try await made.cancel(task) }
    #expect(await eventually { made.time.due == [.seconds(5)] })
    made.time.advance(by: .seconds(5))
    #expect(try await call.value.status.state == .working)
    gate.open()
    #expect(try await feed.all().last?.state == .canceled)
  }

  @Test func `Behind a cancel every call of the agent throws, and shows nothing`() async throws {
    let gate = Gate()
    let thrown = Kept<String>()
    let made = TestStore { context in
      await gate.pass()
      await Task.detached {
        do { try await context.progress("still here") } catch { thrown.append("\(type(of: error))") }
        do { _ = try await context.ask(QuestionDraft("?")) } catch {
          thrown.append("\(type(of: error))")
        }
        do { try await context.artifact(Artifact(id: "a", parts: [.text("x")])) } catch {
          thrown.append("\(type(of: error))")
        }
      }.value
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    let feed = try await made.subscribe(task)
    async let canceled = made.cancel(task)
    #expect(await eventually { made.time.due == [.seconds(5)] })
    gate.open()
    #expect(try await canceled.status.state == .canceled)
    #expect(thrown.all == Array(repeating: "CancellationError", count: 3))
    #expect(try await feed.all().map(\.state) == [.working, .canceled])
  }

  @Test func `An agent may refuse to be cancelled for a while, with a reason`() async throws {
    let (inside, outside) = (Gate(), Gate())
    let made = TestStore { context in
      try await context.refusingCancel(because: "The decision is being written.") { await inside.pass() }
      await outside.pass()
      try await forever()
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { inside.arrived == 1 })
    let error = try await refusal { try await made.cancel(task) }
    #expect(error.code == .taskNotCancelable)
    #expect(error.message.contains("The decision is being written."))
    inside.open()
    #expect(await eventually { outside.arrived == 1 })
    outside.open()
    #expect(try await made.cancel(task).status.state == .canceled)
  }

  @Test func `A question that is open when its task is cancelled ends with it`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(QuestionDraft("Anybody?"))
      return nil
    }
    let task = try await made.send()
    #expect(task.status.state == .inputRequired)
    let feed = try await made.subscribe(task)
    #expect(try await made.cancel(task).status.state == .canceled)
    #expect(try await feed.all().map(\.state) == [.inputRequired, .canceled])
    #expect(made.time.due == [], "Nothing waits for what is over.")
  }

  @Test func `Whoever stops waiting for a task ends nothing but the wait`() async throws {
    let gate = Gate()
    let made = TestStore { _ in
      await gate.pass()
      return "done"
    }
    let call = Task { try await made.send() }
    #expect(await eventually { gate.arrived == 1 })
    call.cancel()
    await #expect(throws: A2AError.self) { try await call.value }
    let task = try await made.list().tasks[0]
    #expect(task.status.state == .working)
    gate.open()
    #expect(await eventually { (try? await made.get(task).status.state) == .completed })
  }
}

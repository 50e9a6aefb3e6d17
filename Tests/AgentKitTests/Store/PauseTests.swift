import A2A
import A2AWire
import JSON
import TestSupport
import Testing

@testable import AgentKit

@Suite(.timeLimit(.minutes(2)))
struct PauseTests {
  private static func pausable(
    timeLimit: Duration? = nil, _ work: @escaping @Sendable (TaskContext) async throws -> AgentMessage?
  ) -> TestStore {
    TestStore(
      profile: {
        $0.isPausable = true
        $0.timeLimit = timeLimit
      }, work: work)
  }

  /// Three tools, each of which passes a gate of its own.
  private static func threeTools(_ gates: [Gate]) -> TestStore {
    pausable { context in
      for (number, gate) in gates.enumerated() { try await context.tool("t\(number)") { _ in await gate.pass() } }
      return "done"
    }
  }

  @Test func `A paused task lets its tool end and begins no other until it is told to go on`() async throws {
    let gates = [Gate(), Gate(), Gate()]
    let made = Self.threeTools(gates)
    let task = try await made.begin()
    #expect(await eventually { gates[0].arrived == 1 })
    let feed = try await made.subscribe(task)
    let paused = try await made.ask(.pause, task)
    #expect(paused.status.state == .working && paused.isPaused)
    #expect(paused.status.message?.text == "Paused: nothing new begins until somebody says to go on.")
    gates[0].open()
    let before = try await feed.until { $0.report?.type == .toolCompleted }
    #expect(before.compactMap(\.report?.type) == [.paused, .toolCompleted])
    #expect(await eventually { await made.store.heldCount == 1 }, "The second tool is held back.")
    #expect(gates[1].arrived == 0)
    #expect(try await made.get(task).isPaused, "Also when another report has come since.")

    let resumed = try await made.ask(.resume, task)
    #expect(!resumed.isPaused && resumed.status.message?.text == "Going on.")
    for gate in gates { gate.open() }
    let after = try await feed.all()
    #expect(after.compactMap(\.report?.type).prefix(2) == [.resumed, .toolStarted])
    #expect(after.last?.short == "completed done")
    #expect(try await made.get(task).isPaused == false)
  }

  @Test func `Neither is taken for something said: the agent hears nothing of it, and it is not in the history`()
    async throws
  {
    let gate = Gate()
    let turns = Kept<String>()
    let made = Self.pausable { context async throws in
      turns.append(context.message.text)
      await gate.pass()
      #expect(try await context.takeMessages() == [])
      return "done"
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    try await made.ask(.pause, task)
    try await made.ask(.resume, task)
    gate.open()
    #expect(await eventually { (try? await made.get(task).status.state) == .completed })
    #expect(turns.all == ["do it"])
    #expect(try await made.get(task).history?.map(\.text) == ["do it"])
  }

  @Test func `Asking again for what is already so is answered, and nobody is told twice`() async throws {
    let gate = Gate()
    let made = Self.threeTools([gate])
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    let feed = try await made.subscribe(task)
    #expect(try await made.ask(.resume, task).isPaused == false)
    for _ in 0..<3 { #expect(try await made.ask(.pause, task).isPaused) }
    for _ in 0..<2 { #expect(try await made.ask(.resume, task).isPaused == false) }
    gate.open()
    #expect(try await feed.all().compactMap(\.report?.type) == [.paused, .resumed, .toolCompleted])
  }

  @Test func `A checkpoint waits while the task is paused`() async throws {
    let (before, behind) = (Gate(), Gate())
    let made = Self.pausable { context in
      await before.pass()
      try await context.checkpoint()
      await behind.pass()
      return "done"
    }
    let task = try await made.begin()
    #expect(await eventually { before.arrived == 1 })
    try await made.ask(.pause, task)
    before.open()
    #expect(await eventually { await made.store.heldCount == 1 })
    #expect(behind.arrived == 0)
    behind.open()
    try await made.ask(.resume, task)
    #expect(await eventually { (try? await made.get(task).status.state) == .completed })
  }

  @Test func `Tools of several branches are held back, and all of them go on`() async throws {
    let gate = Gate()
    let made = Self.pausable { context in
      await gate.pass()
      return try await withThrowingTaskGroup { group in
        for number in 0..<20 { group.addTask { try await context.tool("t\(number)") { _ in } } }
        try await group.waitForAll()
        return "done"
      }
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    try await made.ask(.pause, task)
    let feed = try await made.subscribe(task)
    gate.open()
    #expect(await eventually { await made.store.heldCount == 20 })
    try await made.ask(.resume, task)
    let types = try await feed.all().compactMap(\.report?.type)
    #expect(types.first == .resumed)
    #expect(types.filter { $0 == .toolCompleted }.count == 20)
  }

  @Test(arguments: [true, false])
  func `A cancel goes through at once, also to work that it does not reach by itself`(isChild: Bool) async throws {
    let gate = Gate()
    let ends = Kept<String>()
    let made = Self.pausable { context in
      await gate.pass()
      let part: @Sendable () async -> Void = {
        do {
          try await context.tool("t") { _ in ends.append("began") }
        } catch {
          ends.append("\(type(of: error))")
        }
      }
      if isChild { await part() } else { await Task.detached { await part() }.value }
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    try await made.ask(.pause, task)
    gate.open()
    #expect(await eventually { await made.store.heldCount == 1 })
    let feed = try await made.subscribe(task)
    let canceled = try await made.cancel(task)
    #expect(canceled.status.state == .canceled && !canceled.isPaused)
    #expect(try await feed.all().last?.state == .canceled)
    #expect(ends.all == ["CancellationError"])
    #expect(await eventually { made.time.due == [] }, "Nothing waits for what is over.")
  }

  @Test func `What a cancelled branch of the work waited for is let go alone`() async throws {
    let ends = Kept<String>()
    let gate = Gate()
    let made = Self.pausable { context in
      await gate.pass()
      let branch = Task { try await context.checkpoint() }
      let other = Task { try await context.checkpoint() }
      #expect(await eventually { await context.heldCount == 2 })
      branch.cancel()
      do { try await branch.value } catch { ends.append("\(type(of: error))") }
      try await other.value
      ends.append("went on")
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    try await made.ask(.pause, task)
    gate.open()
    #expect(await eventually { ends.all == ["CancellationError"] })
    try await made.ask(.resume, task)
    #expect(await eventually { ends.all == ["CancellationError", "went on"] })
  }

  @Test func `A stop ends a paused task with its sentence`() async throws {
    let made = Self.pausable { context in
      try await context.checkpoint()
      try await forever()
      return nil
    }
    let task = try await made.begin()
    try await made.ask(.pause, task)
    await made.store.stop(grace: .zero)
    let ended = try await made.get(task)
    #expect(ended.status.state == .failed && !ended.isPaused)
    #expect(ended.status.message?.text.contains("The agent is stopping") == true)
  }

  @Test func `The task's time stands still while it is paused`() async throws {
    let gate = Gate()
    let made = Self.pausable(timeLimit: .seconds(60)) { _ in
      await gate.pass()
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { made.time.due == [.seconds(60)] && gate.arrived == 1 })
    made.time.advance(by: .seconds(40))
    try await made.ask(.pause, task)
    #expect(await eventually { made.time.due == [] })
    made.time.advance(by: .seconds(1000))
    try await made.ask(.resume, task)
    #expect(await eventually { made.time.due == [.seconds(1060)] }, "20 of its 60 seconds are left.")
    made.time.advance(by: .seconds(20))
    #expect(await eventually { (try? await made.get(task).status.state) == .failed })
    gate.open()
  }

  @Test func `A question may be answered meanwhile, and what follows it waits`() async throws {
    let answered = Gate()
    let made = Self.pausable(timeLimit: .seconds(60)) { context in
      let outcome = try await context.ask(.confirmation("Go on?"))
      await answered.pass()
      try await context.tool("next") { _ in }
      return outcome["confirmed"] == .boolean(true) ? "yes" : "no"
    }
    let task = try await made.send()
    let feed = try await made.subscribe(task)
    let paused = try await made.ask(.pause, task)
    #expect(paused.status == task.status && paused.isPaused, "The question stays what the task shows.")
    try await made.send("yes", to: task) { $0.configuration.returnImmediately = true }
    answered.open()
    #expect(await eventually { await made.store.heldCount == 1 })
    #expect(made.time.due == [], "Answered, but still paused: the time stands still.")
    try await made.ask(.resume, task)
    #expect(
      try await feed.all().compactMap(\.report?.type) == [.paused, .resumed, .toolStarted, .toolCompleted])
    #expect(try await made.get(task).status.message?.text == "yes")
  }

  @Test func `A message that waits gets its turn behind the pause`() async throws {
    let gate = Gate()
    let turns = Kept<String>()
    let made = Self.pausable { context in
      turns.append(context.message.text)
      if context.message.text == "do it" { await gate.pass() }
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    try await made.send("more", to: task) { $0.configuration.returnImmediately = true }
    try await made.ask(.pause, task)
    gate.open()
    #expect(await eventually { await made.store.heldCount == 1 })
    #expect(turns.all == ["do it"])
    try await made.ask(.resume, task)
    #expect(await eventually { (try? await made.get(task).status.state) == .completed })
    #expect(turns.all == ["do it", "more"])
  }

  @Test func `What refuses to be cancelled is not held back midway, or nobody could end it`() async throws {
    let (inside, outside) = (Gate(), Gate())
    let made = Self.pausable { context in
      try await context.refusingCancel(because: "The decision is being written.") {
        await inside.pass()
        try await context.checkpoint()
        try await context.tool("write") { _ in }
      }
      await outside.pass()
      try await context.tool("tell") { _ in }
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { inside.arrived == 1 })
    let feed = try await made.subscribe(task)
    try await made.ask(.pause, task)
    inside.open()
    outside.open()
    #expect(await eventually { await made.store.heldCount == 1 })
    #expect(try await made.cancel(task).status.state == .canceled)
    let tools = try await feed.all().compactMap { $0.report?.type == .toolStarted ? $0.report?.tool : nil }
    #expect(tools == ["write"])
  }

  @Test func `A pause is answered at once, also where a message would wait for the end`() async throws {
    let gate = Gate()
    let made = Self.threeTools([gate])
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    // As a stream, it shows the task and follows it.
    var request = SendMessageRequest.pausing(.pause, task)
    #expect(request.configuration.returnImmediately == false)
    guard case .task(let answered) = try await made.store.send(request, .by(.named("a"))) else {
      throw Unexpected(what: "a message")
    }
    #expect(answered.isPaused)
    request = .pausing(.resume, task)
    let feed = try await made.store.stream(request, .by(.named("a")))
    gate.open()
    let events = try await feed.all()
    #expect(events.first?.short == "task working")
    #expect(events.last?.state == .completed)
  }
}

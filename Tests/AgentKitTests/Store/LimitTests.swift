import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct LimitTests {
  private static func held(limits: (inout TaskLimits) -> Void) -> TestStore {
    TestStore(limits: limits) { context in
      if context.message.text == "hold" { try await forever() }
      return "done"
    }
  }

  @Test func `A store full of running tasks refuses more, and takes more when one has ended`() async throws {
    let made = Self.held { $0.tasks = 3 }
    var tasks: [AgentTask] = []
    for _ in 0..<3 { tasks.append(try await made.begin("hold")) }
    let error = try await refusal { try await made.send("more") }
    #expect(error.message.contains("3 tasks under way"))
    #expect(error.reason == "RESOURCE_EXHAUSTED")
    try await made.cancel(tasks[1])
    #expect(try await made.send("more").status.state == .completed)
    #expect(try await made.get(tasks[0]).status.state == .working)
    #expect(try await refusal { _ = try await made.get(tasks[1]) }.code == .taskNotFound)
    try await made.cancel(tasks[0])
    try await made.cancel(tasks[2])
  }

  @Test func `Ended tasks go in the order in which they ended`() async throws {
    let gate = Gate()
    let made = TestStore(limits: { $0.tasks = 3 }) { context in
      if context.message.text == "slow" { await gate.pass() }
      return nil
    }
    let slow = try await made.begin("slow")
    let quick = try await made.send("quick")
    gate.open()
    #expect(await eventually { (try? await made.get(slow).status.state) == .completed })
    try await made.send("third")
    try await made.send("fourth")
    #expect(try await refusal { _ = try await made.get(quick) }.code == .taskNotFound)
    _ = try await made.get(slow)
    try await made.send("fifth")
    #expect(try await refusal { _ = try await made.get(slow) }.code == .taskNotFound)
  }

  @Test func `The bytes of all tasks together are bounded: old ones go, and what still does not fit is refused`()
    async throws
  {
    let made = TestStore(limits: { $0.totalBytes = 100_000 }) { context in
      try await context.artifact(Artifact(id: "a", parts: [Part(.raw([UInt8](repeating: 0, count: 40_000)))]))
      if context.message.text == "hold" {
        try await context.progress("holding")
        try await forever()
      }
      return nil
    }
    for _ in 0..<5 { #expect(try await made.send().status.state == .completed) }
    #expect(try await made.list().totalSize == 2)
    let held = [try await made.begin("hold"), try await made.begin("hold")]
    let areHolding = try await eventually {
      var holding = 0
      for task in held where try await made.get(task).status.message?.text == "holding" { holding += 1 }
      return holding == 2
    }
    #expect(areHolding)
    let failed = try await made.send()
    #expect(failed.status.state == .failed)
    #expect(failed.status.message?.text.contains("100000 bytes for all its tasks") == true)
    for task in held { try await made.cancel(task) }
  }

  @Test func `The artifacts of a task are bounded in bytes and number`() async throws {
    let large = TestStore(limits: { $0.artifactBytes = 1000 }) { context in
      for _ in 0..<10 {
        // The same one again takes the room of the one before.
        try await context.artifact(Artifact(id: "a", parts: [Part(.raw([UInt8](repeating: 0, count: 800)))]))
      }
      try await context.artifact(Artifact(id: "b", parts: [.text(String(repeating: "x", count: 800))]))
      return nil
    }
    let task = try await large.send()
    #expect(task.status.state == .failed)
    #expect(task.status.message?.text.contains("1000 bytes; with \"b\"") == true)
    #expect(task.artifacts?.map(\.id) == ["a"])
    let many = TestStore(limits: { $0.artifacts = 2 }) { context in
      for number in 0..<3 { try await context.artifact(Artifact(id: "\(number)", parts: [.text("x")])) }
      return nil
    }
    #expect(try await many.send().status.message?.text == "A task may have 2 artifacts; this would be one more.")
  }

  @Test func `An artifact's pieces follow each other, and nothing follows the last`() async throws {
    for (first, second) in [((false, true), (true, true)), ((true, false), (true, true))] {
      let made = TestStore { context in
        for (append, last) in [first, second] {
          try await context.artifact(Artifact(id: "a", parts: [.text("x")]), append: append, lastChunk: last)
        }
        return nil
      }
      let task = try await made.send()
      #expect(task.status.state == .failed)
      #expect(task.status.message?.text.contains("Nothing can be appended") == true)
    }
    let empty = TestStore { context in
      try await context.artifact(Artifact(id: "a", parts: []))
      return nil
    }
    #expect(try await empty.send().status.message?.text.contains("no parts") == true)
  }

  @Test func `A message that is too large, has no parts, or is not a user's is refused before there is a task`()
    async throws
  {
    let made = Self.held { $0.messageBytes = 1000 }
    let large = try await refusal { try await made.send(String(repeating: "x", count: 1000)) }
    #expect(large.code == .invalidParams)
    #expect(large.message.contains("at most 1000"))
    #expect(try await refusal { try await made.send { $0.message.parts = [] } }.code == .invalidParams)
    #expect(try await refusal { try await made.send { $0.message.role = .agent } }.code == .invalidParams)
    #expect(try await refusal { try await made.send { $0.message.contextID = "" } }.code == .invalidParams)
    #expect(
      try await refusal { try await made.send { $0.configuration.historyLength = -1 } }.code == .invalidParams)
    #expect(try await made.list().totalSize == 0)
  }

  @Test func `A media type that the card does not name is refused`() async throws {
    let made = TestStore(profile: { $0.inputModes = ["text/*", "application/json"] }) { _ in nil }
    let error = try await refusal {
      try await made.send { $0.message.parts = [Part(.raw([1]), mediaType: "image/png")] }
    }
    #expect(error.code == .contentTypeNotSupported)
    #expect(error.message.contains("text/*, application/json"))
    for type in ["text/csv", "TEXT/plain; charset=utf-8", "application/json"] {
      try await made.send { $0.message.parts = [Part(.text("x"), mediaType: type)] }
    }
  }

  @Test func `Only so many messages wait for a task at work`() async throws {
    let made = Self.held { $0.waitingMessages = 2 }
    let task = try await made.begin("hold")
    for text in ["a", "b"] { try await made.send(text, to: task) { $0.configuration.returnImmediately = true } }
    let error = try await refusal { try await made.send("c", to: task) }
    #expect(error.message.contains("2 messages waiting"))
    #expect(try await made.get(task).history?.map(\.text) == ["hold", "a", "b"])
    try await made.cancel(task)
  }

  @Test func `Of a long conversation the newest messages are kept`() async throws {
    let made = TestStore(limits: { $0.historyMessages = 4 }) { context in
      while true { _ = try await context.ask(QuestionDraft("More?")) }
    }
    let task = try await made.send("1")
    for text in ["2", "3", "4"] { try await made.send(text, to: task) }
    let texts = try await made.get(task).history?.map(\.text)
    #expect(texts?.count == 4)
    #expect(texts?.last == "4")
    #expect(
      try await made.store.task(GetTaskRequest(id: task.id, historyLength: 1), .by(.named("a"))).history?.map(\.text)
        == ["4"])
    #expect(try await made.store.task(GetTaskRequest(id: task.id, historyLength: 0), .by(.named("a"))).history == nil)
    #expect(
      try await refusal {
        _ = try await made.store.task(GetTaskRequest(id: task.id, historyLength: -1), .by(.named("a")))
      }
      .code == .invalidParams)
    try await made.cancel(task)
  }

  @Test func `What an agent says is bounded, too`() async throws {
    let progress = TestStore(limits: { $0.messageBytes = 1000 }) { context in
      try await context.progress(String(repeating: "x", count: 2000))
      return nil
    }
    #expect(try await progress.send().status.message?.text.contains("may have 1000 bytes") == true)
    let last = TestStore(limits: { $0.messageBytes = 1000 }) { _ in AgentMessage(String(repeating: "x", count: 2000)) }
    let task = try await last.send()
    #expect(task.status.state == .failed)
    #expect(task.status.message?.text.contains("at most 1000") == true)
    let failure = TestStore { _ in throw AgentFailure(String(repeating: "x", count: 1 << 20)) }
    let told = try await failure.send().status.message?.text
    #expect((told?.count ?? 0) == 4000)
  }
}

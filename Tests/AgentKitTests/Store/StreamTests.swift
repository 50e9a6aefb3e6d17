import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct StreamTests {
  @Test(arguments: [0, 1, 7, 40])
  func `Whoever subscribes, and when, sees a snapshot and every later event once`(late: Int) async throws {
    let gate = Gate()
    let made = TestStore { context in
      for number in 0..<late {
        try await context.artifact(
          Artifact(id: "a", parts: [.text("\(number) ")]), append: number > 0, lastChunk: false)
      }
      await gate.pass()
      for number in late..<50 {
        try await context.artifact(
          Artifact(id: "a", parts: [.text("\(number) ")]), append: number > 0, lastChunk: false)
      }
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    let feeds = [try await made.subscribe(task), try await made.subscribe(task)]
    gate.open()
    for feed in feeds {
      var pieces: [String] = []
      for event in try await feed.all() {
        switch event {
        case .task(let task): pieces += (task.artifacts ?? []).flatMap { $0.parts.map(\.short) }
        case .artifact(let update): pieces += update.artifact.parts.map(\.short)
        default: break
        }
      }
      #expect(pieces == (0..<50).map { "\($0) " })
    }
  }

  @Test func `A crowd that subscribes while events flow misses nothing and sees nothing twice`() async throws {
    let made = TestStore { context in
      for number in 0..<500 {
        try await context.artifact(
          Artifact(id: "a", parts: [.text("\(number),")]), append: number > 0, lastChunk: false)
      }
      return nil
    }
    let task = try await made.begin()
    let expected = (0..<500).map { "\($0)," }.joined()
    try await withThrowingTaskGroup { group in
      for _ in 0..<40 {
        group.addTask {
          // The task may have ended already: then the snapshot is had by getting it.
          guard let feed = try? await made.subscribe(task) else {
            return try await made.get(task).artifacts?[0].parts.map(\.short).joined() ?? ""
          }
          return try await feed.all().map { event in
            switch event {
            case .task(let task): (task.artifacts ?? []).flatMap { $0.parts.map(\.short) }.joined()
            case .artifact(let update): update.artifact.parts.map(\.short).joined()
            default: ""
            }
          }.joined()
        }
      }
      for try await seen in group { #expect(seen == expected) }
    }
  }

  @Test func `A reader that leaves ends neither the task nor another stream`() async throws {
    let gate = Gate()
    let made = TestStore { _ in
      await gate.pass()
      return "done"
    }
    let leaving = try await made.stream()
    let events = try await leaving.until(state: .working)
    guard case .task(let task) = events[0] else { throw Unexpected(what: "no task") }
    let staying = try await made.subscribe(task)
    leaving.close()
    leaving.close()
    #expect(try await leaving.next() == nil)
    gate.open()
    #expect(try await staying.all().map(\.short) == ["task working", "completed done"])
  }

  @Test func `A reader whose task is cancelled waits no longer`() async throws {
    let made = TestStore { _ in
      try await forever()
      return nil
    }
    let task = try await made.begin()
    let feed = try await made.subscribe(task)
    _ = try await feed.next()
    let reader = Task { try await feed.next() }
    reader.cancel()
    #expect(try await reader.value == nil)
    #expect(try await made.get(task).status.state == .working)
    try await made.cancel(task)
  }

  @Test func `A slow reader loses its stream with a reason behind what was kept for it, and the task goes on`()
    async throws
  {
    let gate = Gate()
    let made = TestStore(limits: { $0.streamEvents = 5 }) { context in
      await gate.pass()
      for number in 0..<20 { try await context.progress("\(number)") }
      return nil
    }
    let task = try await made.begin()
    let slow = try await made.subscribe(task)
    gate.open()
    #expect(await eventually { (try? await made.get(task).status.state) == .completed })
    var seen: [String] = []
    do {
      while let event = try await slow.next() { seen.append(event.short) }
      Issue.record("The stream ended as if it were whole.")
    } catch {
      guard case .failed(let reason) = error else { throw error }
      #expect(reason.reason == "STREAM_TOO_SLOW")
    }
    #expect(seen == ["task working", "working 0", "working 1", "working 2", "working 3"])
  }

  @Test func `A reader that keeps up is not slow, however much it has read`() async throws {
    let (read, said) = (Kept<Int>(), 50)
    let made = TestStore(limits: { $0.streamBytes = 2000 }) { context in
      for number in 0..<said {
        while read.all.count < number { await Task.yield() }
        try await context.progress(String(repeating: "x", count: 500))
      }
      return nil
    }
    let feed = try await made.stream()
    while let event = try await feed.next() { if event.report != nil { read.append(1) } }
    #expect(read.all.count == said)
  }

  @Test func `The stream of a message ends at a question; a subscription goes on through it`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(QuestionDraft("Go on?"))
      return "done"
    }
    let stream = try await made.stream()
    let events = try await stream.all()
    #expect(events.last?.state == .inputRequired)
    #expect(stream.endsWhenInterrupted)
    guard case .task(let task) = events[0] else { throw Unexpected(what: "no task") }
    let subscription = try await made.subscribe(task)
    let answering = try await made.stream("yes", to: task)
    #expect(try await answering.all().map(\.short) == ["task working", "completed done"])
    let states = try await subscription.all().map(\.state)
    #expect(states == [.inputRequired, .working, .completed])
  }

  @Test func `There are only so many streams, of one task and of all`() async throws {
    let made = TestStore(limits: {
      $0.streamsPerTask = 2
      $0.streams = 3
    }) { _ in
      try await forever()
      return nil
    }
    let (one, other) = (try await made.begin(), try await made.begin())
    let first = try await made.subscribe(one)
    _ = try await made.subscribe(one)
    #expect(try await refusal { _ = try await made.subscribe(one) }.message.contains("2 streams"))
    _ = try await made.subscribe(other)
    #expect(try await refusal { _ = try await made.subscribe(other) }.message.contains("3 streams"))
    first.close()
    _ = try await made.subscribe(one)
    try await made.cancel(one)
    try await made.cancel(other)
  }
}

import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

/// The costs of a task, as its people hear of them.
@Suite(.timeLimit(.minutes(1)))
struct CostTests {
  /// An agent that books what each word of its messages says.
  private static func spender(_ limit: Int?) -> TestStore {
    TestStore(profile: { $0.costLimit = limit }) { context in
      for word in context.message.text.split(separator: " ") {
        guard let cost = Int(word) else { continue }
        let costs = try await context.book(cost)
        let now = try await context.costs
        if costs != now { throw AgentFailure("What was booked is not what is kept.") }
      }
      if context.message.text.contains("hold") { try await forever() }
      return AgentMessage("\(try await context.costs.cost)")
    }
  }

  private func reports(_ events: [TaskEvent]) -> [ProgressReport] { events.compactMap(\.report) }

  @Test func `the warning and the end of a budget are reports, with figures and a sentence`() async throws {
    let events = try await Self.spender(1_000_000).stream("500000 350000 1 400000 7").all()
    let told = reports(events)
    #expect(told.map(\.type) == [.budgetWarning, .budgetExceeded])
    #expect(told[0].message == "85 % of this task's budget are used: 0.85 of 1.00 USD.")
    #expect(told[0].payload?.description == #"{"usage_percentage":85.0,"cost":0.85,"limit":1.0}"#)
    #expect(
      told[1].message
        == "This task's budget is used up: 1.250001 of 1.00 USD. Nothing that costs money is called any more.")
    #expect(told[1].payload?["usage_percentage"]?.double == 125)
    // Who knows nothing of reports reads the same.
    #expect(events.contains { $0.statusMessage?.text == told[1].message && $0.state == .working })
    #expect(events.last?.state == .completed && events.last?.statusMessage?.text == "1250008")
  }

  @Test func `each task has the whole budget`() async throws {
    let made = Self.spender(1_000)
    for _ in 0..<2 {
      #expect(reports(try await made.stream("700").all()).isEmpty)
      #expect(reports(try await made.stream("900").all()).map(\.type) == [.budgetWarning])
    }
  }

  @Test func `another turn of a task goes on with what is left`() async throws {
    let gate = Gate()
    let made = TestStore(profile: { $0.costLimit = 1_000 }) { context in
      if context.message.text == "first" { await gate.pass() }
      return AgentMessage("\(try await context.book(600).isExceeded)")
    }
    let feed = try await made.stream("first")
    guard case .task(let task)? = try await feed.next() else { throw Unexpected(what: "no task first") }
    // Both ask only that the message is taken.
    try await made.send("second", to: task) { $0.configuration.returnImmediately = true }
    gate.open()
    let events = try await feed.all()
    #expect(reports(events).map(\.type) == [.budgetWarning, .budgetExceeded])
    #expect(events.last?.statusMessage?.text == "true")
  }

  @Test func `without a limit nobody is told of costs`() async throws {
    for limit in [nil, 0] as [Int?] {
      let events = try await Self.spender(limit).stream("900000000000 5").all()
      #expect(reports(events).isEmpty && events.last?.statusMessage?.text == "900000000005")
    }
  }

  @Test func `what a cancelled task still costs is told to nobody`() async throws {
    let made = TestStore(profile: { $0.costLimit = 10 }) { context in
      try await context.progress("holding")
      do {
        try await forever()
      } catch {
        // Whoever books in a task of its own is told as well.
        await Task.detached { _ = try? await context.book(100) }.value
        throw error
      }
      return nil
    }
    let feed = try await made.stream()
    guard case .task(let task)? = try await feed.next() else { throw Unexpected(what: "no task first") }
    _ = try await feed.until { $0.statusMessage?.text == "holding" }
    try await made.cancel(task)
    let events = try await feed.all()
    #expect(reports(events).isEmpty && events.last?.state == .canceled)
  }
}

import A2A
import HTTP
import Identity
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// Beginning tasks: what is stored before an agent hears of it, and what is refused.
@Suite struct SubmittingTests {
  @Test func `a task is in the journal with all that is needed to go on, before its agent hears of it`() async throws {
    try await RunStand.run(try TemporaryFolder()) { stand in
      var order = WorkOrder.saying("Look at ACME.\nSoon.", context: "our talk")
      order.acceptedOutputModes = ["text/plain"]
      let submitted = try await stand.runs.submit(order, by: .probe("kim"))
      let task = try await stand.task(submitted.task)
      #expect(submitted == Submitted(task: task.id, context: "our talk", offset: task.lastOffset, isNew: true))
      #expect(
        task.opening
          == TaskOpening(owner: "kim", tenant: nil, agent: "checker", title: "Look at ACME.", context: "our talk"))
      #expect(task.state == "submitted" && !task.isFinal)
      let records = try await stand.records(task.id)
      #expect(records.map(\.kind) == [.command, .event] && records.map(\.origin) == ["kim", "gateway"])
      // What people read of it has their name for the conversation, and ours for the task.
      let image = try #require(try await stand.image(task.id))
      #expect(image.seq == 2 && image.task.id == task.id && image.task.contextID == "our talk")
      #expect(image.task.history?.map(\.text) == ["Look at ACME.\nSoon."])
      #expect(image.task.history?.map(\.taskID) == [task.id])
      let memory = try #require(try await stand.memory(task.id))
      #expect(memory.phase == .waiting && memory.acceptedOutputModes == ["text/plain"] && memory.agentTask == nil)
      #expect(memory.trace.contains(order.trace.traceID) && !memory.trace.contains(order.trace.spanID))
      let run = try await stand.made.run(of: task.id)
      guard case .fresh(let given, memory, let message) = run.start else { throw Unexpected() }
      #expect(given == task && message.text == "Look at ACME.\nSoon.")
    }
  }

  @Test func `the same key begins one task, however often and however many at once`() async throws {
    try await RunStand.run(try TemporaryFolder()) { stand in
      let all = try await withThrowingTaskGroup(of: Submitted.self) { group in
        for _ in 0..<20 { group.addTask { try await stand.submit(key: "k") } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(all.map(\.task)).count == 1 && all.count { $0.isNew } == 1)
      #expect(Set(all.map(\.offset)).count == 1 && Set(all.map(\.context)).count == 1)
      #expect(stand.made.tasks.count == 1)
      // The places that were taken for the others are free again.
      #expect(await stand.runs.figures == Runs.Figures(running: 1, waiting: 0))
      // A key is its owner's.
      #expect(try await stand.submit(by: .probe("lee"), key: "k").isNew)
    }
  }

  @Test func `a key of a task that is not for the asker's eyes begins nothing and shows nothing`() async throws {
    try await RunStand.run(try TemporaryFolder()) { stand in
      try await stand.submit(by: .probe("kim", [.submit]), key: "k")
      let refusal = try await stand.refusal(.saying("again", key: "k"), by: .probe("kim", [.submit]))
      #expect(refusal == .submitKeyTaken)
    }
  }

  @Test func `each refusal has its own answer, and nothing is begun`() async throws {
    let clock = TurnedClock()
    var limits = WorkLimits()
    (limits.running, limits.waiting) = (1, 1)
    try await RunStand.run(
      try TemporaryFolder(), agents: ["checker": 9, "other": 9], limits: limits, submitsPerMinute: 6,
      clock: clock.clock,
      configure: { $0.agents[1].principals = ["kim"] }
    ) { stand in
      // Without a name, where there are two and none is the default.
      #expect(try await stand.refusal(.saying("x")) == .noAgentNamed)
      // One that is not there answers as one that is for others, by its list or by the policy.
      #expect(try await stand.refusal(.saying("x", to: "nobody")) == .noSuchAgent)
      #expect(try await stand.refusal(.saying("x", to: "other"), by: .probe("lee")) == .noSuchAgent)
      let elsewhere = Asker.probe("kim", agents: .named(["other"]))
      #expect(try await stand.refusal(.saying("x", to: "checker"), by: elsewhere) == .noSuchAgent)
      // Who may watch may know that it is there.
      #expect(try await stand.refusal(.saying("x", to: "checker"), by: .probe("kim", [.watch])) == .notAllowed)
      var silent = WorkOrder.saying("x", to: "checker")
      silent.message.parts = []
      #expect(try await stand.refusal(silent) == .noMessageParts)

      try await stand.submit(to: "checker")
      try await stand.submit(to: "checker")
      let full = try await stand.refusal(.saying("x", to: "checker"))
      #expect(full == .tooMuchWork(waiting: 1) && full?.fields["retry-after"] == "10")
      for _ in 4...6 { _ = try await stand.refusal(.saying("x", to: "checker")) }
      #expect(try await stand.refusal(.saying("x", to: "checker"))?.status == .tooManyRequests)
      #expect(try await stand.journal.count(TaskQuery(visible: [.init()])) == 2)

      await stand.runs.stop()
      #expect(try await stand.refusal(.saying("x", to: "checker")) == .endingNow)
    }
  }

  @Test func `an agent knows a conversation by a name of ours, one for each owner and agent`() async throws {
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 99, "other": 99]) { stand in
      func inner(_ agent: String, _ owner: String, _ context: String?) async throws -> String {
        let task = try await stand.submit(to: agent, by: .probe(owner), context: context).task
        return try #require(try await stand.memory(task)).agentContext
      }
      let first = try await inner("checker", "kim", "talk")
      #expect(try await inner("checker", "kim", "talk") == first)
      let others = [
        try await inner("other", "kim", "talk"), try await inner("checker", "lee", "talk"),
        try await inner("checker", "kim", "Talk"), try await inner("checker", "kim", nil), "talk",
      ]
      #expect(!others.contains(first) && Set(others).count == others.count)
      // Also when they all begin at once.
      let names = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 { group.addTask { try await inner("checker", "mo", "new") } }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(names.count == 1)
    }
  }
}

struct Unexpected: Error {}

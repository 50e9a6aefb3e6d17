import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// The task, and then its updates as the agent has sent them, in both versions.
@Suite struct A2AProfileTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `what the agent said is read back from both versions`(_ seed: UInt64) throws {
    let script = try GeneratedRun(seed: seed).script
    let new = try Self.read(.a2a, script)
    let old = try Self.read(.a2a0_3, script)
    #expect(new.count == old.count)
    for (one, other) in zip(new, old) { #expect(one == other) }
    // Updates pass as they are, up to the end.
    var sent: [TaskEvent] = []
    for record in script.records where record.kind == .event && sent.last?.state?.isTerminal != true {
      guard let event = try? TaskEvent(reading: JSONValue(parsing: record.payload)) else { continue }
      switch event {
      case .status, .artifact: sent.append(event)
      case .task, .message: break
      }
    }
    // Those that are made from a snapshot come beside them.
    for event in sent { #expect(new.contains(event)) }
    if case .task? = new.first {} else { #expect(new.isEmpty) }
  }

  private static func read(_ profile: Profile, _ script: RunScript) throws -> [TaskEvent] {
    try profile.told(script.records, of: RunScript.told).map { try TaskEvent(readingPushBody: $0.data) }
  }

  @Test func `0.3 says which event is the last, and 1.0 does not`() throws {
    var script = RunScript()
    script.open()
    script.status(.working)
    script.status(.completed, "Done.")
    let old = Profile.a2a0_3.told(script.records, of: RunScript.told).compactMap { $0.json?["final"]?.bool }
    #expect(old == [false, true])
    let new = Profile.a2a.told(script.records, of: RunScript.told)
    #expect(new.allSatisfy { $0.json?["statusUpdate"]?["final"] == nil && $0.name == nil })
  }

  @Test func `a stream that begins in the middle begins with the task as it stands`() throws {
    var script = RunScript()
    script.open()
    script.artifact(Artifact(id: "a", parts: [.text("one")]))
    var telling = Profile.a2a.telling(of: RunScript.told)
    for record in script.records { _ = telling.take(record) }
    let task = try #require(telling.opening(at: 0)?.json?["task"])
    #expect(task["artifacts"]?[0]?["artifactId"]?.string == "a" && task["history"]?.count == 1)
  }

  @Test func `a task that ends without a word is told to have ended`() throws {
    var telling = Profile.a2a0_3.telling(of: RunScript.told)
    var script = RunScript()
    script.say(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))), by: "gateway")
    for record in script.records { _ = telling.take(record) }
    #expect(!telling.saysItsEnd)
    let end = telling.end(as: .completed, at: 1_772_355_600_000)
    #expect(
      end.map(\.text) == [
        #"{"kind":"status-update","taskId":"t","contextId":"c","status":{"state":"completed","#
          + #""timestamp":"2026-03-01T09:00:00.000Z"},"final":true}"#
      ])
    #expect(telling.isOver && telling.end(as: .completed, at: 0).isEmpty)
  }
}

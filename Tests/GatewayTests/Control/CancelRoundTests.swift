import A2A
import HTTP
import JSON
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// Many tasks cancelled with one word, over real TLS.
@Suite(.timeLimit(.minutes(3)))
struct CancelRoundTests {
  private func round(
    _ scene: WorkScene, _ body: String, as column: AccessColumn = .owner
  ) async throws -> (status: Int, body: JSONValue) {
    let answer = try await scene.post("/api/tasks:cancel", body, as: column)
    return (answer.status, try JSONValue(parsing: answer.body))
  }

  private func ids(_ list: JSONValue?, _ member: String = "id") -> [String] {
    list?.elements.compactMap { $0[member]?.string } ?? []
  }

  @Test func `a dry run lists what would be cancelled for whom, and does nothing`() async throws {
    try await WorkScene.run { scene async throws in
      let mine = [try await scene.holding(), try await scene.holding()]
      let others = try await scene.holding(as: .other)
      let foreign = try await scene.holding(as: .tenant)
      let done = try await scene.begin("Look.")
      try await scene.wait(done, for: "completed")
      let newest = Array(mine.reversed())
      for (body, column, expected) in [
        (#"{"filter":"mine","dryRun":true}"#, AccessColumn.owner, newest),
        // Who may watch what others of the tenant do may not stop it.
        (#"{"filter":"all","dryRun":true}"#, .owner, newest),
        (#"{"filter":"all","dryRun":true}"#, .other, [others]),
        (#"{"filter":"mine","dryRun":true}"#, .operator, []),
        (#"{"filter":"all","dryRun":true}"#, .operator, [foreign, others] + newest),
        (#"{"filter":"all","agent":"checker","dryRun":true}"#, .operator, [foreign, others] + newest),
        (#"{"filter":"all","agent":"gone","dryRun":true}"#, .operator, []),
      ] {
        let found = try await round(scene, body, as: column)
        #expect(found.status == 200 && found.body["dryRun"]?.bool == true)
        #expect(ids(found.body["tasks"]) == expected, "\(body) as \(column)")
        #expect(found.body["count"]?.int == Int64(expected.count))
        #expect(found.body["receipts"] == nil && found.body["refused"] == nil && found.body["more"] == nil)
      }
      let first = try await round(scene, #"{"filter":"mine","dryRun":true}"#).body["tasks"]?[0]
      #expect(
        first?.description
          == #"{"id":"\#(mine[1])","title":"hold on","agent":"checker","owner":"oscar","state":"working"}"#)
      for id in mine + [others, foreign] { #expect(try await scene.journal.task(id)?.state == "working") }
      #expect(try await scene.audited().isEmpty)
    }
  }

  @Test func `a round asks each task by a command of its own, and repeated it asks none again`() async throws {
    try await WorkScene.run { scene async throws in
      let held = [try await scene.holding(), try await scene.holding()]
      let stubborn = try await scene.begin("refuse it")
      try await scene.wait(stubborn, for: "input-required")
      let body = #"{"filter":"mine","why":"Wrong data.","id":"night-1"}"#
      let first = try await round(scene, body)
      #expect(first.status == 202 && first.body["count"]?.int == 3, "\(first.body)")
      #expect(ids(first.body["receipts"], "task") == [stubborn] + held.reversed())
      let names = ids(first.body["receipts"])
      #expect(Set(names).count == 3 && names.allSatisfy { $0.hasPrefix("night-1.") })
      for id in held { try await scene.wait(id, for: "canceled") }
      let commands = try await scene.journaled(.command, held[0])
      #expect(commands.last?["why"]?.string == "Wrong data." && commands.last?["by"]?.string == "oscar")
      let isRefused = try await eventually { try await scene.journaled(.verdict, stubborn).count == 1 }
      #expect(isRefused)

      let again = try await round(scene, body)
      #expect(ids(again.body["tasks"]) == [stubborn], "\(again.body)")
      let receipt = again.body["receipts"]?[0]
      #expect(receipt?["repeated"]?.bool == true && receipt?["verdict"]?["verdict"]?.string == "refused")
      #expect(receipt?["id"] == first.body["receipts"]?[0]?["id"])
      #expect(try await scene.journaled(.command, stubborn).count == 2)
      // The same word for something else is refused, task by task.
      let other = try await round(scene, #"{"filter":"mine","id":"night-1"}"#)
      #expect(ids(other.body["refused"], "code") == ["command-id-taken"], "\(other.body)")
      #expect(ids(other.body["refused"], "task") == [stubborn] && other.body["receipts"]?.count == 0)
      let records = try await scene.audited()
      #expect(records.count == 3)
      #expect(records.allSatisfy { $0["route"]?.string == "POST /api/tasks:cancel" })
    }
  }

  @Test func `those who wait in line are stopped too, a thousand at a time`() async throws {
    try await WorkScene.run {
      $0.work.agents[0].running = 1
      $0.identity.rates.commandsPerPrincipal = 3
    } _: { scene async throws in
      let runs = try #require(await scene.gateway.gateway.work).runs
      let first = try await scene.holding()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<1003 {
          group.addTask {
            var random = SystemRandomNumberGenerator()
            _ = try await runs.submit(
              WorkOrder(
                message: Message(id: "m", role: .user, text: "hold"), trace: TraceContext.generate(using: &random)),
              by: Asker.probe("oscar"))
          }
        }
        try await group.waitForAll()
      }
      let dry = try await round(scene, #"{"filter":"all","dryRun":true}"#, as: .operator)
      #expect(dry.body["count"]?.int == 1000 && dry.body["more"]?.bool == true)
      let most = try await round(scene, #"{"filter":"all"}"#, as: .operator)
      #expect(most.status == 202 && most.body["count"]?.int == 1000 && most.body["more"]?.bool == true)
      let verdicts = most.body["receipts"]?.elements.compactMap { $0["verdict"]?["verdict"]?.string } ?? []
      #expect(verdicts.count == 1000 && Set(verdicts) == ["stopped"])
      #expect(most.body["refused"] == nil)
      // Newest first: the one that runs is among the last.
      #expect(try await scene.journal.task(first)?.state == "working")
      let rest = try await round(scene, #"{"filter":"all"}"#, as: .operator)
      #expect(rest.body["count"]?.int == 4 && rest.body["more"] == nil)
      try await scene.wait(first, for: "canceled")
    }
  }

  @Test func `a producer's task is in no round`() async throws {
    try await WorkScene.run { scene async throws in
      let opening = TaskOpening(owner: "oscar", tenant: "acme", agent: "import")
      _ = try await scene.journal.append(
        Batch(
          task: "p1", entries: [Entry(.event, origin: "gateway", payload: Array("{}".utf8))], opening: opening,
          change: TaskChange(state: "working")))
      let found = try await round(scene, #"{"filter":"all"}"#, as: .operator)
      #expect(found.status == 202 && found.body["count"]?.int == 0 && found.body["receipts"]?.count == 0)
    }
  }

  @Test(arguments: [
    ("{}", "400 bad-command"), (#"{"filter":"everything"}"#, "400 bad-command"),
    (#"{"filter":["all"]}"#, "400 bad-body"),
    (#"{"filter":"all","dryRun":"yes"}"#, "400 bad-body"), (#"{"filter":"all","dryrun":true}"#, "400 bad-body"),
    (#"{"filter":"all","id":"a b"}"#, "400 bad-command"), (#"{"filter":"all","why":"a\nb"}"#, "400 bad-command"),
    (#"{"filter":"all","agent":"nobody"}"#, "404 no-such-agent"),
    (#"{"filter":"all","agent":"hidden"}"#, "404 no-such-agent"),
    ("", "415 unsupported-media-type"),
  ])
  func `what is no round is refused, and nothing is stopped`(body: String, expected: String) async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      let answer =
        body.isEmpty
        ? try #require(try await scene.gateway.ask("POST", "/api/tasks:cancel", try AccessColumn.owner.lines()))
        : try await scene.post("/api/tasks:cancel", body)
      #expect("\(answer.status) \(answer.code ?? "-")" == expected, "\(answer.text)")
      #expect(try await scene.post("/api/tasks:cancel?dryRun=true", #"{"filter":"all"}"#).code == "bad-query")
      #expect(try await scene.journal.task(id)?.state == "working")
    }
  }

  @Test func `the name of a task's command follows from the round's and the task's, and is one`() {
    let long = String(repeating: "r", count: 128)
    let names = [("a", "t"), ("a", "u"), ("b", "t"), (long, "t"), (String(long.dropLast()) + "s", "t")].map {
      CancelRound.command(of: $0.0, for: $0.1)
    }
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { CommandWords.isGoodID($0) })
    #expect(CancelRound.command(of: "a", for: "t") == names[0])
  }
}

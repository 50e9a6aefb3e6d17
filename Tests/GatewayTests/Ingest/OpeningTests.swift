import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// `POST /ingest/tasks`.
@Suite struct OpeningTests {
  @Test func `a producer opens a task that is its own, and its first record says so`() async throws {
    let clock = TurnedClock()
    try await IngestScene.run(clock: clock.clock) { scene async throws in
      let answer = try await scene.post("/ingest/tasks", #"{"agent":"import","title":"Caf\u00e9 \ud83d\ude82"}"#)
      #expect(answer.status == 201)
      let id = try #require(try answer.member("id")?.string)
      #expect(answer.fields["location"] == "/api/tasks/\(id)")
      let task = try await scene.task(id)
      #expect(
        task.opening == TaskOpening(owner: "own", tenant: "acme", agent: "import", title: "Caf\u{E9} \u{1F682}"))
      #expect(task.state == "submitted" && !task.isFinal)
      let journal = try await scene.journal
      #expect(try answer.member("cursor")?.string == "\(journal.epoch).\(task.lastOffset)")
      let records = try await scene.records(of: id)
      #expect(records.map(\.kind) == [.event] && records.map(\.origin) == ["gateway"])
      let first = try JSONValue(parsing: records[0].payload)["task"]
      #expect(first?["id"]?.string == id)
      #expect(first?["status"]?["state"]?.string == "TASK_STATE_SUBMITTED")
      #expect(first?["status"]?["timestamp"]?.string?.hasSuffix("Z") == true)
    }
  }

  @Test func `a key opens one task, as a member and as a field, and the answer is the same each time`() async throws {
    try await IngestScene.run { scene async throws in
      let first = try await scene.post("/ingest/tasks", #"{"agent":"import","key":"run 17"}"#)
      #expect(first.status == 201)
      let id = try #require(try first.member("id")?.string)
      _ = try await scene.publish("{}", to: id)
      for again in [
        try await scene.post("/ingest/tasks", #"{"agent":"import","key":"run 17"}"#),
        try await scene.post("/ingest/tasks", #"{"agent":"import"}"#, "Idempotency-Key: run 17"),
        try await scene.post("/ingest/tasks", #"{"agent":"import","key":"run 17"}"#, "Idempotency-Key: run 17"),
      ] {
        #expect(again.status == 200)
        #expect(again.body == first.body)
        #expect(again.fields["location"] == first.fields["location"])
      }
      #expect(try await scene.records(of: id).count == 2)
      let doubled = try await scene.post("/ingest/tasks", #"{"agent":"import","key":"a"}"#, "Idempotency-Key: b")
      #expect(doubled.status == 400 && doubled.code == "bad-task")
      // Another producer's key is another key.
      let others = try await scene.post("/ingest/tasks", #"{"agent":"import","key":"run 17"}"#, as: .stranger)
      #expect(others.status == 201)
    }
  }

  @Test func `a key tells nothing of a task that one may not publish to`() async throws {
    try await IngestScene.run { scene async throws in
      // Both may begin tasks for vera; narrow only at one agent.
      let body = #"{"agent":"export","owner":"vera","tenant":"acme","key":"k"}"#
      let hidden = try await scene.open(body, as: .all)
      let answer = try await scene.post(
        "/ingest/tasks", #"{"agent":"import","owner":"vera","key":"k"}"#, as: .narrow)
      #expect(answer.status == 409 && answer.code == "key-taken")
      #expect(!answer.text.contains(hidden) && answer.fields["location"] == nil)
    }
  }

  @Test func `an id may be chosen, once`() async throws {
    try await IngestScene.run { scene async throws in
      #expect(try await scene.open(#"{"agent":"import","id":"Run.2026-11_21"}"#) == "Run.2026-11_21")
      for producer in [IngestScene.Producer.own, .stranger] {
        let again = try await scene.post("/ingest/tasks", #"{"agent":"import","id":"Run.2026-11_21"}"#, as: producer)
        #expect(again.status == 409 && again.code == "task-exists")
      }
      #expect(try await scene.records(of: "Run.2026-11_21").count == 1)
      #expect(try await scene.task("Run.2026-11_21").opening.owner == "own")
    }
  }

  private static let others = """
    producer | owner    tenant | status owner-then tenant-then
    own      | -        -      | 201    own        acme
    own      | own      acme   | 201    own        acme
    own      | vera     -      | 403
    own      | -        globex | 403
    stranger | own      acme   | 403
    tenant   | vera     -      | 201    vera       acme
    tenant   | vera     globex | 403
    tenant   | -        globex | 403
    all      | -        -      | 201    all        -
    all      | vera     globex | 201    vera       globex
    all      | -        globex | 201    all        globex
    narrow   | vera     -      | 201    vera       acme
    watcher  | -        -      | 201    watcher    acme
    watcher  | vera     -      | 403
    """

  @Test func `a task of somebody else is opened where the policy reaches that far`() async throws {
    try await IngestScene.run { scene async throws in
      for line in Self.others.split(separator: "\n").dropFirst() {
        let cells = line.split(separator: " ").filter { $0 != "|" }.map(String.init)
        let producer = try #require(IngestScene.Producer(rawValue: cells[0]))
        let owner = cells[1] == "-" ? "" : #","owner":"\#(cells[1])""#
        let tenant = cells[2] == "-" ? "" : #","tenant":"\#(cells[2])""#
        let answer = try await scene.post("/ingest/tasks", #"{"agent":"import"\#(owner)\#(tenant)}"#, as: producer)
        #expect("\(answer.status)" == cells[3], "\(line)")
        guard answer.status == 201 else { continue }
        let opening = try await scene.task(try #require(try answer.member("id")?.string)).opening
        #expect(opening.owner == cells[4] && opening.tenant ?? "-" == cells[5], "\(line)")
      }
      #expect(try await scene.post("/ingest/tasks", #"{"agent":"export"}"#, as: .narrow).status == 403)
    }
  }

  @Test func `tasks begun are counted for each principal`() async throws {
    let clock = TurnedClock()
    try await IngestScene.run(clock: clock.clock) {
      $0.identity.rates.submitsPerPrincipal = 3
    } _: { scene async throws in
      var statuses: [Int] = []
      for _ in 0..<5 { statuses.append(try await scene.post("/ingest/tasks", #"{"agent":"import"}"#).status) }
      #expect(statuses == [201, 201, 201, 429, 429])
      let answer = try await scene.post("/ingest/tasks", #"{"agent":"import"}"#)
      #expect(answer.fields["retry-after"] == "20")
      #expect(answer.text.contains("tasks begun"))
      // What is not begun is not counted, and neither is what others begin.
      #expect(try await scene.post("/ingest/tasks", #"{"agent":"import"}"#, as: .stranger).status == 201)
      clock.turn(seconds: 20)
      #expect(try await scene.post("/ingest/tasks", #"{"agent":"import","owner":"vera"}"#).status == 403)
      #expect(try await scene.post("/ingest/tasks", #"{"agent":"import"}"#).status == 201)
    }
  }
}

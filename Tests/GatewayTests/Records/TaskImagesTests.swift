import A2A
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

struct TaskImagesTests {
  @Test(arguments: [0, 1, 2, 3, 7, 8, 12])
  func `wherever an image was kept, what is shown is all that had happened`(kept: Int) async throws {
    try await RecordStand.run { stand async throws in
      let all = History.entries
      var whole = History.empty
      for (index, entry) in all.enumerated() {
        try await stand.append(History.batch(index, entry, keepingAt: kept))
        // Between those of another task, so that offsets are no numbers.
        if index == 0 { try await stand.open("other") } else { try await stand.say("other") }
        whole.take(entry.kind, entry.payload, seq: Int64(index + 1))
        guard index >= max(kept - 1, 0) else { continue }
        let task = try #require(try await stand.journal.task("t1"))
        #expect(try await TaskImages(journal: stand.journal).current(of: task) == whole, "\(index)")
      }
    }
  }

  @Test func `what happens after the task was read is not in its image`() async throws {
    try await RecordStand.run { stand async throws in
      var seen: [(task: StoredTask, image: TaskImage)] = []
      var whole = History.empty
      for (index, entry) in History.entries.enumerated() {
        try await stand.append(History.batch(index, entry, keepingAt: 1))
        whole.take(entry.kind, entry.payload, seq: Int64(index + 1))
        seen.append((try #require(try await stand.journal.task("t1")), whole))
      }
      for (task, image) in seen {
        #expect(try await TaskImages(journal: stand.journal).current(of: task) == image, "\(task.lastSeq)")
      }
    }
  }

  @Test func `an image is brought up to date over more than one page`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.append(History.batch(0, History.entries[0], keepingAt: 1))
      let many = (0..<700).map { _ in Entry(.note, origin: "gateway", payload: Array(#"{"note":"x"}"#.utf8)) }
      try await stand.append(Batch(task: "t1", entries: many))
      try await stand.append(Batch(task: "t1", entries: [History.status(.inputRequired, "Which one?")]))
      let task = try #require(try await stand.journal.task("t1"))
      let image = try #require(try await TaskImages(journal: stand.journal).current(of: task))
      #expect(image.seq == 702)
      #expect(image.task.status.state == .inputRequired)
    }
  }

  @Test func `a task of a producer has no image, and one that was removed meanwhile the one that was kept`()
    async throws
  {
    try await RecordStand.run { stand async throws in
      try await stand.open("produced")
      let produced = try #require(try await stand.journal.task("produced"))
      #expect(try await TaskImages(journal: stand.journal).current(of: produced) == nil)
      try await stand.append(History.batch(0, History.entries[0], keepingAt: 1))
      for (index, entry) in History.entries.enumerated().dropFirst() {
        try await stand.append(History.batch(index, entry, keepingAt: 1))
      }
      let task = try #require(try await stand.journal.task("t1"))
      #expect(try await stand.journal.trim(Retention(tasks: 0), now: 0).tasks == 1)
      #expect(try await TaskImages(journal: stand.journal).current(of: task)?.seq == 1)
    }
  }

  /// What one may do is told where it was asked for, and not in streams.
  private static func withoutRights(_ task: JSONValue) -> [String] {
    task.members.filter { !["may", "pausable"].contains($0.key) }.map { "\($0.key): \($0.value)" }
  }

  @Test func `a task alone and a stream that begins anew tell all of it, and a list does not`() async throws {
    try await RecordStand.run { stand async throws in
      for (index, entry) in History.entries.dropLast().enumerated() {
        try await stand.append(History.batch(index, entry, keepingAt: 1))
      }
      let token = try TestTokens.token(for: "oscar")
      func ask(_ path: String) async throws -> JSONValue {
        let answer = try #require(try await stand.gateway.ask("GET", path, ["Authorization: Bearer \(token)"]))
        return try JSONValue(parsing: answer.body)
      }
      let alone = try await ask("/api/tasks/t1")
      #expect(alone["snapshot"]?["seq"]?.int == alone["lastSeq"]?.int)
      #expect(alone["snapshot"]?["task"]?["artifacts"]?[0]?["parts"]?.count == 2)
      #expect(try await ask("/api/tasks")["tasks"]?[0]?["snapshot"] == nil)
      for cursor in ["latest", "elsewhere.4"] {
        let named = try await stand.watch("/t1?after=\(cursor)")
        #expect(await named.read { $0.resumes.count == 1 && !$0.seqs.isEmpty })
        let state = named.data("snapshot") ?? named.data("reset")
        #expect(state?["tasks"]?[0].map(Self.withoutRights) == Self.withoutRights(alone), "\(cursor)")
      }
      let every = try await stand.watch("?all&after=elsewhere.4")
      #expect(await every.read { !$0.seqs.isEmpty })
      #expect(every.data("reset")?["tasks"]?[0]?["id"]?.string == "t1")
      #expect(every.data("reset")?["tasks"]?[0]?["snapshot"] == nil)
    }
  }
}

/// What happens to a task, from its first record to one behind its end.
private enum History {
  static let empty = TaskImage(task: AgentTask(id: "t1", contextID: "c1", status: TaskStatus(.submitted)))

  static let entries: [Entry] = [
    RunRecords.said("submit", Message(id: "m1", role: .user, text: "Go", contextID: "c1", taskID: "t1"), by: "oscar"),
    RunRecords.event(.task(empty.task), origin: "gateway"),
    status(.working, "Loading"),
    artifact("a1", "one", append: false),
    RunRecords.note("agent-lost"),
    artifact("a1", "two", append: true),
    status(.inputRequired, "Which one?"),
    RunRecords.said("send", Message(id: "m2", role: .user, text: "That", contextID: "c1", taskID: "t1"), by: "otto"),
    status(.working, "Thank you"),
    artifact("a2", "three", append: false),
    status(.completed, "Done"),
    Entry(.late, origin: "checker", payload: status(.failed, "Too late").payload),
  ]

  static func status(_ state: TaskState, _ text: String) -> Entry {
    let said = Message(id: "\(state)-\(text)", role: .agent, text: text, contextID: "c1", taskID: "t1")
    return RunRecords.event(
      .status(.init(taskID: "t1", contextID: "c1", status: TaskStatus(state, message: said))), origin: "checker")
  }

  private static func artifact(_ id: String, _ text: String, append: Bool) -> Entry {
    RunRecords.event(
      .artifact(
        .init(
          taskID: "t1", contextID: "c1", artifact: Artifact(id: id, parts: [.text(text)]), append: append,
          lastChunk: false)), origin: "checker")
  }

  /// The batch that stores one of them. The image is kept once: with the so-manyth of them, or, before all of them, with the first.
  static func batch(_ index: Int, _ entry: Entry, keepingAt kept: Int) -> Batch {
    var change: TaskChange?
    if index == max(kept - 1, 0) {
      var image = empty
      for (number, entry) in entries.prefix(kept).enumerated() {
        image.take(entry.kind, entry.payload, seq: Int64(number + 1))
      }
      change = TaskChange(state: "working", snapshot: image.encoded)
    } else if index == entries.count - 2 {
      change = TaskChange(state: "completed", isFinal: true)
    }
    let opening = TaskOpening(owner: "oscar", tenant: "acme", agent: "checker", title: "The task", context: "c1")
    return Batch(task: "t1", entries: [entry], opening: index == 0 ? opening : nil, change: change)
  }
}

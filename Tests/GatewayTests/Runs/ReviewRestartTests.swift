import HTTP
import Identity
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Reviews are in the journal, and nowhere else.
@Suite struct ReviewRestartTests {
  private static func review(_ id: String, by name: String, _ opinion: TaskReview.Opinion) -> RunCommand {
    RunCommand(id: id, by: name, act: .review(TaskReview(opinion: opinion, why: "Because.")))
  }

  /// A task whose agent has completed it.
  private func completed(_ stand: RunStand) async throws -> String {
    let id = try await stand.submit().task
    let run = try await stand.made.run(of: id)
    _ = try await stand.journal.append(
      Batch(
        task: id, entries: [Entry(.event, origin: "checker", payload: Array("{}".utf8))],
        change: TaskChange(state: "completed", isFinal: true)))
    try await run.finish()
    return id
  }

  private func late(_ id: String) -> Batch {
    Batch(task: id, entries: [Entry(.late, origin: "checker", payload: Array("{}".utf8))])
  }

  private func given(_ stand: RunStand, _ id: String) async throws -> [String] {
    try await TaskReviews.of(try await stand.task(id), in: stand.journal).given.map {
      "\($0.seq) \($0.by) \($0.review.opinion)"
    }
  }

  @Test func `after a restart they are all there, and a review that comes again is the same one`() async throws {
    let folder = try TemporaryFolder()
    let (id, receipt) = try await RunStand.run(folder) { stand in
      let id = try await completed(stand)
      let receipt = try await stand.runs.take(Self.review("r", by: "kim", .accept), on: try await stand.task(id))
      _ = try await stand.journal.append(late(id))
      _ = try await stand.runs.take(Self.review("r", by: "lee", .disagree), on: try await stand.task(id))
      return (id, receipt)
    }
    try await RunStand.run(folder) { stand in
      #expect(try await given(stand, id) == ["\(receipt.seq) kim accept", "\(receipt.seq + 2) lee disagree"])
      let again = try await stand.runs.take(Self.review("r", by: "kim", .accept), on: try await stand.task(id))
      #expect(again.isRepeated && again.seq == receipt.seq)
      _ = try await stand.runs.take(Self.review("r2", by: "kim", .disagree), on: try await stand.task(id))
      #expect(try await given(stand, id) == ["\(receipt.seq + 2) lee disagree", "\(receipt.seq + 3) kim disagree"])
    }
  }

  @Test func `a review has the number under which it is stored, also when somebody else has written meanwhile`()
    async throws
  {
    try await RunStand.run(try TemporaryFolder()) { stand in
      let id = try await completed(stand)
      let before = try await stand.task(id)
      _ = try await stand.journal.append(late(id))
      let receipt = try await stand.runs.take(Self.review("r", by: "kim", .accept), on: before)
      #expect(receipt.seq == before.lastSeq + 2)
      let again = try await stand.runs.take(Self.review("r", by: "kim", .accept), on: before)
      #expect(again.isRepeated && again.seq == receipt.seq)
      #expect(try await given(stand, id) == ["\(receipt.seq) kim accept"])
      // Of what a task was when it was read, nothing later is told.
      #expect(try await TaskReviews.of(before, in: stand.journal).given.isEmpty)
    }
  }

  @Test func `a task takes as many as it takes commands, and says so then`() async throws {
    try await RunStand.run(try TemporaryFolder()) { stand in
      let id = try await completed(stand)
      let memos = (1...RunCommands.limit).map { number in
        Self.review("r\(number)", by: "lee", .accept).memory(seq: 1, since: 0).memo
      }
      _ = try await stand.journal.remember(memos, of: id)
      let task = try await stand.task(id)
      let refusal = await #expect(throws: Refusal.self) {
        _ = try await stand.runs.take(Self.review("r", by: "kim", .accept), on: task)
      }
      #expect(refusal?.code == "too-many-commands")
    }
  }
}

import Journal
import Testing

@testable import Gateway

/// How a stream begins, for everything that may be asked for.
@Suite struct StreamOpeningTests {
  private static func task(_ lastOffset: Int64, final: Bool) -> StoredTask {
    StoredTask(
      id: "t", opening: TaskOpening(owner: "o", tenant: nil, agent: "a"), state: "s", isFinal: final, opened: 0,
      updated: 0, firstOffset: 1, lastOffset: lastOffset, lastSeq: 1, snapshot: nil)
  }

  private static func after(_ offset: Int64, _ epoch: String = "e") -> StreamStart {
    .after(Cursor(epoch: epoch, offset: offset))
  }

  private func check(_ start: StreamStart, _ tasks: [StoredTask]?, _ expected: StreamOpening) {
    let bounds = Bounds(tail: 50, trimmed: 20)
    #expect(StreamOpening(start, of: tasks, epoch: "e", bounds: bounds) == expected, "\(start)")
  }

  @Test func `of tasks that run, everything that is kept can be had`() {
    let tasks = [Self.task(40, final: false), Self.task(50, final: true)]
    check(.unsaid, tasks, .continued(after: 0))
    check(.earliest, tasks, .continued(after: 0))
    check(.latest, tasks, .snapshot)
    check(Self.after(0), tasks, .continued(after: 0))
    check(Self.after(10), tasks, .continued(after: 10))
    check(Self.after(50), tasks, .continued(after: 50))
    check(Self.after(51), tasks, .reset(Cursor(epoch: "e", offset: 51)))
    check(Self.after(10, "f"), tasks, .reset(Cursor(epoch: "f", offset: 10)))
  }

  @Test func `of tasks that have ended, whoever has all is done`() {
    let tasks = [Self.task(30, final: true), Self.task(40, final: true)]
    check(.unsaid, tasks, .continued(after: 0))
    check(.latest, tasks, .snapshot)
    check(Self.after(39), tasks, .continued(after: 39))
    check(Self.after(40), tasks, .finished)
    check(Self.after(50), tasks, .finished)
    check(Self.after(51), tasks, .reset(Cursor(epoch: "e", offset: 51)))
    check(Self.after(40, "f"), tasks, .reset(Cursor(epoch: "f", offset: 40)))
  }

  @Test func `of all tasks, what is gone is said to be gone`() {
    check(.unsaid, nil, .snapshot)
    check(.latest, nil, .snapshot)
    check(.earliest, nil, .continued(after: 20))
    check(Self.after(20), nil, .continued(after: 20))
    check(Self.after(19), nil, .reset(Cursor(epoch: "e", offset: 19)))
    check(Self.after(50), nil, .continued(after: 50))
    check(Self.after(51), nil, .reset(Cursor(epoch: "e", offset: 51)))
  }
}

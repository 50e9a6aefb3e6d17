import Journal
import TestSupport
import Testing

@testable import Gateway

/// One who watches, in orders of what happens that no clock brings about.
@Suite(.timeLimit(.minutes(10))) struct WatcherTests {
  private static func run(_ offset: Int64, size: Int = 2, final: Bool = false) -> LiveRun {
    let record = Record(
      offset: offset, task: "t", seq: offset, time: 0, kind: .event, origin: "",
      payload: [UInt8](repeating: 0x20, count: size))
    let opening = TaskOpening(owner: "", tenant: nil, agent: "")
    return LiveRun([
      LiveBatch(Committed(task: "t", opening: opening, isFinal: final, records: [record]), epoch: "e")
    ])
  }

  private static func watcher(_ shelf: Shelf) -> Watcher {
    Watcher(id: 1, outlet: .shelf(shelf), scope: .tasks(["t"]))
  }

  @Test func `an end that arrives between the look at the task and what is made of it is an end`() async {
    let watcher = Self.watcher(Shelf())
    var sent = Sent()
    // The look has found that it runs; then its end was stored, and told.
    watcher.arrive(Self.run(5, final: true), &sent)
    watcher.begin(after: 4, running: ["t"])
    watcher.beginPage()
    #expect(watcher.endPage(through: 5, isComplete: true, &sent))
    #expect(await !watcher.untilCalled())
  }

  @Test func `what was lost while history was read is a reason to look again`() async {
    let watcher = Self.watcher(Shelf())
    var sent = Sent()
    watcher.begin(after: 0, running: ["t"])
    watcher.beginPage()
    watcher.fallBehind()
    #expect(!watcher.endPage(through: 3, isComplete: true, &sent))
    watcher.beginPage()
    #expect(watcher.endPage(through: 3, isComplete: true, &sent))
    #expect(await watcher.untilBehind())
    watcher.end()
    #expect(await !watcher.untilBehind())
  }

  @Test func `what does not fit on the shelf is read in the journal, from the first that did not`() async throws {
    let shelf = Shelf()
    let watcher = Self.watcher(shelf)
    var sent = Sent()
    watcher.begin(after: 0, running: ["t"])
    watcher.beginPage()
    #expect(watcher.endPage(through: 0, isComplete: true, &sent))
    let size = Shelf.limit / 3
    for offset in 1...5 as ClosedRange<Int64> {
      watcher.arrive(Self.run(offset, size: size, final: offset == 5), &sent)
    }
    #expect(shelf.take()?.map(\.offset) == [1, 2])
    #expect(shelf.take() == nil)
    #expect(watcher.hasFallen)
    #expect(watcher.position == 2)
    watcher.beginPage()
    #expect(watcher.endPage(through: 5, isComplete: true, &sent))
    // The call of the first two is still to be answered; then it is over.
    #expect(await watcher.untilCalled())
    #expect(await !watcher.untilCalled())
  }

  @Test func `what arrived during a page and does not fit behind it is read in the journal`() {
    let shelf = Shelf()
    let watcher = Self.watcher(shelf)
    var sent = Sent()
    watcher.begin(after: 0, running: ["t"])
    watcher.beginPage()
    #expect(watcher.endPage(through: 0, isComplete: true, &sent))
    watcher.arrive(Self.run(1, size: Shelf.limit - 1000), &sent)
    watcher.fallBehind()
    watcher.beginPage()
    for offset in 2...5 as ClosedRange<Int64> { watcher.arrive(Self.run(offset, size: 300), &sent) }
    #expect(!watcher.endPage(through: 1, isComplete: true, &sent))
    #expect(shelf.take()?.map(\.offset) == [1, 2])
    #expect(watcher.position == 2)
  }
}

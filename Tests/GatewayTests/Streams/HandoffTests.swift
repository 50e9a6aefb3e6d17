import Journal
import TestSupport
import Testing

@testable import Gateway

/// From history to what happens now, in every order in which the two may meet.
@Suite struct HandoffTests {
  /// A journal, a mailbox and one stream, without any of their machinery.
  private struct World {
    var random: SeededRandom
    var handoff: Handoff
    var commits: [LiveBatch] = []
    /// Commits of which the stream has been told.
    var told = 0
    var sent: [Int64] = []
    var wasLive = 0

    init(seed: UInt64, after offset: Int64) {
      random = SeededRandom(seed: seed)
      handoff = Handoff(after: offset)
    }

    mutating func commit() {
      let first = (commits.last?.last ?? 0) + 1
      let records = (first...(first + Int64.random(in: 0..<4, using: &random))).map { offset in
        Record(
          offset: offset, task: "t", seq: offset, time: 0, kind: .event, origin: "", payload: Array("{}".utf8))
      }
      let opening = TaskOpening(owner: "", tenant: nil, agent: "")
      commits.append(
        LiveBatch(Committed(task: "t", opening: opening, isFinal: false, records: records), epoch: "e"))
    }

    /// Some of what is committed arrives; or is lost, and that is known.
    mutating func tell() {
      guard told < commits.count else { return }
      let count = Int.random(in: 1...(commits.count - told), using: &random)
      let run = LiveRun(Array(commits[told..<(told + count)]))
      told += count
      if Int.random(in: 0..<20, using: &random) == 0 { return handoff.fallBehind() }
      if let due = handoff.arrive(run) { send(due) }
    }

    private mutating func send(_ run: LiveRun) {
      sent += run.batches.flatMap { $0.records.map(\.offset) }
    }

    mutating func step() {
      switch Int.random(in: 0..<3, using: &random) {
      case 0: commit()
      default: tell()
      }
    }

    /// One page, with anything happening before it is read, before it is sent, and before it is over.
    mutating func page() {
      let position = handoff.position
      handoff.beginPage()
      for _ in 0..<Int.random(in: 0..<4, using: &random) { step() }
      let all = commits.flatMap(\.records).map(\.offset).filter { $0 > position }
      let limit = Int.random(in: 1..<12, using: &random)
      let page = Array(all.prefix(limit))
      let isComplete = page.count == all.count
      for _ in 0..<Int.random(in: 0..<4, using: &random) { step() }
      sent += page
      let through = isComplete ? max(position, commits.last?.last ?? 0, page.last ?? 0) : page.last ?? position
      // A page ends where it was read, not where the journal is by now.
      let end = isComplete ? (all.last ?? position) : through
      for run in handoff.endPage(through: end, isComplete: isComplete) ?? [] { send(run) }
    }
  }

  @Test func `whatever meets whatever, each record is sent once and in order`() {
    var wentLive = 0
    for seed in 0..<2000 as Range<UInt64> {
      let start = Int64(seed % 7)
      var world = World(seed: seed, after: start)
      for _ in 0..<Int(start) + 3 { world.commit() }
      world.told = Int.random(in: 0...world.commits.count, using: &world.random)
      for _ in 0..<40 {
        if world.handoff.isLive { world.step() } else { world.page() }
        if world.handoff.isLive { wentLive += 1 }
      }
      // It comes to rest.
      while world.told < world.commits.count || !world.handoff.isLive {
        world.handoff.isLive ? world.tell() : world.page()
      }
      let due = Array((start + 1)...(world.commits.last?.last ?? 0))
      let isWhole = world.sent == due
      #expect(isWhole, "seed \(seed): \(world.sent.prefix(60))")
    }
    #expect(wentLive > 2000)
  }

  @Test func `what arrives during a page is kept only as far as it costs little`() {
    var handoff = Handoff(after: 0)
    func batch(_ offset: Int64, _ size: Int) -> LiveRun {
      let record = Record(
        offset: offset, task: "t", seq: offset, time: 0, kind: .event, origin: "",
        payload: [UInt8](repeating: 0x20, count: size))
      let opening = TaskOpening(owner: "", tenant: nil, agent: "")
      return LiveRun([
        LiveBatch(Committed(task: "t", opening: opening, isFinal: false, records: [record]), epoch: "e")
      ])
    }
    handoff.beginPage()
    var sent = [handoff.arrive(batch(1, 100))?.first]
    var due = handoff.endPage(through: 0, isComplete: true)?.map(\.first)
    #expect(due == [1])
    #expect(handoff.isLive)
    handoff.move(to: 1)
    handoff.beginPage()
    sent.append(handoff.arrive(batch(2, Handoff.keepsBytes))?.first)
    sent.append(handoff.arrive(batch(3, 1))?.first)
    due = handoff.endPage(through: 1, isComplete: true)?.map(\.first)
    #expect(due == nil)
    #expect(!handoff.isLive)
    handoff.beginPage()
    due = handoff.endPage(through: 3, isComplete: true)?.map(\.first)
    #expect(due == [])
    #expect(handoff.position == 3)
    handoff.end()
    sent.append(handoff.arrive(batch(4, 1))?.first)
    #expect(sent == [nil, nil, nil, nil])
  }
}

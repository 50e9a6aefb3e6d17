import Journal
import TestSupport
import Testing

@testable import Gateway

/// The argument of `StreamPage`, tried out: gateways that die, are late, and do not know that they have lost the lease, in any order of
/// small steps, on a stream and a journal that are values.
@Suite struct StreamSimulationTests {
  private struct World {
    var entries: [StreamEntry]
    // The server.
    var holder: Int?
    var delivered = 0
    var pending: Set<Int> = []
    var refused: [String] = []
    // The journal.
    var tasks: [String: [String]] = [:]
    var counts: [String: (epoch: Int64, through: Int64)] = [:]

    /// What the engines do with a stamp.
    mutating func append(_ step: StreamPage.Step) -> String? {
      guard let first = step.events.first?.event.stamp else { return "nothing" }
      let key = "\(step.task) \(first.producer)"
      let known = counts[key] ?? (first.epoch, 0)
      if first.epoch < known.epoch { return "fenced" }
      let due = first.epoch > known.epoch ? 1 : known.through + 1
      if first.seq > due { return "gap" }
      let last = first.seq + Int64(step.events.count) - 1
      if first.seq < due {
        if due - 1 >= last { return nil }
        return step.events.count == 1 ? nil : "partly"
      }
      tasks[step.task, default: []] += step.events.map { "\($0.event.stamp.epoch).\($0.event.stamp.seq)" }
      counts[key] = (first.epoch, last)
      return nil
    }
  }

  private struct Reader {
    let number: Int
    /// What is to be done with the page at hand, and what came of it.
    var segments: [StreamPage.Segment] = []
    var chain = 0
    var step = 0
    var outcomes: [(id: String, why: String?)] = []
    var place: Int? = 0
    var thinksItHolds = false

    mutating func forget() {
      (segments, chain, step, outcomes, place, thinksItHolds) = ([], 0, 0, [], 0, false)
    }

    /// One small step.
    mutating func advance(_ world: inout World) {
      guard thinksItHolds else {
        guard world.holder == nil else { return }
        world.holder = number
        forget()
        thinksItHolds = true
        return
      }
      guard let segment = segments.first else { return fetch(&world) }
      if chain < segment.chains.count {
        write(segment.chains[chain][step], &world)
        step += 1
        if step == segment.chains[chain].count { (chain, step) = (chain + 1, 0) }
        return
      }
      settle(&world)
    }

    private mutating func fetch(_ world: inout World) {
      guard world.holder == number else { return forget() }
      var given: [Int]
      if let from = place {
        given = Array(world.pending.filter { $0 >= from }.sorted().prefix(7))
        place = given.last.map { $0 + 1 }
      } else {
        let end = min(world.delivered + 7, world.entries.count)
        given = Array(world.delivered..<end)
        world.delivered = end
        world.pending.formUnion(given)
      }
      segments = StreamPage(given.map { world.entries[$0] }).segments
      (chain, step, outcomes) = (0, 0, [])
    }

    private mutating func write(_ step: StreamPage.Step, _ world: inout World) {
      let why = world.append(step)
      guard why != nil, step.events.count > 1 else { return outcomes += step.ids.map { ($0, why) } }
      for event in step.events {
        var one = step
        one.events = [event]
        outcomes.append((event.id, world.append(one)))
      }
    }

    private mutating func settle(_ world: inout World) {
      guard world.holder == number else { return forget() }
      for outcome in outcomes {
        guard let index = Int(outcome.id), world.pending.remove(index) != nil else { continue }
        if let why = outcome.why { world.refused.append("\(outcome.id) \(why)") }
      }
      segments.removeFirst()
      (chain, step, outcomes) = (0, 0, [])
    }
  }

  /// What producers say: of each of some tasks, epochs of events, some of them said twice.
  private static func entries(_ random: inout SeededRandom) -> (entries: [StreamEntry], tasks: [String: [String]]) {
    var said: [(task: String, epoch: Int, seq: Int)] = []
    var expected: [String: [String]] = [:]
    var next = ["a": (epoch: 1, seq: 1), "b": (1, 1), "c": (1, 1)]
    for _ in 0..<60 {
      let task = ["a", "b", "c"].randomElement(using: &random) ?? "a"
      var (epoch, seq) = next[task] ?? (1, 1)
      if seq > 1, Int.random(in: 0..<6, using: &random) == 0 { (epoch, seq) = (epoch + 1, 1) }
      said.append((task, epoch, seq))
      expected[task, default: []].append("\(epoch).\(seq)")
      next[task] = (epoch, seq + 1)
      // Again, because the producer has heard no answer.
      if Int.random(in: 0..<4, using: &random) == 0 { said.append((task, epoch, seq)) }
    }
    let entries = said.enumerated().map { index, one in
      StreamPageTests.event("\(index)", of: one.task, epoch: one.epoch, one.seq)
    }
    return (entries, expected)
  }

  @Test(arguments: 0..<40)
  func `whoever dies or is late, each event is there once and in order, and none is refused`(_ block: Int) {
    for seed in block * 25..<(block + 1) * 25 {
      var random = SeededRandom(seed: UInt64(seed))
      let (entries, expected) = Self.entries(&random)
      var world = World(entries: entries)
      var readers = (1...3).map { Reader(number: $0) }
      var steps = 0
      while world.delivered < entries.count || !world.pending.isEmpty {
        steps += 1
        guard steps < 100_000 else {
          Issue.record("It does not come to an end: seed \(seed).")
          break
        }
        let index = Int.random(in: 0..<readers.count, using: &random)
        switch Int.random(in: 0..<40, using: &random) {
        case 0:
          // It dies, and its lease runs out.
          if world.holder == readers[index].number { world.holder = nil }
          readers[index].forget()
        case 1:
          // Its lease runs out, and it does not know.
          world.holder = nil
        default: readers[index].advance(&world)
        }
      }
      #expect(world.tasks == expected, "seed \(seed)")
      #expect(world.refused.isEmpty, "seed \(seed): \(world.refused)")
    }
  }
}

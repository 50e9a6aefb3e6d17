import Journal
import TestSupport
import Testing

@testable import Gateway

/// Who gets a place at an agent, and who waits for it.
@Suite struct AdmissionQueueTests {
  private typealias Ticket = AdmissionQueue.Ticket

  private static func queue(running: Int = 1000, perPrincipal: Int = 1000, waiting: Int = 1000) -> AdmissionQueue {
    var limits = WorkLimits()
    (limits.running, limits.perPrincipal, limits.waiting) = (running, perPrincipal, waiting)
    return AdmissionQueue(limits)
  }

  private static func ticket(_ task: String, _ agent: String = "a", _ owner: String = "kim") -> Ticket {
    Ticket(task: task, agent: agent, owner: owner)
  }

  @Test func `each of the three bounds makes tasks wait, and a place that comes free is given on`() {
    for bound in ["agent", "principal", "all"] {
      var queue = Self.queue(
        running: bound == "all" ? 2 : 1000, perPrincipal: bound == "principal" ? 2 : 1000)
      _ = queue.setPlaces(bound == "agent" ? 2 : 1000, of: "a")
      let answers = ["1", "2", "3", "4"].map { queue.enter(Self.ticket($0)) }
      #expect(answers == [.runs, .runs, .waits, .waits], "\(bound)")
      #expect(queue.placesInLine() == ["3": 0, "4": 1], "\(bound)")
      #expect(queue.leave("2") == [Self.ticket("3")], "\(bound)")
      #expect(queue.leave("4").isEmpty, "\(bound)")
      #expect((queue.runningCount, queue.waitingCount) == (2, 0), "\(bound)")
    }
  }

  @Test func `one who has many waiting does not hold up one who has a single task`() {
    var queue = Self.queue()
    _ = queue.setPlaces(1, of: "a")
    for number in 1...5 { _ = queue.enter(Self.ticket("kim-\(number)")) }
    _ = queue.enter(Self.ticket("lee-1", "a", "lee"))
    #expect(queue.placesInLine() == ["lee-1": 0, "kim-2": 1, "kim-3": 2, "kim-4": 3, "kim-5": 4])
    #expect(queue.leave("kim-1") == [Self.ticket("lee-1", "a", "lee")])
    #expect(queue.leave("lee-1") == [Self.ticket("kim-2")])
  }

  @Test func `a task without a place lets those pass who are for another agent or another's`() {
    var queue = Self.queue(perPrincipal: 2)
    _ = queue.setPlaces(1, of: "a")
    _ = queue.setPlaces(9, of: "b")
    #expect(queue.enter(Self.ticket("1", "a")) == .runs)
    #expect(queue.enter(Self.ticket("2", "a")) == .waits)
    #expect(queue.enter(Self.ticket("3", "b")) == .runs)
    // Kim has two; Lee has none.
    #expect(queue.enter(Self.ticket("4", "b")) == .waits)
    #expect(queue.enter(Self.ticket("5", "b", "lee")) == .runs)
    // Of Kim's own, two come before; nobody else's holds it up.
    #expect(queue.enter(Self.ticket("6", "b")) == .waits)
    #expect(queue.placesInLine() == ["2": 0, "4": 1, "6": 2])
    #expect(queue.leave("1") == [Self.ticket("2", "a")])
  }

  @Test func `the line is bounded, but not for those who were in it before a restart`() {
    var queue = Self.queue(running: 1, waiting: 1)
    let answers = ["1", "2", "3"].map { queue.enter(Self.ticket($0)) }
    #expect(answers == [.runs, .waits, .full])
    #expect(queue.enterAgain(Self.ticket("4")) == .waits)
    queue.keep(Self.ticket("5"))
    #expect((queue.runningCount, queue.waitingCount) == (2, 2))
    // There is one too many, so the first to end leaves no place.
    #expect(queue.leave("1").isEmpty)
    #expect(queue.leave("5") == [Self.ticket("2")])
  }

  @Test func `an agent that gets more places has its line move up`() {
    var queue = Self.queue()
    _ = queue.setPlaces(1, of: "a")
    for number in 1...4 { _ = queue.enter(Self.ticket("\(number)")) }
    #expect(queue.setPlaces(3, of: "a").map(\.task) == ["2", "3"])
    #expect(queue.waitingAtAgent == ["a": 1])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `whatever comes and goes, no bound is passed, no place stays free, and nobody is forgotten`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var queue = Self.queue(running: 7, perPrincipal: 3, waiting: 30)
    let places = ["a": 1, "b": 3, "c": 100]
    for (agent, count) in places { _ = queue.setPlaces(count, of: agent) }
    var (running, waiting): ([String: Ticket], [String: Ticket]) = ([:], [:])
    func hasRoom(_ ticket: Ticket) -> Bool {
      running.count < 7 && running.values.count { $0.agent == ticket.agent } < places[ticket.agent, default: 0]
        && running.values.count { $0.owner == ticket.owner } < 3
    }
    for step in 0..<600 {
      let known = (Array(running.keys) + Array(waiting.keys)).sorted()
      if known.isEmpty || Int.random(in: 0..<5, using: &random) < 3 {
        let ticket = Self.ticket(
          "\(step)", ["a", "b", "c"].randomElement(using: &random) ?? "a",
          ["kim", "lee", "mo", "pat"].randomElement(using: &random) ?? "kim")
        switch queue.enter(ticket) {
        case .runs:
          #expect(hasRoom(ticket), "\(seed), \(step)")
          running[ticket.task] = ticket
        case .waits: waiting[ticket.task] = ticket
        case .full: #expect(waiting.count == 30, "\(seed), \(step)")
        }
      } else {
        let gone = known.randomElement(using: &random) ?? ""
        (running[gone], waiting[gone]) = (nil, nil)
        for ticket in queue.leave(gone) {
          #expect(waiting.removeValue(forKey: ticket.task) == ticket, "\(seed), \(step)")
          #expect(hasRoom(ticket), "\(seed), \(step)")
          running[ticket.task] = ticket
        }
      }
      #expect(!waiting.values.contains(where: hasRoom), "\(seed), \(step)")
      #expect(queue.runningCount == running.count && queue.waitingCount == waiting.count, "\(seed), \(step)")
      let line = queue.placesInLine()
      #expect(Set(line.keys) == Set(waiting.keys), "\(seed), \(step)")
      #expect(line.values.allSatisfy { (0..<max(1, waiting.count)).contains($0) }, "\(seed), \(step)")
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `the place that is told is the place in which tasks begin, when nobody else comes`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var queue = Self.queue()
    _ = queue.setPlaces(1, of: "a")
    for number in 0..<40 {
      let owner = ["kim", "kim", "lee", "mo"].randomElement(using: &random) ?? "kim"
      _ = queue.enter(Self.ticket("\(number)", "a", owner))
    }
    let line = queue.placesInLine()
    var (current, place) = ("0", 0)
    while let next = queue.leave(current).first {
      #expect(line[next.task] == place, "\(seed)")
      (current, place) = (next.task, place + 1)
    }
    #expect(place == 39)
  }
}

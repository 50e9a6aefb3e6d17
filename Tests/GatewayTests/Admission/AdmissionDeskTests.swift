import TestSupport
import Testing

@testable import Gateway

/// Who is let in when.
@Suite struct AdmissionDeskTests {
  private static func settings(_ perSecond: Int, patience: Int64 = 10_000, perPrincipal: Int = 1000)
    -> AdmissionDesk.Settings
  {
    AdmissionDesk.Settings(perSecond: perSecond, patience: patience, perPrincipal: perPrincipal)
  }

  /// A desk whose budget is used up, at time 0.
  private static func busy(_ settings: AdmissionDesk.Settings) -> AdmissionDesk {
    var desk = AdmissionDesk(settings, now: 0)
    for number in 0..<settings.perSecond {
      let id = UInt64(1_000_000 + number)
      #expect(desk.come(ticket(id, .new, "early\(number)"), now: 0) == [.admit(id)])
    }
    return desk
  }

  private static func ticket(_ id: UInt64, _ kind: AdmissionTicket.Kind, _ principal: String) -> AdmissionTicket {
    AdmissionTicket(id: id, kind: kind, principal: principal)
  }

  private static func admitted(_ actions: [AdmissionDesk.Action]) -> [UInt64] {
    actions.compactMap { if case .admit(let id) = $0 { id } else { nil } }
  }

  @Test func `while there is budget everybody gets in at once, and nothing is kept`() {
    var desk = Self.busy(Self.settings(50))
    #expect(desk.next(now: 0) == nil)
    #expect(desk.come(Self.ticket(1, .resumed, "a"), now: 0) == [])
    #expect(desk.next(now: 0) == 20)
    #expect(desk.look(now: 19) == [])
    #expect(desk.look(now: 20) == [.admit(1)])
    // A second's rest gives a second's openings, and a longer one no more.
    for id in UInt64(2)..<52 { #expect(desk.come(Self.ticket(id, .new, "a"), now: 60_020) == [.admit(id)]) }
    #expect(desk.come(Self.ticket(52, .new, "a"), now: 60_020) == [])
  }

  @Test func `without a budget nobody waits`() {
    var desk = AdmissionDesk(Self.settings(0), now: 0)
    for id in UInt64(1)..<1000 { #expect(desk.come(Self.ticket(id, .new, "a"), now: 0) == [.admit(id)]) }
    #expect(desk.next(now: 0) == nil && desk.waitingCount(.new) == 0)
  }

  @Test func `who resumes goes first, and every eighth opening is a newcomer's`() {
    var desk = Self.busy(Self.settings(10))
    for id in UInt64(1)...4 { #expect(desk.come(Self.ticket(id, .new, "n\(id)"), now: 0) == []) }
    for id in UInt64(11)...30 { #expect(desk.come(Self.ticket(id, .resumed, "r\(id)"), now: 0) == []) }
    var order: [UInt64] = []
    for step in 1...24 { order += Self.admitted(desk.look(now: Int64(step) * 100)) }
    #expect(order == Array(11...17) + [1] + Array(18...24) + [2] + Array(25...30) + [3, 4])
  }

  @Test func `turns in which no newcomer waited are not saved up`() {
    var desk = Self.busy(Self.settings(10))
    for id in UInt64(1)...20 { _ = desk.come(Self.ticket(id, .resumed, "r\(id)"), now: 0) }
    for step in 1...10 { #expect(desk.look(now: Int64(step) * 100).count == 1) }
    _ = desk.come(Self.ticket(21, .new, "n"), now: 1000)
    var order: [UInt64] = []
    for step in 11...18 { order += Self.admitted(desk.look(now: Int64(step) * 100)) }
    #expect(order == Array(11...17) + [21])
  }

  @Test func `with many places made up a principal gets no more than a turn in each round`() {
    var desk = Self.busy(Self.settings(10, perPrincipal: 30))
    for id in UInt64(1)...40 {
      // More than may be open are not even taken.
      #expect(desk.come(Self.ticket(id, .resumed, "liar"), now: 0) == (id > 30 ? [.refuse(id)] : []))
    }
    for id in UInt64(101)...103 { _ = desk.come(Self.ticket(id, .resumed, "r\(id)"), now: 0) }
    var order: [UInt64] = []
    for step in 1...6 { order += Self.admitted(desk.look(now: Int64(step) * 100)) }
    #expect(order == [1, 101, 102, 103, 2, 3])
  }

  @Test func `whoever has waited for the patience is sent away, each to another moment behind those who wait`() {
    var desk = Self.busy(Self.settings(2, patience: 3000))
    for id in UInt64(1)...6 { #expect(desk.come(Self.ticket(id, .new, "n\(id)"), now: 0) == []) }
    // Six could have their turn in time, so the seventh does not begin to wait.
    #expect(desk.come(Self.ticket(7, .new, "n7"), now: 0) == [.sendAway(7, after: 3500)])
    #expect(desk.come(Self.ticket(8, .new, "n8"), now: 0) == [.sendAway(8, after: 4000)])
    // Those who resume come between, so the last three have no turn.
    for id in UInt64(11)...13 { #expect(desk.come(Self.ticket(id, .resumed, "r\(id)"), now: 0) == []) }
    var order: [UInt64] = []
    for step in 1...5 { order += Self.admitted(desk.look(now: Int64(step) * 500)) }
    #expect(order == [11, 12, 13, 1, 2])
    #expect(
      desk.look(now: 3000) == [
        .admit(3), .sendAway(4, after: 1500), .sendAway(5, after: 2000), .sendAway(6, after: 2500),
      ])
    #expect(desk.next(now: 3000) == nil)
  }

  @Test func `who leaves frees the place, and nothing of it stays`() {
    var desk = Self.busy(Self.settings(1))
    for id in UInt64(1)...3 { _ = desk.come(Self.ticket(id, .new, "n"), now: 0) }
    desk.leave(1)
    desk.leave(1)
    #expect(desk.waitingCount(.new) == 2)
    #expect(desk.look(now: 1000) == [.admit(2)])
    for id in UInt64(10)..<20_000 {
      _ = desk.come(Self.ticket(id, .resumed, "r\(id % 7)"), now: 1000)
      desk.leave(id)
    }
    #expect(desk.waitingCount(.resumed) == 0 && desk.keptCount < 300)
    #expect(desk.look(now: 2000) == [.admit(3)])
  }

  @Test func `at the end all are sent away in the order of their turns, and nobody gets in`() {
    var desk = Self.busy(Self.settings(4))
    for id in UInt64(1)...2 { _ = desk.come(Self.ticket(id, .new, "n\(id)"), now: 0) }
    _ = desk.come(Self.ticket(3, .resumed, "r"), now: 0)
    #expect(desk.close(now: 0) == [.sendAway(3, after: 250), .sendAway(1, after: 500), .sendAway(2, after: 750)])
    #expect(desk.come(Self.ticket(4, .resumed, "r"), now: 5000) == [.sendAway(4, after: 250)])
    #expect(desk.next(now: 5000) == nil)
  }

  @Test func `another budget counts at once`() {
    var desk = Self.busy(Self.settings(1))
    for id in UInt64(1)...3 { _ = desk.come(Self.ticket(id, .new, "n\(id)"), now: 0) }
    #expect(desk.change(Self.settings(10), now: 0) == [])
    #expect(desk.look(now: 100) == [.admit(1)])
    #expect(desk.change(Self.settings(0), now: 100) == [.admit(2), .admit(3)])
  }

  /// Whoever comes, goes and lies, in whatever order.
  @Test(arguments: 1...40) func `whatever happens, the rules hold`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let settings = Self.settings(
      Int.random(in: 1...60, using: &random), patience: Int64.random(in: 1...8, using: &random) * 500,
      perPrincipal: Int.random(in: 2...20, using: &random))
    var desk = AdmissionDesk(settings, now: 0)
    var model = Model(settings)
    var now: Int64 = 0
    var last: UInt64 = 0
    for _ in 0..<3000 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6:
        last += 1
        let kind: AdmissionTicket.Kind = Bool.random(using: &random) ? .resumed : .new
        let ticket = Self.ticket(last, kind, "p\(Int.random(in: 0..<12, using: &random))")
        // What the time that has passed brings to others is theirs.
        model.take(desk.look(now: now), at: now)
        model.begin(ticket, at: now)
        model.take(desk.come(ticket, now: now), at: now)
      case 6:
        guard let id = model.waiting.keys.sorted().randomElement(using: &random) else { continue }
        desk.leave(id)
        model.waiting[id] = nil
      default:
        // As a driver does: not past the moment that the desk has named.
        let wish = now + Int64.random(in: 1...200, using: &random)
        now = min(wish, desk.next(now: now) ?? wish)
        model.take(desk.look(now: now), at: now)
      }
      model.check(desk, at: now)
    }
    #expect(model.faults == [])
    #expect(desk.keptCount <= 3 * (2 * model.waiting.count + 64) + 64)
  }

  /// What is known of those who came, and what must be true of them.
  private struct Model {
    let settings: AdmissionDesk.Settings
    var waiting: [UInt64: (ticket: AdmissionTicket, came: Int64)] = [:]
    var faults: [String] = []
    private var admissions: [Int64] = []
    private var resumedInARow = 0

    init(_ settings: AdmissionDesk.Settings) { self.settings = settings }

    mutating func begin(_ ticket: AdmissionTicket, at now: Int64) { waiting[ticket.id] = (ticket, now) }

    mutating func take(_ actions: [AdmissionDesk.Action], at now: Int64) {
      for action in actions {
        switch action {
        case .admit(let id): admit(id, at: now)
        case .sendAway(let id, let wait):
          if waiting.removeValue(forKey: id) == nil { faults.append("\(id) was sent away, and did not wait") }
          if wait < 1 || wait > AdmissionDesk.longestAbsence { faults.append("\(id) is to wait for \(wait) ms") }
        case .refuse(let id):
          guard let ticket = waiting.removeValue(forKey: id)?.ticket else {
            faults.append("\(id) was refused, and did not wait")
            continue
          }
          let others = waiting.values.count { $0.ticket.kind == ticket.kind && $0.ticket.principal == ticket.principal }
          if others < settings.perPrincipal { faults.append("\(id) was refused with \(others) that wait") }
        }
      }
    }

    private mutating func admit(_ id: UInt64, at now: Int64) {
      guard let ticket = waiting.removeValue(forKey: id)?.ticket else { return faults.append("\(id) did not wait") }
      admissions.append(now)
      let newcomersWait = waiting.values.contains { $0.ticket.kind == .new }
      switch ticket.kind {
      case .resumed:
        resumedInARow = newcomersWait ? resumedInARow + 1 : 0
        if resumedInARow >= AdmissionDesk.newcomersShare { faults.append("newcomers starve at \(id)") }
      case .new:
        let othersResume = waiting.values.contains { $0.ticket.kind == .resumed }
        if othersResume, resumedInARow < AdmissionDesk.newcomersShare - 1 { faults.append("\(id) was before its turn") }
        resumedInARow = 0
      }
      // In any second: what a second gives, and what the one before has left.
      let inASecond = admissions.reversed().prefix { $0 > now - 1000 }.count
      if inASecond > 2 * settings.perSecond { faults.append("\(inASecond) in a second") }
    }

    mutating func check(_ desk: AdmissionDesk, at now: Int64) {
      for (id, entry) in waiting where now - entry.came > settings.patience {
        faults.append("\(id) waits for \(now - entry.came) ms")
      }
      for kind in AdmissionTicket.Kind.allCases {
        let count = waiting.values.count { $0.ticket.kind == kind }
        if desk.waitingCount(kind) != count { faults.append("\(desk.waitingCount(kind)) wait, and not \(count)") }
      }
    }
  }
}

import Foundation
import Journal
import TestSupport
import Testing

@testable import Gateway

/// The line of all gateways on a real server.
@Suite(.timeLimit(.minutes(2))) struct SharedLineTests {
  private static let bounds = LineBounds(running: 100, perPrincipal: 100, waiting: 100)
  private static let long: Duration = .seconds(60)
  private let one = Fence(lease: "one")
  private let two = Fence(lease: "two")

  /// A line of its own, with two leases.
  private func withLine(_ body: (RedisLine, any RunLeases, RunStand) async throws -> Void) async throws {
    var place = RedisConfiguration(
      server: RedisServer(host: "127.0.0.1", port: try await RedisProcess.shared().port, isEncrypted: false))
    place.prefix = UUID().uuidString
    try await RunStand.run(TemporaryFolder(), on: place) { stand async throws in
      let line = try #require((stand.journal as? RedisJournal)?.line)
      let leases = try #require(stand.journal.leases)
      for lease in [one, two] { try await leases.take(lease, insteadOf: nil, for: Self.long) }
      try await body(line, leases, stand)
    }
  }

  private static func ticket(_ task: String, _ agent: String = "a", _ owner: String = "kim") -> LineTicket {
    LineTicket(task: task, agent: agent, owner: owner)
  }

  private func enter(
    _ line: RedisLine, _ ticket: LineTicket, _ how: RedisLine.Entrance = .enter, places: Int = 1, under lease: Fence,
    _ bounds: LineBounds = bounds
  ) async throws -> LineAnswer.Outcome {
    try await line.enter(.init(how, ticket, places: places), under: lease, bounds).outcome
  }

  private func letters(_ leases: any RunLeases, for lease: Fence) async throws -> [Letter] {
    try await leases.letters(for: lease).compactMap(Letter.init)
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `it gives places as a gateway does that is alone`(seed: UInt64) async throws {
    try await withLine { line, _, _ async throws in
      var random = SeededRandom(seed: seed)
      var limits = WorkLimits()
      limits.running = Int.random(in: 2...12, using: &random)
      limits.perPrincipal = Int.random(in: 1...6, using: &random)
      limits.waiting = Int.random(in: 5...30, using: &random)
      let places = ["a": Int.random(in: 1...4, using: &random), "b": Int.random(in: 1...9, using: &random)]
      var model = AdmissionQueue(limits)
      for (agent, count) in places { _ = model.setPlaces(count, of: agent) }
      var known: [LineTicket] = []
      for step in 0..<250 {
        let agent = Bool.random(using: &random) ? "a" : "b"
        // An owner may be called anything.
        let owner = ["kim", "lee anna", "spiffe://a/b c"][Int.random(in: 0..<3, using: &random)]
        let ticket = Self.ticket("t\(step)", agent, owner)
        let entry = { (how: RedisLine.Entrance) in RedisLine.Entry(how, ticket, places: places[agent] ?? 0) }
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<6:
          let answer = try await line.enter(entry(.enter), under: one, limits.bounds)
          #expect(answer.outcome.rawValue == "\(model.enter(ticket))", "seed \(seed), step \(step)")
          #expect(answer.placed == [])
          if answer.outcome != .full { known.append(ticket) }
        case 6:
          let answer = try await line.enter(entry(.again), under: one, limits.bounds)
          #expect(answer.outcome.rawValue == "\(model.enterAgain(ticket))", "seed \(seed), step \(step)")
          known.append(ticket)
        case 7 where known.count < 20:
          model.keep(ticket)
          #expect(try await line.enter(entry(.keep), under: one, limits.bounds).outcome == .runs)
          known.append(ticket)
        default:
          guard let index = known.indices.randomElement(using: &random) else { continue }
          let left = known.remove(at: index)
          let placed = try await line.leave(left.task, under: one, limits.bounds).placed
          #expect(placed == model.leave(left.task).map(\.task), "seed \(seed), step \(step)")
        }
        let standing = try await line.look()
        #expect(standing.running == model.runningCount && standing.waiting == model.tickets.waiting)
        #expect(WaitingLine(standing, limits.bounds).places() == model.placesInLine(), "seed \(seed), step \(step)")
      }
      // Nothing is left of those who have gone.
      for ticket in known { _ = try await line.leave(ticket.task, under: one, limits.bounds) }
      let standing = try await line.look()
      #expect(standing.running == 0 && standing.owners == [:] && standing.waiting == [])
    }
  }

  @Test func `a place that comes free at one gateway is given at the other, which finds a letter`() async throws {
    try await withLine { line, leases, _ async throws in
      #expect(try await enter(line, Self.ticket("1"), under: one) == .runs)
      #expect(try await enter(line, Self.ticket("2"), under: one) == .waits)
      #expect(try await enter(line, Self.ticket("3", "a", "lee"), under: two) == .waits)
      // Lee was never served.
      #expect(try await line.leave("1", under: one, Self.bounds).placed == [])
      #expect(try await letters(leases, for: two) == [.placed(["3"])])
      #expect(try await line.leave("3", under: two, Self.bounds).placed == [])
      #expect(try await letters(leases, for: one) == [.placed(["2"])])
    }
  }

  @Test func `the same asked twice is done once`() async throws {
    try await withLine { line, _, _ async throws in
      for _ in 0..<2 { #expect(try await enter(line, Self.ticket("1"), under: one) == .runs) }
      for _ in 0..<2 { #expect(try await enter(line, Self.ticket("2"), under: one) == .waits) }
      for how in [RedisLine.Entrance.again, .keep] {
        #expect(try await enter(line, Self.ticket("1"), how, under: one) == .runs)
      }
      let standing = try await line.look()
      #expect(standing.running == 1 && standing.waiting == [Self.ticket("2")])
      #expect(try await line.leave("1", under: one, Self.bounds).placed == ["2"])
      for _ in 0..<2 { #expect(try await line.leave("2", under: one, Self.bounds).placed == []) }
      #expect(try await line.look().running == 0)
    }
  }

  @Test func `who waits under a lease that is over is passed by until somebody takes over`() async throws {
    try await withLine { line, leases, _ async throws in
      #expect(try await enter(line, Self.ticket("1"), under: one) == .runs)
      #expect(try await enter(line, Self.ticket("2"), under: two) == .waits)
      #expect(try await enter(line, Self.ticket("3"), under: one) == .waits)
      try await leases.release(two)
      #expect(try await enter(line, Self.ticket("4"), under: two) == .over)
      #expect(try await line.leave("1", under: one, Self.bounds).placed == ["3"])
      // Taken over, it stands where it stood: before whoever comes now.
      #expect(try await enter(line, Self.ticket("5"), under: one) == .waits)
      #expect(try await enter(line, Self.ticket("2"), .again, under: one) == .waits)
      #expect(try await line.leave("3", under: one, Self.bounds).placed == ["2"])
    }
  }

  @Test func `a task that was taken over is not taken out by the gateway that had it`() async throws {
    try await withLine { line, _, _ async throws in
      #expect(try await enter(line, Self.ticket("1"), under: one) == .runs)
      #expect(try await enter(line, Self.ticket("1"), .keep, under: two) == .runs)
      #expect(try await line.leave("1", under: one, Self.bounds).outcome == .done)
      #expect(try await line.look().running == 1)
      _ = try await line.leave("1", under: two, Self.bounds)
      #expect(try await line.look().running == 0)
    }
  }

  @Test func `what was lost on the way is put right when the line is settled, and what is newer is left alone`()
    async throws
  {
    try await withLine { line, leases, _ async throws in
      for task in ["1", "2"] { _ = try await enter(line, Self.ticket(task), under: one) }
      let seen = try await line.enter(.init(.enter, Self.ticket("3", "b"), places: 5), under: one, Self.bounds).seen
      _ = try await enter(line, Self.ticket("x", "b"), places: 5, under: two)
      // Came behind what is told now.
      _ = try await enter(line, Self.ticket("4", "b"), places: 5, under: one)
      // 1 has left, and was not heard; 5 was taken over, and was not heard; 2 has its place with that, and is told of it.
      let answer = try await line.settle(
        [
          .init(.again, Self.ticket("2"), places: 1), .init(.keep, Self.ticket("3", "b"), places: 5),
          .init(.keep, Self.ticket("5", "b"), places: 5),
        ], seen: seen, under: one, Self.bounds)
      #expect(answer.placed.contains("2"))
      let standing = try await line.look()
      #expect(standing.running == 5 && standing.waiting == [])
      for task in ["2", "3", "4", "5"] { _ = try await line.leave(task, under: one, Self.bounds) }
      #expect(try await line.look().running == 1)
      // Nobody will ever take over what was never stored.
      try await leases.release(two)
      _ = try await line.settle([], seen: 0, under: one, Self.bounds)
      #expect(try await line.look().running == 0)
    }
  }

  @Test func `a letter that got lost is made up for when the line is settled`() async throws {
    try await withLine { line, leases, _ async throws in
      _ = try await enter(line, Self.ticket("1"), under: one)
      let seen = try await line.enter(.init(.enter, Self.ticket("2"), places: 1), under: two, Self.bounds).seen
      _ = try await line.leave("1", under: one, Self.bounds)
      let waiting = RedisLine.Entry(.again, Self.ticket("2"), places: 1)
      #expect(try await line.settle([waiting], seen: seen, under: two, Self.bounds).placed == ["2"])
    }
  }

  @Test func `an agent that may work on more at once, as the configuration says now, is given more`() async throws {
    try await withLine { line, _, _ async throws in
      let tickets = ["1", "2", "3"].map { Self.ticket($0) }
      for ticket in tickets { _ = try await enter(line, ticket, under: one) }
      let entries = [RedisLine.Entry(.keep, tickets[0], places: 3)] + tickets[1...].map { .init(.again, $0, places: 3) }
      #expect(Set(try await line.settle(entries, seen: 3, under: one, Self.bounds).placed) == ["1", "2", "3"])
    }
  }
}

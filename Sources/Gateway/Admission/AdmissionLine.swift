/// Those who wait, one principal after the other, and of each principal in the order in which they came. With one stream each, that is the
/// order in which all came. A value.
struct AdmissionLine: Sendable {
  private struct Place {
    /// Tells the turn that counts from those that were given up.
    let turn: UInt64
    var tickets: [UInt64]
  }

  private var places: [String: Place] = [:]
  private var turns: [(principal: String, turn: UInt64)] = []
  /// Turns before this one were taken.
  private var head = 0
  private var lastTurn: UInt64 = 0
  private(set) var count = 0

  /// How much is kept, given up turns included.
  var turnCount: Int { turns.count - head }

  var isEmpty: Bool { count == 0 }

  func count(of principal: String) -> Int { places[principal]?.tickets.count ?? 0 }

  mutating func append(_ ticket: UInt64, of principal: String) {
    count += 1
    guard places[principal] == nil else {
      places[principal]?.tickets.append(ticket)
      return
    }
    queue(principal, with: [ticket])
  }

  mutating func popFirst() -> UInt64? {
    while head < turns.count {
      let (principal, turn) = turns[head]
      head += 1
      guard var place = places[principal], place.turn == turn else { continue }
      let ticket = place.tickets.removeFirst()
      places[principal] = nil
      if !place.tickets.isEmpty { queue(principal, with: place.tickets) }
      count -= 1
      tidy()
      return ticket
    }
    return nil
  }

  mutating func remove(_ ticket: UInt64, of principal: String) {
    guard let index = places[principal]?.tickets.firstIndex(of: ticket) else { return }
    places[principal]?.tickets.remove(at: index)
    if places[principal]?.tickets.isEmpty == true { places[principal] = nil }
    count -= 1
    tidy()
  }

  private mutating func queue(_ principal: String, with tickets: [UInt64]) {
    lastTurn += 1
    places[principal] = Place(turn: lastTurn, tickets: tickets)
    turns.append((principal, lastTurn))
  }

  /// Turns that were taken or given up are no more than those that count, and a few.
  private mutating func tidy() {
    guard turns.count > 2 * places.count + 64 else { return }
    turns = turns[head...].filter { places[$0.principal]?.turn == $0.turn }
    head = 0
  }
}

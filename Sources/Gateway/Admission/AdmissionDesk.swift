/// Who may open a stream now, who waits, and who is to come again later: so many openings in a second, those who resume first. A value:
/// time comes in, in milliseconds, and what is to be done comes out.
///
/// - Those who resume go before those who are new, but for every eighth opening, which is a newcomer's where one waits: whoever makes places
///   up keeps nobody out for ever.
/// - Nobody waits longer than the patience. Whoever could not have a turn by then does not begin to wait, and each who is sent away hears
///   another moment: the next one that the budget has, behind those who wait.
struct AdmissionDesk: Sendable {
  struct Settings: Sendable, Equatable {
    /// 0: all at once.
    var perSecond: Int
    /// Milliseconds.
    var patience: Int64
    /// How many of one principal may wait in each line.
    var perPrincipal: Int
  }

  enum Action: Sendable, Equatable {
    case admit(UInt64)
    /// It may come again after so many milliseconds.
    case sendAway(UInt64, after: Int64)
    /// Its principal has too many that wait.
    case refuse(UInt64)
  }

  /// One in so many openings is a newcomer's.
  static let newcomersShare = 8
  /// Between two looks, so that a large budget is not given out one by one.
  static let step: Int64 = 20
  /// Nobody who is sent away waits longer than this: what is known by now says little of then.
  static let longestAbsence: Int64 = 300_000

  private(set) var settings: Settings
  private var lines: [AdmissionTicket.Kind: AdmissionLine] = [:]
  private var waiting: [UInt64: (ticket: AdmissionTicket, came: Int64)] = [:]
  /// In the order in which they came; some have gone.
  private var arrivals: [UInt64] = []
  private var firstArrival = 0
  /// Thousandths of an opening: each millisecond gives as many as there are openings in a second.
  private var level: Int64
  private var filled: Int64
  /// Openings for those who resume, since the last one for a newcomer.
  private var inARow = 0
  /// Until when the budget was promised to those who were sent away, in thousandths of a millisecond.
  private var promised: Int64 = 0
  private var isClosed = false

  init(_ settings: Settings, now: Int64) {
    self.settings = settings
    level = Self.full(settings)
    filled = now
  }

  private static let opening: Int64 = 1000

  /// What was not used in a second is lost.
  private static func full(_ settings: Settings) -> Int64 { Int64(settings.perSecond) * opening }

  func waitingCount(_ kind: AdmissionTicket.Kind) -> Int { lines[kind]?.count ?? 0 }

  /// How much is kept, what is over included.
  var keptCount: Int { arrivals.count - firstArrival + lines.values.reduce(0) { $0 + $1.turnCount } }

  // MARK: What happens

  mutating func come(_ ticket: AdmissionTicket, now: Int64) -> [Action] {
    var actions = look(now: now)
    if isClosed {
      actions.append(sendAway(ticket.id, now: now))
    } else if settings.perSecond == 0 {
      actions.append(.admit(ticket.id))
    } else if lines[ticket.kind, default: AdmissionLine()].count(of: ticket.principal) >= settings.perPrincipal {
      actions.append(.refuse(ticket.id))
    } else if waitingCount(ticket.kind) >= placesInLine {
      actions.append(sendAway(ticket.id, now: now))
    } else {
      waiting[ticket.id] = (ticket, now)
      arrivals.append(ticket.id)
      lines[ticket.kind, default: AdmissionLine()].append(ticket.id, of: ticket.principal)
      actions += admit()
    }
    return actions
  }

  /// Its client does not want it any more.
  mutating func leave(_ id: UInt64) {
    guard let ticket = waiting.removeValue(forKey: id)?.ticket else { return }
    lines[ticket.kind]?.remove(id, of: ticket.principal)
    tidy()
  }

  /// Time has passed.
  mutating func look(now: Int64) -> [Action] {
    fill(now: now)
    return admit() + sendAwayLate(now: now)
  }

  /// From now on it is like this.
  mutating func change(_ settings: Settings, now: Int64) -> [Action] {
    fill(now: now)
    self.settings = settings
    level = min(level, Self.full(settings))
    return look(now: now)
  }

  /// Nobody gets in any more.
  mutating func close(now: Int64) -> [Action] {
    isClosed = true
    var actions: [Action] = []
    // In the order in which they would have had their turns.
    while let id = next() { actions.append(sendAway(id, now: now)) }
    arrivals = []
    firstArrival = 0
    return actions
  }

  /// When to look again; nil while nobody waits.
  func next(now: Int64) -> Int64? {
    guard !waiting.isEmpty, settings.perSecond > 0 else { return nil }
    let lacking = max(0, Self.opening - level)
    let filling = now + max(Self.step, (lacking + Int64(settings.perSecond) - 1) / Int64(settings.perSecond))
    guard firstArrival < arrivals.count, let oldest = waiting[arrivals[firstArrival]]?.came else { return filling }
    return min(filling, max(now + 1, oldest + settings.patience))
  }

  // MARK: Turns

  private mutating func fill(now: Int64) {
    let elapsed = max(0, min(now - filled, 1000))
    level = min(Self.full(settings), level + elapsed * Int64(settings.perSecond))
    filled = max(filled, now)
  }

  private mutating func admit() -> [Action] {
    var actions: [Action] = []
    while settings.perSecond == 0 || level >= Self.opening, let id = next() {
      if settings.perSecond > 0 { level -= Self.opening }
      actions.append(.admit(id))
    }
    tidy()
    return actions
  }

  /// Whose turn it is. That one waits no more.
  private mutating func next() -> UInt64? {
    let isNewcomersTurn = inARow >= Self.newcomersShare - 1
    let first: AdmissionTicket.Kind = isNewcomersTurn ? .new : .resumed
    let second: AdmissionTicket.Kind = isNewcomersTurn ? .resumed : .new
    let (id, kind) = pop(first).map { ($0, first) } ?? pop(second).map { ($0, second) } ?? (0, .new)
    guard waiting.removeValue(forKey: id) != nil else { return nil }
    // Turns in which no newcomer waited are not saved up.
    inARow = kind == .new || waitingCount(.new) == 0 ? 0 : inARow + 1
    return id
  }

  private mutating func pop(_ kind: AdmissionTicket.Kind) -> UInt64? { lines[kind]?.popFirst() }

  // MARK: Those who come again later

  /// So many could have their turn in time if nobody else waited.
  private var placesInLine: Int { max(1, Int(Int64(settings.perSecond) * settings.patience / 1000)) }

  private mutating func sendAwayLate(now: Int64) -> [Action] {
    var actions: [Action] = []
    while firstArrival < arrivals.count {
      let id = arrivals[firstArrival]
      guard let entry = waiting[id], now - entry.came >= settings.patience else { break }
      leave(id)
      actions.append(sendAway(id, now: now))
    }
    return actions
  }

  private mutating func sendAway(_ id: UInt64, now: Int64) -> Action {
    let pace = Int64(max(1, settings.perSecond))
    let taken = isClosed ? 0 : Int64(waiting.count) * 1_000_000 / pace
    promised = max(promised, now * 1000 + taken) + 1_000_000 / pace
    promised = min(promised, (now + Self.longestAbsence) * 1000)
    return .sendAway(id, after: max(1, promised / 1000 - now))
  }

  /// The first of the arrivals still waits, and those who have gone are no more than those who wait, and a few.
  private mutating func tidy() {
    while firstArrival < arrivals.count, waiting[arrivals[firstArrival]] == nil { firstArrival += 1 }
    guard arrivals.count > 2 * waiting.count + 64 else { return }
    arrivals = arrivals[firstArrival...].filter { waiting[$0] != nil }
    firstArrival = 0
  }
}

import Identity

/// How many refusals of each address are written down one by one. Somebody who is refused a thousand times a second must not fill the
/// disk, nor push what matters out of memory: the rest of a minute is told by its number. A value: time comes in.
struct RefusalTally: Sendable {
  /// So many refusals of an address that were not written one by one.
  struct Rest: Sendable, Equatable {
    /// Nil: of addresses beyond those that are told apart.
    let address: String?
    let count: Int
  }

  private let perAddress: Int
  private let addressLimit: Int
  private var minute: Int64 = .min
  private var seen: [String: Int] = [:]
  private var beyond = 0

  init(perAddress: Int = 20, addressLimit: Int = 1_000) {
    self.perAddress = perAddress
    self.addressLimit = addressLimit
  }

  /// Counts one. Says whether it is to be written, and what the minute before left to tell.
  mutating func count(_ address: String, now: UnixTime) -> (isWritten: Bool, rests: [Rest]) {
    var rests: [Rest] = []
    let minute = now.seconds / 60
    if minute != self.minute {
      rests = takeRests()
      self.minute = minute
    }
    guard seen[address] != nil || seen.count < addressLimit else {
      beyond += 1
      return (false, rests)
    }
    let count = seen[address, default: 0] + 1
    seen[address] = count
    return (count <= perAddress, rests)
  }

  /// What was counted and not written. Begins anew.
  mutating func takeRests() -> [Rest] {
    var rests = seen.filter { $0.value > perAddress }
      .map { Rest(address: $0.key, count: $0.value - perAddress) }
      .sorted { ($0.address ?? "") < ($1.address ?? "") }
    if beyond > 0 { rests.append(Rest(address: nil, count: beyond)) }
    seen = [:]
    beyond = 0
    return rests
  }
}

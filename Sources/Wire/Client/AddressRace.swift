/// The addresses of a server, tried in turn: the families alternate, IPv6 goes first, and the next is begun when one fails or keeps
/// us waiting (RFC 8305 in spirit). A value; whoever owns it has the sockets and the clock.
struct AddressRace {
  /// How long an attempt has before the next one is begun beside it.
  static let head: Duration = .milliseconds(250)

  private var waiting: ArraySlice<SocketAddress>
  private var running: Set<SocketAddress> = []
  private var failures: [FailedAttempt] = []
  private var refusals: [FailedAttempt] = []

  init(_ addresses: [SocketAddress]) {
    waiting = Self.ordered(addresses)[...]
  }

  /// The next address to try, or nil when all are being tried or have been.
  mutating func next() -> SocketAddress? {
    guard let address = waiting.popFirst() else { return nil }
    running.insert(address)
    return address
  }

  mutating func failed(_ address: SocketAddress, because reason: String) {
    running.remove(address)
    failures.append(FailedAttempt(address: address, reason: reason))
  }

  /// An address that is not to be tried.
  mutating func refused(_ address: SocketAddress, because reason: String) {
    running.remove(address)
    refusals.append(FailedAttempt(address: address, reason: reason))
  }

  /// Nothing is left that could still succeed.
  var isLost: Bool { waiting.isEmpty && running.isEmpty }

  /// Not one address was to be tried.
  var isForbidden: Bool { isLost && failures.isEmpty && !refusals.isEmpty }

  /// What was tried, for an error: attempts without an answer so far say so.
  var attempts: [FailedAttempt] {
    refusals + failures + running.map { FailedAttempt(address: $0, reason: "no answer") }
  }

  private static func ordered(_ addresses: [SocketAddress]) -> [SocketAddress] {
    var seen: Set<SocketAddress> = []
    let unique = addresses.filter { seen.insert($0).inserted }
    var families = [unique.filter(\.isIPv6)[...], unique.filter { !$0.isIPv6 }[...]]
    var ordered: [SocketAddress] = []
    while !families.allSatisfy(\.isEmpty) {
      for index in families.indices {
        if let address = families[index].popFirst() { ordered.append(address) }
      }
    }
    return ordered
  }
}

/// An address that was tried in vain.
package struct FailedAttempt: Sendable, Equatable, CustomStringConvertible {
  package let address: SocketAddress
  /// In the system's words.
  package let reason: String

  package var description: String { "\(address): \(reason)" }
}

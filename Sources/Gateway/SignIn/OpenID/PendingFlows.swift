import Identity
import Telemetry

/// The sign-ins that have begun. Each can be taken once, for a while.
///
/// There is room for so many and no more, since everybody may begin one. The one that makes room is the oldest: of the same address, when
/// that address has many; else of all. So whoever wants to keep others out has to begin them faster, from many addresses, than people
/// sign in, and not just fill a table once.
struct PendingFlows: Sendable {
  private struct Entry: Sendable {
    let state: [UInt8]
    let address: String
    let flow: OpenIDFlow
  }

  /// Oldest first.
  private var entries: [Entry] = []
  private let limit: Int
  private let limitPerAddress: Int

  init(limit: Int = 2000, limitPerAddress: Int = 100) {
    self.limit = limit
    self.limitPerAddress = limitPerAddress
  }

  var count: Int { entries.count }

  mutating func add(_ flow: OpenIDFlow, state: Secret, address: String, now: UnixTime) {
    removeEnded(now)
    if entries.count(where: { $0.address == address }) >= limitPerAddress,
      let oldest = entries.firstIndex(where: { $0.address == address })
    {
      entries.remove(at: oldest)
    }
    if entries.count >= limit { entries.removeFirst() }
    entries.append(Entry(state: Digest.sha256(state.reveal()), address: address, flow: flow))
  }

  /// The sign-in of this state, if it was begun in this browser; it is not there a second time. One that was begun in another browser
  /// stays for that one.
  mutating func take(state: Secret, browser: Secret, now: UnixTime) -> OpenIDFlow? {
    removeEnded(now)
    // Hashes are compared, so that the time it takes tells nothing about the secrets.
    let (state, browser) = (Digest.sha256(state.reveal()), Digest.sha256(browser.reveal()))
    guard
      let index = entries.firstIndex(where: {
        Digest.isEqual($0.state, state) && Digest.isEqual($0.flow.browser, browser)
      })
    else { return nil }
    return entries.remove(at: index).flow
  }

  /// Whether a sign-in that was begun in this browser is under way.
  func hasFlow(of browser: Secret, now: UnixTime) -> Bool {
    let browser = Digest.sha256(browser.reveal())
    return entries.contains { $0.flow.ends > now && Digest.isEqual($0.flow.browser, browser) }
  }

  private mutating func removeEnded(_ now: UnixTime) {
    entries.removeAll { $0.flow.ends <= now }
  }
}

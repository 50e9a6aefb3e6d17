import Synchronization

@testable import Identity

/// A ledger in memory, for several tables: it may be away, be slow to tell, and lose what it had last.
final class TestLedger: Sendable {
  struct State {
    var entries: [String: (version: Int64, value: [UInt8])] = [:]
    var tail: Int64 = 0
    var feed: [LedgerEntry] = []
    var isAway = false
  }

  let state = Mutex(State())

  var isAway: Bool {
    get { state.withLock { $0.isAway } }
    set { state.withLock { $0.isAway = newValue } }
  }

  func change(_ changes: [LedgerChange]) throws(LedgerAway) -> [LedgerOutcome] {
    if isAway { throw LedgerAway("away") }
    return state.withLock { state in changes.map { Self.make($0, &state) } }
  }

  private static func make(_ change: LedgerChange, _ state: inout State) -> LedgerOutcome {
    let stands = state.entries[change.key]
    let mayBe =
      switch change.condition {
      case .isAbsent: stands == nil
      case .isThere: stands != nil
      case .hasVersion(let version): stands?.version == version
      }
    guard mayBe else {
      return .differs(LedgerEntry(key: change.key, version: stands?.version ?? 0, value: stands?.value))
    }
    state.tail += 1
    state.entries[change.key] = change.value.map { (state.tail, $0) }
    state.feed.append(LedgerEntry(key: change.key, version: state.tail, value: change.value))
    return .done(version: state.tail, before: stands?.value)
  }

  func entries(_ keys: [String]) throws(LedgerAway) -> [LedgerEntry] {
    if isAway { throw LedgerAway("away") }
    return state.withLock { state in
      keys.map { LedgerEntry(key: $0, version: state.entries[$0]?.version ?? 0, value: state.entries[$0]?.value) }
    }
  }

  var keys: [String] { state.withLock { $0.entries.keys.sorted() } }

  /// Everything that it keeps, as text.
  var text: String {
    state.withLock { state in
      (state.entries.map { "\($0.key) \(String(decoding: $0.value.value, as: UTF8.self))" }
        + state.feed.map { "\($0.key) \(String(decoding: $0.value ?? [], as: UTF8.self))" }).joined(separator: "\n")
    }
  }

  /// What there is now, to be put back later as a server does that has lost what came after.
  func copy() -> [String: (version: Int64, value: [UInt8])] { state.withLock { $0.entries } }
  func lose(to copy: [String: (version: Int64, value: [UInt8])]) {
    state.withLock { state in
      state.entries = copy
      // Versions go on with the time.
      state.tail += 1000
      state.feed = []
    }
  }
}

/// One gateway's way to it.
final class TestLedgerView: SharedLedger {
  private let ledger: TestLedger
  private let sink = Mutex<(@Sendable (LedgerNews) -> Void)?>(nil)
  private let told = Mutex(0)
  private let seen = Mutex<Int64>(0)

  init(_ ledger: TestLedger) {
    self.ledger = ledger
  }

  var newest: Int64 { seen.withLock { $0 } }
  private func saw(_ version: Int64) { seen.withLock { $0 = max($0, version) } }

  func change(_ changes: [LedgerChange]) async throws(LedgerAway) -> [LedgerOutcome] {
    let outcomes = try ledger.change(changes)
    for outcome in outcomes {
      switch outcome {
      case .done(let version, _): saw(version)
      case .differs(let entry): saw(entry.version)
      }
    }
    return outcomes
  }

  func entries(_ keys: [String]) async throws(LedgerAway) -> [LedgerEntry] {
    let entries = try ledger.entries(keys)
    for entry in entries { saw(entry.version) }
    return entries
  }

  func follow(_ sink: @escaping @Sendable (LedgerNews) -> Void) async {
    self.sink.withLock { $0 = sink }
    tellAll()
  }

  /// Tells what has changed since the last time.
  func tell() {
    let news = ledger.state.withLock { state in
      told.withLock { told in
        defer { told = state.feed.count }
        return Array(state.feed[min(told, state.feed.count)...])
      }
    }
    for entry in news { saw(entry.version) }
    sink.withLock { $0 }?(news.isEmpty ? .nothing : .changed(news))
  }

  /// Tells that it is there.
  func tellNothing() { sink.withLock { $0 }?(.nothing) }

  /// As after a lost connection.
  func tellAll() {
    let known = newest
    let (entries, tail) = ledger.state.withLock { state in
      told.withLock { $0 = state.feed.count }
      return (
        state.entries.map { LedgerEntry(key: $0.key, version: $0.value.version, value: $0.value.value) }, state.tail
      )
    }
    for entry in entries { saw(entry.version) }
    sink.withLock { $0 }?(.whole(LedgerSnapshot(entries: entries, bound: max(known, tail))))
  }
}

import Testing

@testable import Identity

/// What was heard of a ledger that may have lost something, by two ways and in any order.
@Suite struct LedgerMirrorTests {
  private let now = UnixTime(seconds: 1_000_000)

  private func entry(_ version: Int64, _ value: String?) -> LedgerEntry {
    LedgerEntry(key: "k", version: version, value: value.map { Array($0.utf8) })
  }

  private func mirror(_ entries: LedgerEntry...) -> LedgerMirror {
    var mirror = LedgerMirror()
    for entry in entries { _ = mirror.take(changed: entry, now: now) }
    return mirror
  }

  @Test func `what was read before a change was heard is no loss`() {
    var mirror = mirror(entry(7, "new"))
    // It was asked for when 6 was the newest.
    #expect(mirror.take(read: entry(5, "old"), bound: 6, now: now) == LedgerMirror.Effect())
    #expect(mirror.take(read: entry(0, nil), bound: 6, now: now) == LedgerMirror.Effect())
    #expect(mirror.take(LedgerSnapshot(entries: [], bound: 6), now: now) == LedgerMirror.Effect())
    #expect(mirror.version(of: "k") == 7)
  }

  @Test func `what is older than it was known to be goes whole, and does not come back`() {
    var mirror = mirror(entry(7, "new"))
    let lost = mirror.take(read: entry(5, "old"), bound: 7, now: now)
    #expect(lost == LedgerMirror.Effect(changed: ["k"], mustGo: ["k"]))
    // It stands there until somebody has removed it.
    #expect(mirror.take(read: entry(5, "old"), bound: 7, now: now) == LedgerMirror.Effect(mustGo: ["k"]))
    #expect(mirror.take(changed: entry(5, "old"), now: now) == LedgerMirror.Effect())
    #expect(mirror.version(of: "k") == nil)
    #expect(mirror.take(changed: entry(9, "anew"), now: now) == LedgerMirror.Effect(changed: ["k"]))
  }

  @Test func `what is not there any more goes, and may be made again`() {
    var mirror = mirror(entry(7, "new"))
    #expect(
      mirror.take(LedgerSnapshot(entries: [], bound: 7), now: now) == LedgerMirror.Effect(changed: ["k"]))
    #expect(mirror.version(of: "k") == nil)
    #expect(mirror.take(changed: entry(8, "anew"), now: now) == LedgerMirror.Effect(changed: ["k"]))
  }

  @Test func `what was removed stays so, and whoever has forgotten that is told`() {
    var mirror = mirror(entry(5, "old"), entry(7, nil))
    // This was read before it was removed.
    #expect(mirror.take(read: entry(5, "old"), bound: 6, now: now) == LedgerMirror.Effect())
    #expect(mirror.take(read: entry(5, "old"), bound: 7, now: now) == LedgerMirror.Effect(mustGo: ["k"]))
    #expect(mirror.version(of: "k") == nil)
    mirror.forget(removedBefore: now)
    #expect(mirror.take(read: entry(5, "old"), bound: 7, now: now) == LedgerMirror.Effect(mustGo: ["k"]))
    mirror.forget(removedBefore: now.adding(seconds: 1))
    #expect(mirror.take(read: entry(5, "old"), bound: 7, now: now) == LedgerMirror.Effect(changed: ["k"]))
  }
}

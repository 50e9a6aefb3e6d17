import Identity
import Testing

@testable import Gateway

/// When keys are used, fetched, waited for and given up: time goes in, what to do comes out.
struct KeyCacheTests {
  private static let keys = KeySet.empty

  private static func time(_ seconds: Int64) -> UnixTime { UnixTime(seconds: 1_000_000 + seconds) }

  /// What to do, in a word.
  private static func word(_ action: KeyCache.Action) -> String {
    switch action {
    case .use(_, let version): "use \(version)"
    case .useAndFetch(_, let version): "use \(version) and fetch"
    case .fetchAndWait: "fetch"
    case .wait: "wait"
    case .giveUp: "give up"
    }
  }

  private static func need(_ cache: inout KeyCache, _ seconds: Int64) -> String {
    word(cache.needKeys(at: time(seconds)))
  }

  private static func needOthers(_ cache: inout KeyCache, _ version: Int, _ seconds: Int64) -> String {
    word(cache.needOthers(than: version, at: time(seconds)))
  }

  /// With keys since second 0, to be refreshed after 300.
  private static func filled() -> KeyCache {
    var cache = KeyCache(refreshSeconds: 300)
    #expect(need(&cache, 0) == "fetch")
    #expect(cache.finish(with: keys, at: time(0)) == .first)
    return cache
  }

  @Test func `the first who comes fetches, the others wait`() {
    var cache = KeyCache(refreshSeconds: 300)
    #expect(Self.need(&cache, 0) == "fetch")
    #expect(Self.need(&cache, 0) == "wait")
    #expect(Self.need(&cache, 9) == "wait")
    #expect(cache.finish(with: Self.keys, at: Self.time(9)) == .first)
    #expect(Self.need(&cache, 9) == "use 1")
    #expect(cache.keysSince == Self.time(9))
  }

  @Test func `keys are used until they are old, and then while others are fetched`() {
    var cache = Self.filled()
    #expect(Self.need(&cache, 299) == "use 1")
    #expect(Self.need(&cache, 300) == "use 1 and fetch")
    #expect(Self.need(&cache, 300) == "use 1")
    #expect(cache.finish(with: Self.keys, at: Self.time(301)) == nil)
    #expect(Self.need(&cache, 600) == "use 2")
    #expect(Self.need(&cache, 601) == "use 2 and fetch")
  }

  @Test func `keys that nobody has asked for in a long time are fetched before they are used`() {
    var cache = Self.filled()
    #expect(Self.need(&cache, 600) == "fetch")
    #expect(Self.need(&cache, 601) == "wait")
    #expect(cache.fail(at: Self.time(605)) == .outage)
    #expect(Self.need(&cache, 605) == "use 1")
  }

  @Test func `in an outage the last good keys stay, and it is told once`() {
    var cache = Self.filled()
    #expect(Self.need(&cache, 300) == "use 1 and fetch")
    #expect(cache.fail(at: Self.time(310)) == .outage)
    #expect(Self.need(&cache, 339) == "use 1")
    for round in Int64(0)..<50 {
      let now = 340 + round * 30
      // Nobody waits for an issuer that did not answer last time, however old the keys are.
      #expect(Self.need(&cache, now) == "use 1 and fetch")
      #expect(Self.need(&cache, now) == "use 1")
      #expect(cache.fail(at: Self.time(now)) == nil)
      #expect(Self.need(&cache, now + 29) == "use 1")
    }
    #expect(Self.need(&cache, 2000) == "use 1 and fetch")
    #expect(cache.finish(with: Self.keys, at: Self.time(2000)) == .recovery)
    #expect(Self.need(&cache, 2000) == "use 2")
  }

  @Test func `without keys, an outage is given up for 30 seconds at a time`() {
    var cache = KeyCache(refreshSeconds: 300)
    #expect(Self.need(&cache, 0) == "fetch")
    #expect(cache.fail(at: Self.time(5)) == .outage)
    #expect(Self.need(&cache, 5) == "give up")
    #expect(Self.need(&cache, 34) == "give up")
    #expect(Self.need(&cache, 35) == "fetch")
    #expect(Self.need(&cache, 35) == "wait")
    #expect(cache.fail(at: Self.time(36)) == nil)
    #expect(Self.need(&cache, 66) == "fetch")
    #expect(cache.finish(with: Self.keys, at: Self.time(67)) == .recovery)
  }

  @Test func `however many tokens ask for other keys, they are fetched once in 30 seconds`() {
    var cache = Self.filled()
    #expect(Self.needOthers(&cache, 1, 10) == "give up")
    #expect(Self.needOthers(&cache, 1, 29) == "give up")
    #expect(Self.needOthers(&cache, 1, 30) == "fetch")
    for _ in 0..<1000 { #expect(Self.needOthers(&cache, 1, 31) == "wait") }
    #expect(Self.need(&cache, 31) == "use 1")
    #expect(cache.finish(with: Self.keys, at: Self.time(32)) == nil)
    #expect(Self.needOthers(&cache, 1, 32) == "use 2")
    #expect(Self.needOthers(&cache, 2, 32) == "give up")
    #expect(Self.needOthers(&cache, 2, 61) == "give up")
    #expect(Self.needOthers(&cache, 2, 62) == "fetch")
    #expect(cache.fail(at: Self.time(63)) == .outage)
    #expect(Self.needOthers(&cache, 2, 92) == "give up")
    #expect(Self.needOthers(&cache, 2, 93) == "fetch")
  }

  @Test func `an operator may have them fetched at once, in an outage as well`() {
    var cache = Self.filled()
    cache.invalidate()
    #expect(Self.need(&cache, 1) == "use 1 and fetch")
    #expect(cache.fail(at: Self.time(2)) == .outage)
    #expect(Self.need(&cache, 3) == "use 1")
    cache.invalidate()
    #expect(Self.need(&cache, 3) == "use 1 and fetch")
    #expect(cache.finish(with: Self.keys, at: Self.time(4)) == .recovery)
    #expect(Self.need(&cache, 4) == "use 2")
  }

  @Test func `a clock that is set, or read by two threads at once, neither stops fetching nor repeats it`() {
    var cache = Self.filled()
    #expect(Self.need(&cache, -1) == "use 1")
    #expect(Self.needOthers(&cache, 1, -29) == "give up")
    // Set back by a day: how old the keys are is not known any more.
    #expect(Self.need(&cache, -86_400) == "use 1 and fetch")
    #expect(cache.finish(with: Self.keys, at: Self.time(-86_399)) == nil)
    #expect(Self.need(&cache, -86_390) == "use 2")
    #expect(Self.need(&cache, 86_400) == "fetch")
  }
}

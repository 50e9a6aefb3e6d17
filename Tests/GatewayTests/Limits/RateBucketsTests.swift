import Identity
import TestSupport
import Testing

@testable import Gateway

@Suite struct RateBucketsTests {
  private let start = UnixTime(seconds: 1_000_000)

  /// How many of `tries` get one at that moment.
  private func taken(_ buckets: inout RateBuckets, _ tries: Int, of key: String = "a", at seconds: Int64) -> Int {
    (0..<tries).count { _ in buckets.take(key, now: start.adding(seconds: seconds)) == nil }
  }

  @Test(arguments: [1, 7, 30, 60, 1200]) func `a minute's worth at once, and no more`(limit: Int) {
    var buckets = RateBuckets(perMinute: limit)
    #expect(taken(&buckets, limit + 5, at: 0) == limit)
    #expect(taken(&buckets, limit + 5, at: 60) == limit)
    #expect(taken(&buckets, limit + 5, at: 6000) == limit)
  }

  @Test(arguments: [1, 7, 30, 59, 60, 61, 1200]) func `waiting as long as it says is enough, and less is not`(
    limit: Int
  ) {
    var buckets = RateBuckets(perMinute: limit)
    _ = taken(&buckets, limit, at: 0)
    guard let wait = buckets.take("a", now: start) else {
      Issue.record("The bucket of \(limit) holds more.")
      return
    }
    #expect((1...60).contains(wait))
    if wait > 1 { #expect(taken(&buckets, 1, at: wait - 1) == 0) }
    #expect(taken(&buckets, 1, at: wait) == 1)
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func `over any time no more than the rate and one bucket`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let limit = Int.random(in: 1...100, using: &random)
    var buckets = RateBuckets(perMinute: limit)
    var (now, passed) = (Int64(0), 0)
    for _ in 0..<500 {
      now += Int64.random(in: 0...10, using: &random)
      passed += taken(&buckets, Int.random(in: 0...5, using: &random), at: now)
      #expect(passed <= limit + limit * Int(now) / 60, "seed \(seed) at \(now)")
    }
  }

  @Test func `a limit of zero is none`() {
    var buckets = RateBuckets(perMinute: 0)
    #expect(taken(&buckets, 10_000, at: 0) == 10_000)
    #expect(buckets.keyCount == 0)
  }

  @Test func `keys have nothing to do with each other`() {
    var buckets = RateBuckets(perMinute: 2)
    #expect(taken(&buckets, 3, of: "a", at: 0) == 2)
    #expect(taken(&buckets, 3, of: "b", at: 0) == 2)
  }

  @Test func `a clock that is set back locks nobody out`() {
    var buckets = RateBuckets(perMinute: 60)
    _ = taken(&buckets, 60, at: 0)
    #expect(taken(&buckets, 5, at: -3600) == 0)
    #expect(taken(&buckets, 5, at: -3598) == 2)
  }

  @Test func `the number of keys is bounded and those in use are remembered`() {
    var buckets = RateBuckets(perMinute: 1, keyLimit: 10)
    #expect(taken(&buckets, 1, of: "kept", at: 0) == 1)
    for index in 0..<1000 {
      _ = taken(&buckets, 1, of: "\(index)", at: 0)
      #expect(buckets.keyCount <= 10)
      #expect(taken(&buckets, 1, of: "kept", at: 0) == 0, "after \(index) others")
    }
    // Nobody has asked for it since.
    #expect(taken(&buckets, 1, of: "0", at: 0) == 1)
  }
}

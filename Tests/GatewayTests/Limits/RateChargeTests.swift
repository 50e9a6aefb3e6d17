import Identity
import TestSupport
import Testing

@testable import Gateway

/// What others have admitted, taken off a bucket.
@Suite struct RateChargeTests {
  private let start = UnixTime(seconds: 1_000_000)

  private func taken(_ buckets: inout RateBuckets, _ tries: Int, of key: String = "a", at seconds: Int64) -> Int {
    (0..<tries).count { _ in buckets.take(key, now: start.adding(seconds: seconds)) == nil }
  }

  private func charge(_ buckets: inout RateBuckets, _ count: Int64, age: Int64 = 0, at seconds: Int64) {
    buckets.charge("a", count, age: age, now: start.adding(seconds: seconds))
  }

  @Test func `what another admitted is not there any more, of this key alone`() {
    var buckets = RateBuckets(perMinute: 10)
    charge(&buckets, 4, at: 0)
    #expect(taken(&buckets, 20, at: 0) == 6)
    #expect(taken(&buckets, 20, of: "b", at: 0) == 10)
  }

  @Test func `what both admitted before they heard of each other is owed`() {
    var buckets = RateBuckets(perMinute: 60)
    #expect(taken(&buckets, 100, at: 0) == 60)
    charge(&buckets, 60, at: 0)
    #expect(buckets.take("a", now: start) == 61)
    #expect(taken(&buckets, 1, at: 60) == 0)
    #expect(taken(&buckets, 5, at: 61) == 1)
    #expect(taken(&buckets, 100, at: 121) == 60)
  }

  @Test(arguments: [0, -5, 1 << 40, Int64.max, Int64.min])
  func `any number is taken, and three minutes are owed at most`(
    count: Int64
  ) {
    var buckets = RateBuckets(perMinute: 60)
    for _ in 0..<3 { charge(&buckets, count, at: 0) }
    if count > 0 {
      #expect(taken(&buckets, 1, at: 180) == 0)
      #expect(taken(&buckets, 100, at: 241) == 60)
    } else {
      #expect(taken(&buckets, 100, at: 0) == 60)
    }
  }

  @Test func `what is told late counts for when it was, and what is a minute old for nothing`() {
    var late = RateBuckets(perMinute: 60)
    charge(&late, 60, age: 45, at: 100)
    #expect(taken(&late, 100, at: 100) == 45)
    var gone = RateBuckets(perMinute: 60)
    charge(&gone, 60, age: 60, at: 100)
    #expect(taken(&gone, 100, at: 100) == 60)
    // A bucket that was looked at since then has had what came in; it is not given twice.
    var known = RateBuckets(perMinute: 60)
    #expect(taken(&known, 60, at: 0) == 60)
    #expect(taken(&known, 30, at: 40) == 30)
    charge(&known, 10, age: 30, at: 40)
    #expect(taken(&known, 100, at: 40) == 0)
    #expect(taken(&known, 100, at: 41) == 1)
  }

  @Test func `what was admitted is told once, and what was refused or charged is not`() {
    var buckets = RateBuckets(perMinute: 3)
    _ = taken(&buckets, 1, at: 0)
    #expect(buckets.takeUntold().isEmpty, "Nobody is told.")
    buckets.beginTelling()
    charge(&buckets, 1, at: 0)
    _ = taken(&buckets, 5, at: 0)
    _ = taken(&buckets, 2, of: "b", at: 0)
    #expect(buckets.takeUntold() == ["a": 1, "b": 2])
    #expect(buckets.takeUntold().isEmpty)
    var unlimited = RateBuckets(perMinute: 0)
    unlimited.beginTelling()
    _ = taken(&unlimited, 5, at: 0)
    charge(&unlimited, 5, at: 0)
    #expect(unlimited.takeUntold().isEmpty && unlimited.keyCount == 0)
  }

  @Test func `however many keys come, a bounded number is remembered and told`() {
    var buckets = RateBuckets(perMinute: 1, keyLimit: 10)
    buckets.beginTelling()
    for index in 0..<1000 {
      _ = taken(&buckets, 1, of: "\(index)", at: 0)
      buckets.charge("other \(index)", 1, age: 0, now: start)
      #expect(buckets.keyCount <= 10)
    }
    #expect(buckets.takeUntold().count == 5)
  }
}

import Identity

/// How often each of many keys may do something: a bucket of tokens each, filled at an even pace up to what is allowed in a minute.
/// A value: time comes in.
///
/// Gateways that share a limit tell each other what they admitted. Each takes that off its own bucket, which may owe something then: what was
/// admitted by all together before they heard of each other is made up for, so that the rate of all is right over time.
///
/// It remembers a bounded number of keys. Those that were not used while as many others came are forgotten, and begin anew with a full
/// bucket, which they would have again after some minutes in any case.
struct RateBuckets: Sendable {
  /// A sixtieth of a token, so that whole seconds fill whole numbers.
  private struct Bucket {
    var level: Int64
    var filled: Int64
  }

  private static let token: Int64 = 60
  /// A bucket owes at most so many minutes' worth. More would be owed only where more than four gateways admit all they can at once.
  private static let minutesOwed: Int64 = 3
  /// An empty bucket is full again after so many seconds, so what was admitted before that does not matter any more.
  static let secondsToFill: Int64 = 60

  private let perMinute: Int64
  private let keysPerGeneration: Int
  /// Keys used since the last turn of generations, and those of before.
  private var young: [String: Bucket] = [:]
  private var old: [String: Bucket] = [:]
  /// What was admitted here and is still to be told. Nil: nobody is told.
  private var untold: [String: Int64]?

  /// - Parameters:
  ///   - perMinute: 0 is no limit at all.
  ///   - keyLimit: the number of keys remembered at most.
  init(perMinute: Int, keyLimit: Int = 20_000) {
    self.perMinute = Int64(perMinute)
    keysPerGeneration = max(1, keyLimit / 2)
  }

  var keyCount: Int { young.count + old.count }

  private var full: Int64 { perMinute * Self.token }

  /// Takes a token out of the key's bucket. Nil: there was one. Otherwise the whole seconds until there will be one.
  mutating func take(_ key: String, now: UnixTime) -> Int64? {
    if perMinute == 0 { return nil }
    var bucket = bucket(key, now: now)
    fill(&bucket, now)
    let lacking = Self.token - bucket.level
    if lacking <= 0 {
      bucket.level -= Self.token
      note(key)
    }
    keep(bucket, for: key)
    return lacking <= 0 ? nil : (lacking + perMinute - 1) / perMinute
  }

  private func fill(_ bucket: inout Bucket, _ now: UnixTime) {
    // A clock that was set back gives nothing and takes nothing.
    let elapsed = min(max(0, now.seconds - bucket.filled), Self.secondsToFill * (1 + Self.minutesOwed))
    bucket.level = min(full, bucket.level + elapsed * perMinute)
    bucket.filled = now.seconds
  }

  private mutating func bucket(_ key: String, now: UnixTime) -> Bucket {
    young[key] ?? old.removeValue(forKey: key) ?? Bucket(level: full, filled: now.seconds)
  }

  private mutating func keep(_ bucket: Bucket, for key: String) {
    if young.count >= keysPerGeneration, young[key] == nil {
      old = young
      young = [:]
    }
    young[key] = bucket
  }
}

extension RateBuckets {
  /// From now on what is admitted is noted, to be told.
  mutating func beginTelling() {
    if perMinute > 0 { untold = untold ?? [:] }
  }

  private mutating func note(_ key: String) {
    // More keys than these are told of in no round.
    let mayGrow = (untold?.count ?? 0) < keysPerGeneration
    if mayGrow || untold?[key] != nil { untold?[key, default: 0] += 1 }
  }

  /// What was admitted here since it was asked for before.
  mutating func takeUntold() -> [String: Int64] {
    guard let noted = untold else { return [:] }
    untold = [:]
    return noted
  }

  /// Takes off what others have admitted some seconds ago.
  mutating func charge(_ key: String, _ count: Int64, age: Int64, now: UnixTime) {
    guard perMinute > 0, count > 0, age < Self.secondsToFill else { return }
    let then = now.adding(seconds: -max(0, age))
    var bucket = bucket(key, now: then)
    // What has come in since then is there already, or comes with the next look.
    if bucket.filled < then.seconds { fill(&bucket, then) }
    let most = perMinute * (1 + Self.minutesOwed)
    bucket.level = max(-full * Self.minutesOwed, bucket.level - min(count, most) * Self.token)
    keep(bucket, for: key)
  }
}

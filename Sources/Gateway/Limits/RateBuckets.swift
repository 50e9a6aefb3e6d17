import Identity

/// How often each of many keys may do something: a bucket of tokens each, filled at an even pace up to what is allowed in a minute.
/// A value: time comes in.
///
/// It remembers a bounded number of keys. Those that were not used while as many others came are forgotten, and begin anew with a full
/// bucket, which they would have again after a minute in any case.
struct RateBuckets: Sendable {
  /// A sixtieth of a token, so that whole seconds fill whole numbers.
  private struct Bucket {
    var level: Int64
    var filled: Int64
  }

  private static let token: Int64 = 60

  private let perMinute: Int64
  private let keysPerGeneration: Int
  /// Keys used since the last turn of generations, and those of before.
  private var young: [String: Bucket] = [:]
  private var old: [String: Bucket] = [:]

  /// - Parameters:
  ///   - perMinute: 0 is no limit at all.
  ///   - keyLimit: the number of keys remembered at most.
  init(perMinute: Int, keyLimit: Int = 20_000) {
    self.perMinute = Int64(perMinute)
    keysPerGeneration = max(1, keyLimit / 2)
  }

  var keyCount: Int { young.count + old.count }

  /// Takes a token out of the key's bucket. Nil: there was one. Otherwise the whole seconds until there will be one.
  mutating func take(_ key: String, now: UnixTime) -> Int64? {
    if perMinute == 0 { return nil }
    var bucket =
      young[key] ?? old.removeValue(forKey: key) ?? Bucket(level: perMinute * Self.token, filled: now.seconds)
    // A clock that was set back gives nothing and takes nothing.
    let elapsed = min(max(0, now.seconds - bucket.filled), 60)
    bucket.level = min(perMinute * Self.token, bucket.level + elapsed * perMinute)
    bucket.filled = now.seconds
    let lacking = Self.token - bucket.level
    if lacking <= 0 { bucket.level -= Self.token }
    keep(bucket, for: key)
    return lacking <= 0 ? nil : (lacking + perMinute - 1) / perMinute
  }

  private mutating func keep(_ bucket: Bucket, for key: String) {
    if young.count >= keysPerGeneration, young[key] == nil {
      old = young
      young = [:]
    }
    young[key] = bucket
  }
}

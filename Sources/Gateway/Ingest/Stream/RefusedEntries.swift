import HTTP
import Telemetry

/// Tells of entries that were refused: the first at once, and then one line in a while for all.
struct RefusedEntries {
  private static let silence: Duration = .seconds(10)

  private let log: Log
  private var count = 0
  private var latest: (id: String, refusal: Refusal)?
  private var told: ContinuousClock.Instant?

  init(log: Log) { self.log = log }

  mutating func add(_ refused: [(id: String, refusal: Refusal)]) {
    guard let last = refused.last else { return }
    count += refused.count
    latest = last
    flush()
  }

  /// Unless it is too early.
  mutating func flush() {
    guard let latest, count > 0 else { return }
    let now = ContinuousClock.now
    if let told, now - told < Self.silence { return }
    log.warning(
      "entries of the stream were refused",
      [
        "count": .int(count), "latest": .string(latest.id), "code": .string(latest.refusal.word),
        "why": .string(latest.refusal.detail),
      ])
    (count, told) = (0, now)
  }
}

import Identity
import Journal
import Telemetry

/// Tells the other gateways of a journal several times a second what was admitted here, and hears what was admitted there. No request waits
/// for it. While the server is away each gateway counts by itself, and what could not be told is not told later.
struct RateSharing: Sendable {
  static let pause: Duration = .milliseconds(300)
  /// In one round. A flood of addresses is bounded where it comes in, and is no flood for the server.
  static let keysAtOnce = 256

  private let rates: RateGate
  private let counts: RedisCounts
  private let clock: GatewayClock
  private let log: Log
  private let name: String

  init(_ rates: RateGate, _ counts: RedisCounts, clock: GatewayClock, log: Log) {
    self.rates = rates
    self.counts = counts
    self.clock = clock
    self.log = log
    name = Base64URL.encode(SecureRandom.bytes(9))
  }

  /// Until it is cancelled.
  func start() -> Task<Void, Never> {
    rates.beginTelling()
    return Task { await run() }
  }

  private func run() async {
    var hearing = RateHearing(name: name)
    var number: Int64 = 0
    var isAlone = false
    repeat {
      number += 1
      do throws(JournalError) {
        let news = try await counts.exchange(
          rates.takeUntold(limit: Self.keysAtOnce), of: name, number: number, after: hearing.next(now: seconds))
        for round in hearing.hear(news, now: seconds) { rates.hear(round) }
        isAlone = false
      } catch {
        if !isAlone, !Task.isCancelled {
          log.warning("rates are counted by this gateway alone", ["why": .string(error.description)])
        }
        isAlone = true
      }
    } while (try? await Task.sleep(for: Self.pause)) != nil
  }

  private var seconds: Int64 { clock.steady() / 1000 }
}

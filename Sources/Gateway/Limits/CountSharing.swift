import Identity
import Journal
import Telemetry

/// Tells the other gateways of a journal several times a second what was admitted here and how many streams are open, and hears the same of
/// them. No request waits for it. While the server is away each gateway counts by itself; rates that could not be told are not told
/// later, open streams are.
struct CountSharing: Sendable {
  static let pause: Duration = .milliseconds(300)
  /// In one round. A flood of addresses is bounded where it comes in, and is no flood for the server.
  static let keysAtOnce = 256

  private let rates: RateGate
  private let grants: StreamGrants
  private let counts: RedisCounts
  private let figures: CountFigures
  private let clock: GatewayClock
  private let log: Log

  init(
    _ rates: RateGate, _ grants: StreamGrants, _ counts: RedisCounts, figures: CountFigures, clock: GatewayClock,
    log: Log
  ) {
    self.rates = rates
    self.grants = grants
    self.counts = counts
    self.figures = figures
    self.clock = clock
    self.log = log
  }

  /// Until it is cancelled.
  func start() -> Task<Void, Never> {
    rates.beginTelling()
    grants.count { $0.tellAnew(as: Self.newName()) }
    figures.wentWell()
    return Task { await run() }
  }

  private func run() async {
    let name = Self.newName()
    var hearing = RateHearing(name: name)
    var number: Int64 = 0
    var isAlone = false
    repeat {
      number += 1
      do throws(JournalError) {
        let news = try await counts.exchange(
          rates.takeUntold(limit: Self.keysAtOnce), of: name, number: number, after: hearing.next(now: seconds))
        for round in hearing.hear(news, now: seconds) { rates.hear(round) }
        try await tellStreams()
        figures.wentWell()
        isAlone = false
      } catch {
        grants.count { $0.beAlone(next: Self.newName()) }
        if !isAlone, !Task.isCancelled {
          log.warning(
            "rates and open streams are counted by this gateway alone", ["why": .string(error.description)])
        }
        isAlone = true
      }
    } while (try? await Task.sleep(for: Self.pause)) != nil
    let told = grants.count { $0.endTelling() }
    // Whatever is still open here is about to end. Where the server is away, nobody waits for it again: it forgets by itself.
    if !isAlone, let told { try? await counts.leave(told) }
  }

  private func tellStreams() async throws(JournalError) {
    guard let told = grants.count({ $0.tell(limit: Self.keysAtOnce) }) else { return }
    let news = try await counts.exchange(told)
    grants.count { $0.hear(news, next: Self.newName()) }
  }

  private static func newName() -> String { Base64URL.encode(SecureRandom.bytes(9)) }
  private var seconds: Int64 { clock.steady() / 1000 }
}

import A2A
import HTTP

/// A card with what its answer said about keeping it.
struct KeptCard: Sendable {
  let card: AgentCard
  /// As it was sent.
  let body: [UInt8]
  let tag: String?
  private(set) var freshUntil: ContinuousClock.Instant

  init(_ card: AgentCard, body: [UInt8], fields: HTTPFields, now: ContinuousClock.Instant) {
    self.card = card
    self.body = body
    tag = fields["etag"]
    freshUntil = now + CardFreshness.lifetime(fields)
  }

  func isFresh(at now: ContinuousClock.Instant) -> Bool { now < freshUntil }

  /// The agent says that it is still the one.
  mutating func confirm(_ fields: HTTPFields, now: ContinuousClock.Instant) {
    freshUntil = now + CardFreshness.lifetime(fields)
  }

  /// The agent could not be asked.
  mutating func postpone(by pause: Duration, now: ContinuousClock.Instant) {
    freshUntil = now + pause
  }
}

import A2A
import HTTP

/// Whom notifications are for: their order counts among those of one configuration.
package struct PushReceiver: Sendable, Hashable {
  let task: String
  let config: String

  package init(task: String, config: String) {
    self.task = task
    self.config = config
  }
}

/// One notification, ready to be sent as often as it takes.
package struct PushNotification: Sendable {
  let target: PushTarget
  let mediaType: String
  let body: [UInt8]
  let since: ContinuousClock.Instant

  /// - Parameter body: in 1.0 the event, in 0.3 the task as it is behind it.
  init(_ body: [UInt8], for target: PushTarget, _ version: ProtocolVersion, since: ContinuousClock.Instant) {
    self.target = target
    self.body = body
    self.since = since
    mediaType = version == .v1 ? "application/a2a+json" : "application/json"
  }
}

/// What became of one.
package enum PushOutcome: Sendable, Equatable {
  case delivered
  /// With a word in the log.
  case givenUp
  /// Nobody wants to know any more.
  case abandoned
}

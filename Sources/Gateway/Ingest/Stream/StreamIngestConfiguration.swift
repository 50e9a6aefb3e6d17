/// A Redis stream from which events are taken, and in whose name.
package struct StreamIngestConfiguration: Sendable {
  package var redis: RedisConfiguration
  package var stream = "signalbox:events"
  package var group = "signalbox"
  /// The name that the policy gives to whoever publishes there.
  package var principal: String
  /// How long a gateway that is gone keeps the others from reading.
  package var lease: Duration = .seconds(10)

  package init(redis: RedisConfiguration, principal: String) {
    self.redis = redis
    self.principal = principal
  }

  /// Where entries go that cannot be taken.
  var refusedStream: String { stream + ":refused" }
  /// Says which gateway reads.
  var leaseKey: String { "\(stream):\(group):reader" }
  /// Names the journal into which it is written.
  var journalKey: String { "\(stream):\(group):journal" }
}

/// How streams of records behave.
package struct StreamConfiguration: Sendable {
  /// Silence after which a comment is sent.
  package var heartbeat: Duration = .seconds(15)
  /// How long clients are told to wait before they come back, in the middle.
  package var retryMilliseconds = 2000
  /// How many streams a second are sent away at the end of the gateway; 0: all at once.
  package var leavePerSecond = 500
  /// The longest time that this may take. Those who are left then hear when to come back.
  package var leaveWithin: Duration = .seconds(15)
  /// How many streams are opened in a second, those who resume first; 0: all at once.
  package var admitPerSecond = 1000
  /// The longest time that a stream waits for its turn. Those who are left then hear when to come back.
  package var admitWithin: Duration = .seconds(10)
  /// The time they wait in.
  package var admissionClock = AdmissionClock.system
  /// Bytes that may wait for a slow reader before it is let go of.
  package var backlog = 256 << 10
  /// A number from 0 to 1, another one each time: spreads the clients that come back at once.
  package var random: @Sendable () -> Double = { Double.random(in: 0...1) }

  package init() {}

  /// The half of it at least, and one and a half times it at most.
  var nextRetry: Int { retryMilliseconds / 2 + Int(Double(retryMilliseconds) * random()) }
}

/// What one socket may ask for. Its client hears of them first (`welcome`).
struct SocketLimits: Sendable, Equatable {
  /// Messages in a second, over time; and at once, after a rest.
  var messagesPerSecond = 100
  var burst = 500
  /// For so long the budget may be used up before the socket is closed.
  var floodAfter: Duration = .seconds(10)
  /// Bad messages in a row before the socket is closed.
  var badInARow = 1000
  /// Commands that are neither acknowledged nor refused.
  var commandsInFlight = 64
  /// Commands of which it is not known what comes of them.
  var verdictsAwaited = 1000
  /// Tasks that are named in subscriptions.
  var tasks = 1000
}

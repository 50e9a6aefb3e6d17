package import A2A

/// How A2A is served on a listener.
package struct EndpointOptions: Sendable {
  /// Where JSON-RPC is, below the prefix; with and without a slash behind it. Everything else below the prefix is HTTP+JSON.
  package var jsonRPCPath = "/a2a"
  /// What is spoken here, as the card offers it. Default: 1.0, and 0.3 behind it.
  package var versions: [ProtocolVersion] = [.v1, .v0_3] {
    didSet { precondition(!versions.isEmpty, "An endpoint speaks one version at least.") }
  }
  /// Who may call.
  package var callers = CallerRule.anyone
  /// The largest request, in bytes; more is refused with 413. Default 4 MiB.
  package var bodyLimit = 4 << 20
  /// How long a call may take to be answered, a blocking send above all. Then it is answered with 503; the task goes on. Default 1 h.
  package var answerWithin: Duration = .seconds(3600)
  /// Silence on a stream after which a comment is sent. Default 15 s.
  package var heartbeat: Duration = .seconds(15)
  package var streams = StreamLimits()
  /// How long clients may keep the card without asking again, in seconds. Default 60.
  package var cardMaxAge = 60

  package init() {}
}

/// How many streams may be open at the same time.
package struct StreamLimits: Sendable, Equatable {
  /// Default 1000.
  package var total = 1000
  /// Of one caller. Default 100.
  package var perCaller = 100

  package init() {}
}

import Journal

/// The agents that the gateway has work done by, and how.
package struct WorkConfiguration: Sendable, Equatable {
  package var agents: [AgentConfiguration] = []
  /// Who gets tasks that name nobody. Nil: they have to name somebody, unless there is one agent only.
  package var defaultAgent: String?
  /// Who is talked to at `/chat`. Nil: nobody.
  package var chatAgent: String? = "reasoning"
  /// Threads for calls to agents, at most. 0: one for each two of the gateway's loops.
  package var loops = 0
  package var deadlines = RunDeadlines()
  package var limits = WorkLimits()
  /// The authority of the servers that push notifications go to. Nil: none are sent.
  package var pushAuthorityFile: String?
  /// Also to addresses of private networks and of this machine.
  package var allowsPrivatePush = false
  /// Where spans go, as OTLP over HTTP in JSON: the full URL. Nil: nowhere.
  package var spansURL: String?
  package var spansAuthorityFile: String?

  package init() {}
}

/// One agent, by the name that people, policies and tasks call it.
package struct AgentConfiguration: Sendable, Equatable {
  package var name: String
  /// Of its card, or of its host: then the card is at the well-known place.
  package var url: String
  /// What we show it. Nil: nothing.
  package var certificateFile: String?
  package var keyFile: String?
  /// Who vouches for its certificate.
  package var authorityFile: String
  package var revocationFile: String?
  /// Names of which its certificate must have one, URIs or DNS names. Empty: the host of its URL.
  package var serverNames: [String] = []
  /// A JWK set of which one key must have signed its card. Nil: signatures are not looked at.
  package var cardKeysFile: String?
  /// Who may see it and give it work, beside what the policy says. Nil: whoever the policy lets.
  package var principals: [String]?
  /// Tasks that it works on at once. More wait.
  package var running = 100

  package init(name: String, url: String, authorityFile: String) {
    self.name = name
    self.url = url
    self.authorityFile = authorityFile
  }
}

/// How long each stage of a task may last.
package struct RunDeadlines: Sendable, Equatable {
  /// To a finished TLS handshake with the agent. Default 5 s.
  package var connect: Duration = .seconds(5)
  /// From the end of the request to the agent's first event. Default 10 s.
  package var firstEvent: Duration = .seconds(10)
  /// Without a sign of life of the agent's, heartbeats included. Default 60 s.
  package var silence: Duration = .seconds(60)
  /// From the moment in which the agent gets it; waiting for a person does not count. Default 15 min.
  package var whole: Duration = .seconds(900)
  /// In which an agent that is out of reach must be found again. Default 60 s.
  package var lost: Duration = .seconds(60)
  /// In which an agent that was asked to stop must have stopped. Default 10 s.
  package var cancel: Duration = .seconds(10)
  /// For which somebody who answers a question holds it, so that others see who does. Default 120 s.
  package var claim: Duration = .seconds(120)

  package init() {}
}

/// How much work there may be at once, at all gateways of a journal together. What is more waits, and is told its place.
package struct WorkLimits: Sendable, Equatable {
  /// Tasks that run, in all. Default 1000.
  package var running = 1000
  /// Of one principal. Default 100.
  package var perPrincipal = 100
  /// That wait, in all; more are refused. Default 10 000.
  package var waiting = 10_000

  package init() {}

  var bounds: LineBounds { LineBounds(running: running, perPrincipal: perPrincipal, waiting: waiting) }
}

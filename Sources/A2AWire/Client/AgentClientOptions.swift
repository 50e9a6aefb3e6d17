package import HTTP
import Wire

/// How an `AgentClient` goes about its calls.
package struct AgentClientOptions: Sendable {
  package var interfaces = InterfaceRules()
  package var deadlines = AgentDeadlines()
  package var limits = AgentLimits()
  /// Sent with every request, with that for the card as well: credentials.
  package var fields = HTTPFields()
  /// URIs of the extensions that are to be active (`A2A-Extensions`) with agents whose card declares them.
  package var extensions: [String] = []
  /// The step of a trace that calls come from. That for the card is none of them: it serves many.
  var trace: CallTrace?
  /// See `AgentClient.awaiting`.
  var beforeSending: (@Sendable () async throws -> Void)?

  package init() {}
}

/// How long each stage of a call may last.
package struct AgentDeadlines: Sendable {
  /// To a finished TLS handshake. Default 5 s.
  package var connect: Duration = .seconds(5)
  /// From the end of the request to the head of the answer. Default 30 s: there are agents that answer with their first event.
  package var firstByte: Duration = .seconds(30)
  /// Without a byte of the answer, heartbeats included. Default 60 s: agents should send something every 15.
  package var silence: Duration = .seconds(60)
  /// A call that is no stream, as a whole. Default 60 s.
  package var total: Duration = .seconds(60)
  /// The same for a message whose answer waits for the end of its task. Default 10 min.
  package var blockingSend: Duration = .seconds(600)
  /// For the agent to close a stream behind its last event; after that we do. Default 5 s.
  package var closing: Duration = .seconds(5)

  package init() {}

  var ofCall: ClientDeadlines { clientDeadlines(answer: firstByte, silence: silence, total: total) }
  /// The head may come long before the answer, and then nothing for as long.
  var ofBlockingSend: ClientDeadlines {
    clientDeadlines(answer: blockingSend, silence: blockingSend, total: blockingSend)
  }
  var ofStream: ClientDeadlines { clientDeadlines(answer: firstByte, silence: silence, total: nil) }

  private func clientDeadlines(answer: Duration, silence: Duration, total: Duration?) -> ClientDeadlines {
    var deadlines = ClientDeadlines()
    deadlines.connect = connect
    deadlines.answer = answer
    deadlines.idle = silence
    deadlines.total = total
    return deadlines
  }
}

/// How much of everything is taken from an agent.
package struct AgentLimits: Sendable {
  /// Bytes of a card. Default 256 KiB.
  package var card = 256 << 10
  /// Bytes of an answer that is no stream. Default 16 MiB.
  package var answer = 16 << 20
  /// Bytes of one event of a stream. Default 4 MiB.
  package var event = 4 << 20

  package init() {}

  var ofEvents: EventStreamLimits {
    var limits = EventStreamLimits()
    limits.maxData = event
    // Its name and a blank.
    limits.maxLine = event + 6
    return limits
  }
}

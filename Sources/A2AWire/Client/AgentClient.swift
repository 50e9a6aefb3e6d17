package import A2A
package import HTTP
import Telemetry
package import Wire

/// Calls an agent in A2A: finds its card, chooses an interface from it, and speaks the version and the binding that are spoken there.
///
/// The card is kept as long as its answer permits and then asked for again, with its tag. Errors are `AgentCallError`, all of them;
/// cancelling the task that calls closes the connection at once. Nothing is repeated but what only reads, once, where a connection
/// that had been waiting turns out to be over. Redirects are not followed.
package struct AgentClient: Sendable {
  private let http: HTTPClient
  private(set) var options: AgentClientOptions
  private let cards: CardKeeper

  /// The agent whose card is at this place.
  package init(card url: ServiceURL, over http: HTTPClient, options: AgentClientOptions = AgentClientOptions()) {
    self.http = http
    self.options = options
    cards = CardKeeper(url, over: http, options: options)
  }

  /// The agent of a host, whose card is at the well-known place; the path of the URL does not matter.
  package init(
    at origin: ServiceURL, over http: HTTPClient, options: AgentClientOptions = AgentClientOptions()
  ) throws(ServiceURLError) {
    self.init(card: try origin.resolving("/.well-known/agent-card.json"), over: http, options: options)
  }

  /// The same agent and the same card, asked with these fields more: for what names a single call, such as an idempotency key.
  package func with(_ fields: HTTPFields) -> AgentClient {
    var client = self
    for field in fields { client.options.fields.append(field.name, field.value) }
    return client
  }

  /// The same agent, asked as a part of what is done at this step of a trace.
  package func traced(_ trace: CallTrace) -> AgentClient {
    var client = self
    client.options.trace = trace
    return client
  }

  /// The same agent, asked so that this is awaited while the connection for a call stands and nothing of its request has left. With an
  /// error of it nothing is sent, and the call counts as `.cancelled`. The call for the card goes without.
  package func awaiting(beforeSending: @escaping @Sendable () async throws -> Void) -> AgentClient {
    var client = self
    client.options.beforeSending = beforeSending
    return client
  }

  /// What the agent says of itself: kept, or asked for when it is old.
  package func card() async throws(AgentCallError) -> AgentCard {
    try await cards.card()
  }

  /// Asks for the card now, however fresh the kept one is, and keeps it. Throws as well when it offers nothing that can be used.
  package func readCard() async throws(AgentCallError) -> CardReading {
    try await cards.read()
  }

  /// What the agent says of itself to us alone. From here on it takes the place of the other, also for the choice of the interface.
  package func extendedCard() async throws(AgentCallError) -> AgentCard {
    let card = try await answer(to: .getExtendedCard(GetExtendedCardRequest())) {
      if case .card(let card) = $0 { card } else { nil }
    }
    await cards.replace(with: card)
    return card
  }

  /// Where the next call goes.
  package func interface() async throws(AgentCallError) -> ChosenInterface {
    try await cards.session().interface
  }

  // MARK: One answer

  /// Calls, and gives what `pick` finds in the answer. A task in it must be the one that was asked about, where one was.
  func answer<Value>(
    to operation: Operation, about taskID: String? = nil, within deadlines: ClientDeadlines? = nil,
    _ pick: (OperationResult) -> Value?
  ) async throws(AgentCallError) -> Value {
    let attempt = try await attempt(operation)
    let step = options.trace?.begin(attempt)
    do throws(AgentCallError) {
      let deadlines = deadlines ?? options.deadlines.ofCall
      let value = try await answer(to: attempt, about: taskID, within: deadlines, fields(of: step), pick)
      step?.end()
      return value
    } catch {
      step?.end(error)
      throw error
    }
  }

  private func fields(of step: CallStep?) -> HTTPFields {
    guard let step else { return options.fields }
    var fields = options.fields
    fields.append("traceparent", step.context.traceparent)
    if let state = step.context.state { fields.append("tracestate", state.text) }
    return fields
  }

  private func answer<Value>(
    to attempt: CallAttempt, about taskID: String?, within deadlines: ClientDeadlines, _ fields: HTTPFields,
    _ pick: (OperationResult) -> Value?
  ) async throws(AgentCallError) -> Value {
    let response = try await attempt.send(over: http, fields, within: deadlines, options.beforeSending)
    let result = try await attempt.result(of: response, limit: options.limits.answer, within: deadlines.total)
    if let taskID, let other = result.taskID, other != taskID {
      throw attempt.error(.breach(.foreignTask(id: other, expected: taskID)))
    }
    guard let value = pick(result) else {
      throw attempt.error(.breach(.unreadable("It is the answer to another operation.")))
    }
    return value
  }

  /// An error that shows in several answers together.
  func error(_ breach: ProtocolBreach, _ operation: AgentOperation) async -> AgentCallError {
    AgentCallError(.breach(breach), operation, at: await cards.agent)
  }

  private func attempt(_ operation: Operation) async throws(AgentCallError) -> CallAttempt {
    let session = try await cards.session()
    let call = ClientCall(
      operation.with(tenant: session.interface.tenant), in: session.interface.dialect, id: session.callID,
      extensions: session.extensions)
    return CallAttempt(call: call, interface: session.interface, agent: session.agent)
  }

  // MARK: Streams

  func events(
    of operation: Operation, _ opening: (Dialect) -> StreamRules.Opening
  ) async throws(AgentCallError) -> TaskEventStream {
    let attempt = try await attempt(operation)
    return try await events(of: attempt, StreamRules(opening(attempt.call.dialect)))
  }

  private func events(of attempt: CallAttempt, _ rules: StreamRules) async throws(AgentCallError) -> TaskEventStream {
    let step = options.trace?.begin(attempt)
    do throws(AgentCallError) {
      let stream = try await stream(of: attempt, rules, fields(of: step))
      step?.end()
      return stream
    } catch {
      step?.end(error)
      guard let byGet = attempt.call.byGet, error.meansNoSuchMethod else { throw error }
      return try await events(of: attempt.with(byGet), rules)
    }
  }

  private func stream(
    of attempt: CallAttempt, _ rules: StreamRules, _ fields: HTTPFields
  ) async throws(AgentCallError) -> TaskEventStream {
    let response = try await attempt.send(over: http, fields, within: options.deadlines.ofStream, options.beforeSending)
    if response.status == .ok, response.mediaType == "text/event-stream" {
      do {
        let events = try await response.events(limits: options.limits.ofEvents)
        return TaskEventStream(
          events, of: response, attempt: attempt, rules: rules, closing: options.deadlines.closing)
      } catch {
        throw attempt.error(error)
      }
    }
    _ = try await attempt.result(of: response, limit: options.limits.answer, within: options.deadlines.total)
    throw attempt.error(.breach(.noStream))
  }
}

extension OperationResult {
  fileprivate var taskID: String? {
    switch self {
    case .task(let task), .sent(.task(let task)): task.id
    case .sent(.message), .tasks, .pushConfig, .pushConfigs, .nothing, .card: nil
    }
  }
}

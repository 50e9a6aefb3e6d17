package import A2A
import HTTP
import Wire

/// The events of a task, as the agent sends them. Pulled: an agent that sends faster than its events are asked for is made to wait.
/// For one task of ours; letting go of it closes the connection, and touches no task of the agent's.
package final class TaskEventStream {
  private enum Phase {
    case open
    case ended
    case failed(AgentCallError)
  }

  private let events: ClientEventStream
  private let response: ClientResponse
  private let attempt: CallAttempt
  /// How long the agent has to close the stream when all is said.
  private let closing: Duration
  private var rules: StreamRules
  private var phase = Phase.open

  init(
    _ events: ClientEventStream, of response: ClientResponse, attempt: CallAttempt, rules: StreamRules,
    closing: Duration
  ) {
    self.events = events
    self.response = response
    self.attempt = attempt
    self.rules = rules
    self.closing = closing
  }

  /// The last state that the agent has told.
  package var lastState: TaskState? { rules.lastState }

  /// The next event, or nil when the stream has ended as it should: at a terminal state, behind a message, or closed properly in a
  /// state in which the agent waits for somebody. Every other end is thrown, each time anew.
  package func next() async throws(AgentCallError) -> TaskEvent? {
    switch phase {
    case .open: break
    case .ended: return nil
    case .failed(let error): throw error
    }
    do throws(AgentCallError) {
      if let event = try await read() { return event }
    } catch {
      phase = .failed(error)
      await response.body.close()
      throw error
    }
    phase = .ended
    return nil
  }

  /// Nobody will read on. `next` gives nil from now on.
  package func close() async {
    if case .open = phase { phase = .ended }
    await response.body.close()
  }

  private func read() async throws(AgentCallError) -> TaskEvent? {
    while true {
      let received: ReceivedEvent?
      do {
        received = try await pull()
      } catch let error as ClientError where rules.isOver || StreamCut(error) != nil {
        guard let cut = rules.cut(by: StreamCut(error) ?? .closed) else { return nil }
        throw attempt.error(.cut(lastState: rules.lastState, cut))
      } catch {
        throw attempt.error(error)
      }
      guard let received else {
        guard let cut = rules.cut(by: .closed) else { return nil }
        throw attempt.error(.cut(lastState: rules.lastState, cut))
      }
      // Signalbox's own farewell, which tells browsers why a stream ends; the end itself is what counts here.
      if received.type == "bye" { continue }
      let event = try attempt.event(received, of: response)
      do throws(ProtocolBreach) {
        try rules.admit(event)
      } catch {
        throw attempt.error(.breach(error))
      }
      return event
    }
  }

  private func pull() async throws -> ReceivedEvent? {
    guard rules.isOver else { return try await events.next() }
    return try await response.body.reading(within: closing) { try await events.next() }
  }
}

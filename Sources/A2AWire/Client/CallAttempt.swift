import A2A
import HTTP
import Wire

/// One call on its way: what is asked and where, and of whom, which every error of it says.
struct CallAttempt: Sendable {
  let call: ClientCall
  let interface: ChosenInterface
  /// For errors.
  let agent: String

  var operation: AgentOperation { .call(call.operation.name) }

  /// The same question in other words.
  func with(_ call: ClientCall) -> CallAttempt {
    CallAttempt(call: call, interface: interface, agent: agent)
  }

  /// Returns when the head of the answer is here.
  func send(
    over http: HTTPClient, _ fields: HTTPFields, within deadlines: ClientDeadlines,
    _ beforeSending: (@Sendable () async throws -> Void)?
  ) async throws(AgentCallError) -> ClientResponse {
    var request = try request(fields, deadlines)
    request.beforeSending = beforeSending
    do {
      return try await http.send(request)
    } catch let error as ClientError where operation.isReading && error.isBrokenOff {
      // As a rule a connection that had been waiting for this call, and that the agent has closed meanwhile.
      do { return try await http.send(request) } catch { throw self.error(error) }
    } catch {
      throw self.error(error)
    }
  }

  private func request(
    _ fields: HTTPFields, _ deadlines: ClientDeadlines
  ) throws(AgentCallError) -> ClientRequest {
    var all = call.fields
    for field in fields { all.append(field.name, field.value) }
    do throws(ServiceURLError) {
      return ClientRequest(
        call.method, try interface.url(for: call), fields: all, body: call.body.isEmpty ? .none : .bytes(call.body),
        deadlines: deadlines)
    } catch {
      throw self.error(.unsendable(error.description))
    }
  }

  // MARK: Reading

  /// Reads an answer that is no stream.
  func result(
    of response: ClientResponse, limit: Int, within time: Duration?
  ) async throws(AgentCallError) -> OperationResult {
    let body: [UInt8]
    do {
      body = try await response.body.reading(within: time) { try await response.body.collect(limit: limit) }
    } catch {
      throw self.error(error)
    }
    do throws(A2AError) {
      return try call.result(status: response.status, mediaType: response.mediaType, body: body)
    } catch {
      switch error.grounds {
      case .stated: throw self.error(.refused(error, PeerAnswer(response, body: body)))
      case .status: throw self.error(.answered(PeerAnswer(response, body: body)))
      case .unreadable: throw self.error(.breach(.unreadable(error.message)))
      }
    }
  }

  /// Reads an event of a stream.
  func event(_ event: ReceivedEvent, of response: ClientResponse) throws(AgentCallError) -> TaskEvent {
    do throws(A2AError) {
      return try call.event(type: event.type, data: event.data)
    } catch {
      if error.grounds == .unreadable { throw self.error(.breach(.unreadable(error.message))) }
      throw self.error(.refused(error, PeerAnswer(response, body: event.data)))
    }
  }

  // MARK: Errors

  func error(_ reason: AgentCallError.Reason) -> AgentCallError {
    AgentCallError(reason, operation, at: agent)
  }

  /// What a call over `Wire` threw.
  func error(_ error: any Error) -> AgentCallError {
    AgentCallError(thrown: error, operation, at: agent)
  }
}

extension AgentCallError {
  init(thrown error: any Error, _ operation: AgentOperation, at agent: String) {
    // Where a request's body is bytes, Wire throws nothing but its own error and that of the task's cancellation.
    let reason = (error as? ClientError).map { Reason.transport($0) } ?? .cancelled
    self.init(reason, operation, at: agent)
  }

  /// The address knows no such method: it is no answer of the agent's to the question.
  var meansNoSuchMethod: Bool {
    switch reason {
    case .refused(_, let answer): answer.status == .methodNotAllowed
    case .answered(let answer): [.methodNotAllowed, .notFound].contains(answer.status)
    default: false
    }
  }
}

extension ClientError {
  fileprivate var isBrokenOff: Bool {
    if case .brokenOff = reason { true } else { false }
  }
}

/// What the log says about one request when it is over.
package struct RequestRecord: Sendable, Equatable {
  package let requestID: RequestID
  /// The address the request came from.
  package let peer: String
  /// Who asked, if that was found out.
  package let principal: String?
  package let method: String
  /// The pattern of the route that answered, such as `/api/tasks/{task}`; it names no one and has few values.
  package let route: String
  /// The request target, from which secrets were taken out when the record was made.
  package let target: String?
  package let status: Int
  package let bytesIn: Int
  package let bytesOut: Int
  package let duration: Duration
  /// How it ended, when the status alone does not say so: the client left, a deadline passed.
  package let outcome: String?

  package init(
    requestID: RequestID, peer: String, principal: String? = nil, method: String, route: String, target: String? = nil,
    status: Int, bytesIn: Int, bytesOut: Int, duration: Duration, outcome: String? = nil
  ) {
    self.requestID = requestID
    self.peer = peer
    self.principal = principal
    self.method = method
    self.route = route
    self.target = target.map(Redaction.target)
    self.status = status
    self.bytesIn = bytesIn
    self.bytesOut = bytesOut
    self.duration = duration
    self.outcome = outcome
  }

  /// Writes the access line, at level info.
  package func write(to log: Log) {
    log.info("request", fields)
  }

  private var fields: LogFields {
    var fields: LogFields = ["request": .string(requestID.description), "peer": .string(peer)]
    if let principal { fields.append("principal", .string(principal)) }
    fields.append("method", .string(method))
    fields.append("route", .string(route))
    if let target { fields.append("target", .string(target)) }
    fields.append("status", .int(status))
    fields.append("bytesIn", .int(bytesIn))
    fields.append("bytesOut", .int(bytesOut))
    fields.append("duration", .duration(duration))
    if let outcome { fields.append("outcome", .string(outcome)) }
    return fields
  }
}

import HTTP

/// What all connections of a listener share: values, made before the first one comes.
struct ListenerContext: Sendable {
  let name: String
  let router: Router
  let deadlines: Deadlines
  let requestLimits: RequestLimits
  /// Sent with every answer that does not say otherwise.
  let fields: HTTPFields
  let admission: Admission
  let telemetry: ServerTelemetry
  /// Bytes that may wait in one connection's queue before a writer has to wait too.
  let outputLimit: Int

  /// Puts what every answer says beside an answer's own fields. Without a head it answers what is no request.
  func complete(_ own: inout HTTPFields, for head: RequestHead?) {
    for (name, value) in fields where !own.contains(name) { own.append(name, value) }
    if let head, let answerFields = router.answerFields { own.append(contentsOf: answerFields(head)) }
  }
}

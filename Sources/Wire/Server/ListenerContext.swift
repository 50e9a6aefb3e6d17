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
}

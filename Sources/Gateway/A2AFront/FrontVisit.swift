import HTTP
import Telemetry
import Wire

/// What a request brings along beside its call.
struct FrontVisit: Sendable {
  /// Names it in the log.
  let request: String
  /// `SocketAddress.neighbourhood`.
  let address: String
  /// The step that the call is of its caller's trace, or of one that begins here.
  let trace: TraceContext
  /// The sender's word against beginning a task twice.
  let keys: [String]
  /// For the audit trail.
  let source: CommandSource
  /// Told of each refusal, for the audit trail.
  let refused: @Sendable (Refusal) -> Void

  /// - Parameter route: its method and pattern.
  init(_ request: Request, route: String, refused: @escaping @Sendable (Refusal) -> Void) {
    self.request = request.id
    self.refused = refused
    source = CommandSource(request, route: route)
    address = request.peer.address.neighbourhood
    keys = request.head.fields.values(of: "idempotency-key")
    trace = request.trace
  }
}

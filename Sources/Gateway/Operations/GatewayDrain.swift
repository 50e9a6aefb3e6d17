import HTTP
import Identity
import Wire

/// The end of the gateway as somebody asks for it who may, over whichever listener: what SIGTERM does.
struct GatewayDrain: Sendable {
  let audit: AuditTrail
  let beginEnd: @Sendable () async -> Void

  /// - Parameters:
  ///   - why: in the asker's words.
  ///   - id: the asker's word for it.
  func begin(why: String? = nil, id: String? = nil, _ request: Request, route: String, _ asker: Asker?) async {
    var record = AuditRecord(.command, .ok, who: asker?.principal.name, from: request.peer.address.host)
    record.credential = asker?.credential.kind
    if case .session(let session) = asker?.credential { record.session = session.id }
    record.request = request.id
    record.route = route
    record.action = .administer
    record.detail = ["The gateway drains, and ends.", id.map { "Id: \($0)." }, why.map { "Why: \($0)" }]
      .compactMap { $0 }.joined(separator: " ")
    audit.write(record)
    await beginEnd()
  }
}

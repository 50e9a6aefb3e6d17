import HTTP
import Identity
import Wire

/// The end of the gateway as somebody asks for it who may, over whichever listener: what SIGTERM does.
struct GatewayDrain: Sendable {
  /// Streams a second, as somebody may ask for it.
  static let rates: ClosedRange<Int64> = 0...1_000_000

  let audit: AuditTrail
  /// With the streams a second that are to be sent away, where that is not to be as it is configured.
  let beginEnd: @Sendable (Int?) async -> Void

  /// - Parameters:
  ///   - rate: streams a second that are sent away; nil: as it is configured.
  ///   - why: in the asker's words.
  ///   - id: the asker's word for it.
  func begin(
    at rate: Int? = nil, why: String? = nil, id: String? = nil, _ request: Request, route: String, _ asker: Asker?
  ) async {
    var record = AuditRecord(.command, .ok, who: asker?.principal.name, from: request.peer.address.host)
    record.credential = asker?.credential.kind
    if case .session(let session) = asker?.credential { record.session = session.id }
    record.request = request.id
    record.route = route
    record.action = .administer
    let pace = rate.map { "It sends \($0 == 0 ? "all streams away at once" : "\($0) streams away in a second")." }
    record.detail = ["The gateway drains, and ends.", pace, id.map { "Id: \($0)." }, why.map { "Why: \($0)" }]
      .compactMap { $0 }.joined(separator: " ")
    audit.write(record)
    await beginEnd(rate)
  }
}

import HTTP
import Wire

// CORS: what listed pages are told. Off unless pages are listed. The origin in an answer is the listed one that asked; it is never `*`
// and never one that is not in the list.
extension CrossSiteRules {
  /// How long a browser may keep the answer to a preflight, in seconds. Short: what is allowed may change with the next start.
  private static let preflightLife = 600

  /// Has a listener's answers say who may read them, refusals included.
  func install(into router: inout Router) {
    guard !listed.isEmpty else { return }
    router.answerFields = answerFields
    router.preflight = preflight
  }

  private func answerFields(_ head: RequestHead) -> HTTPFields {
    // Said to everybody: a cache must not give one page what was made for another.
    var fields = HTTPFields([("vary", "origin")])
    guard let origin = listedOrigin(of: head) else { return fields }
    fields.append("access-control-allow-origin", origin)
    fields.append("access-control-allow-credentials", "true")
    fields.append("access-control-expose-headers", "x-request-id, retry-after, www-authenticate")
    return fields
  }

  private func preflight(_ head: RequestHead, methods: [HTTPMethod]) -> HTTPFields {
    guard listedOrigin(of: head) != nil else { return HTTPFields() }
    return HTTPFields([
      ("access-control-allow-methods", methods.map(\.rawValue).joined(separator: ", ")),
      ("access-control-allow-headers", "authorization, content-type, last-event-id, \(ShownCredentials.csrfField)"),
      ("access-control-max-age", "\(Self.preflightLife)"),
    ])
  }

  private func listedOrigin(of head: RequestHead) -> String? {
    let origins = head.fields.values(of: "origin")
    guard origins.count == 1, isListed(origins[0]) else { return nil }
    return origins[0].lowercased()
  }
}

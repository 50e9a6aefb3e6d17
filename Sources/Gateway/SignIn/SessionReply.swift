import HTTP
import Identity
import JSON
import Wire

/// Who somebody is here, as `/api/session` says it.
struct SessionReply: Sendable {
  let principal: Principal
  let credential: Asker.Credential
  private let csrf: String?

  init(principal: Principal, credential: Asker.Credential) {
    self.principal = principal
    self.credential = credential
    csrf = nil
  }

  /// - Parameter csrf: what the page has to send with each request that changes something.
  init(principal: Principal, session: Session, csrf: String?) {
    self.principal = principal
    credential = .session(session)
    self.csrf = csrf
  }

  func response(setCookie: String? = nil) -> Response {
    var writer = JSONWriter()
    writer.object { reply in
      reply.member("principal", principal.name)
      reply.member("tenant", ifPresent: principal.tenant)
      reply.array("roles") { list in for role in principal.roles.map(\.rawValue).sorted() { list.string(role) } }
      reply.array("may") { list in for action in principal.possibleActions { list.string(action.rawValue) } }
      reply.member("credential", credential.kind)
      if case .session(let session) = credential {
        // When nobody uses it, and the end that no use defers.
        reply.member("expires", session.expires.description)
        reply.member("ends", session.ends.description)
        reply.member("session", session.id)
      } else {
        reply.member("expires", credential.expires.description)
      }
      reply.member("csrf", ifPresent: csrf)
    }
    var response = Response.json(writer.bytes)
    if let setCookie { response.fields.append("set-cookie", setCookie) }
    return response
  }
}

extension Principal {
  /// What this principal may do at all, be it to some task or to the gateway.
  fileprivate var possibleActions: [Action] {
    Action.allCases.filter { decide($0, on: $0.isOfGateway ? .gateway : .something).isAllowed }
  }
}

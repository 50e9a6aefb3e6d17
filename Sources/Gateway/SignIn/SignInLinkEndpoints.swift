import HTTP
import Identity
import JSON
import Wire

/// `POST /sign-in-links` for operators: `{"principal": "alex"}` gives a link by which alex signs in, once.
struct SignInLinkEndpoints: Sendable {
  let desk: SessionDesk
  let links: LinkKeeper
  /// Where people reach the gateway: `https://box.example`.
  let publicURL: @Sendable () -> String

  private static let path = "/sign-in-links"

  func install(into router: inout SecuredRouter) {
    router.on(.post, Self.path, .may(.administer), options: SmallBody.options) { request, asker in
      try await make(request, asker)
    }
  }

  private func make(_ request: Request, _ asker: Asker?) async throws -> Response {
    guard let name = try await SmallBody.read(request, members: ["principal"])["principal"] else {
      throw Refusal.badBody("Nobody to make the link out to. Send {\"principal\": \"NAME\"}.")
    }
    let now = desk.identities.clock.now()
    guard case .known(let principal) = desk.identities.policy.identify(.link(name: name)) else {
      throw Refusal(
        .unprocessableContent, "The policy has nobody of that name who may sign in by a link.", code: "nobody-here")
    }
    let link = try await links.make(for: name, now: now)
    var record = AuditRecord(.link, .ok, who: asker?.principal.name, from: request.peer.address.host)
    record.credential = asker?.credential.kind
    record.request = request.id
    record.route = "POST \(Self.path)"
    record.detail = "A sign-in link for \(principal.name), good until \(link.expires)."
    desk.audit(record)
    var writer = JSONWriter()
    writer.object { reply in
      reply.member("principal", principal.name)
      // Behind the number sign: browsers send it to nobody, so it is in no log and no Referer.
      reply.member("url", "\(publicURL())/sign-in#\(link.token)")
      reply.member("expires", link.expires.description)
    }
    return .json(writer.bytes)
  }
}

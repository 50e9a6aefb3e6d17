import HTTP
import Identity
import JSON
import Wire

/// `/api/sessions`: where somebody is signed in, and signing out from afar. Who may administer sees and ends those of all.
struct SessionListEndpoints: Sendable {
  let desk: SessionDesk

  private static let path = "/api/sessions"
  /// More are not listed at once; those that were used last come first.
  private static let longest = 1000

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .known) { request, asker in try await list(request, asker) }
    router.on(.delete, Self.path, .known) { request, asker in try await endAll(request, asker) }
    router.on(.delete, "\(Self.path)/{id}", .known) { request, asker in try await endOne(request, asker) }
  }

  private func list(_ request: Request, _ asker: Asker?) async throws -> Response {
    let asker = try Self.known(asker)
    let own = asker.mayAdminister ? nil : asker.principal.name
    let sessions = try await desk.list(of: try Self.principal(request, asker) ?? own)
    let current = asker.session?.id
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("sessions") { list in
        for listed in sessions.prefix(Self.longest) {
          list.object { item in
            let session = listed.session
            item.member("id", session.id)
            item.member("principal", listed.owner)
            item.member("by", session.claims.kind)
            item.member("opened", session.opened.description)
            item.member("used", session.lastUsed.description)
            item.member("expires", session.expires.description)
            item.member("current", session.id == current)
          }
        }
      }
      reply.member("total", sessions.count)
    }
    return .json(writer.bytes)
  }

  private func endOne(_ request: Request, _ asker: Asker?) async throws -> Response {
    let asker = try Self.known(asker)
    // Somebody else's session answers as none does, so the own ones are what is looked through.
    let visible = try await desk.list(of: asker.mayAdminister ? nil : asker.principal.name)
    guard let listed = visible.first(where: { $0.session.id == request.parameters["id"] }) else {
      throw Refusal(.notFound, "There is no such session of yours. GET \(Self.path) lists them.")
    }
    return try await end([listed], asker, request, route: "DELETE \(Self.path)/{id}", body: nil)
  }

  private func endAll(_ request: Request, _ asker: Asker?) async throws -> Response {
    let asker = try Self.known(asker)
    let sessions = try await desk.list(of: try Self.principal(request, asker) ?? asker.principal.name)
    var writer = JSONWriter()
    writer.object { $0.member("ended", sessions.count) }
    return try await end(sessions, asker, request, route: "DELETE \(Self.path)", body: writer.bytes)
  }

  private func end(
    _ sessions: [ListedSession], _ asker: Asker, _ request: Request, route: String, body: [UInt8]?
  ) async throws -> Response {
    try await desk.end(sessions.map(\.session.id))
    for listed in sessions {
      let isOwn = listed.owner == asker.principal.name
      var record = AuditRecord(
        isOwn ? .signOut : .revoke, .ok, who: asker.principal.name, from: request.peer.address.host)
      if !isOwn { record.detail = "A session of \(listed.owner) was ended." }
      desk.write(record, listed.session, request, route: route)
    }
    var response = body.map { Response.json($0) } ?? Response(.noContent)
    if let current = asker.session?.id, sessions.contains(where: { $0.session.id == current }) {
      response.fields.append("set-cookie", SessionCookie.cleared)
    }
    return response
  }

  private static func known(_ asker: Asker?) throws(Refusal) -> Asker {
    guard let asker else { throw .notSignedIn }
    return asker
  }

  /// Whose sessions the query names; nil when it names nobody. Throws for another than the own name, unless one may administer.
  private static func principal(_ request: Request, _ asker: Asker) throws(Refusal) -> String? {
    let items = QueryItem.parse(request.head.target.query ?? "")
    guard !items.isEmpty else { return nil }
    guard items.count == 1, items[0].name == "principal" else {
      throw Refusal.badQuery("The query may have principal once, and nothing else.")
    }
    guard items[0].value == asker.principal.name || asker.mayAdminister else { throw .notAllowed }
    return items[0].value
  }
}

extension Asker {
  fileprivate var mayAdminister: Bool { principal.decide(.administer, on: .gateway).isAllowed }

  fileprivate var session: Session? {
    if case .session(let session) = credential { session } else { nil }
  }
}

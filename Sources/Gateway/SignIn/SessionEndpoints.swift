import HTTP
import Identity
import JSON
import Wire

/// `/api/session`: sign in, who am I, sign out, and a new cookie.
struct SessionEndpoints: Sendable {
  let desk: SessionDesk
  let links: LinkKeeper

  private static let path = "/api/session"

  func install(into router: inout SecuredRouter) {
    router.on(.post, Self.path, .signIn, options: SmallBody.options) { request, _ in try await signIn(request) }
    router.on(.get, Self.path, .known) { request, asker in try describe(request, asker) }
    router.on(.delete, Self.path, .known) { request, asker in try await signOut(request, asker) }
    router.on(.post, "\(Self.path)/refresh", .known, options: SmallBody.options) { request, asker in
      try await refresh(request, asker)
    }
  }

  /// `{"link": "…"}`, or a bearer token and no body.
  private func signIn(_ request: Request) async throws -> Response {
    let route = "POST \(Self.path)"
    let shown = try ShownCredentials(request.head.fields)
    let body = try await SmallBody.read(request, members: ["link"])
    let claims: CredentialClaims
    switch (body["link"], shown.token) {
    case (let link?, nil):
      guard let name = try await links.redeem(link, now: desk.identities.clock.now()) else {
        throw desk.refuse("The link was used, has expired, or never was.", request, route: route)
      }
      claims = .link(name: name)
    case (nil, let token?):
      claims = .token(try await verify(token, request, route: route))
    case (nil, nil):
      throw Refusal(
        .badRequest, "Nothing to sign in with. Send {\"link\": \"...\"}, or Authorization: Bearer.",
        code: "no-credential")
    case (_?, _?):
      throw Refusal(.badRequest, "Both a link and a token. Sign in with one of them.", code: "doubled-credential")
    }
    let signedIn = try await desk.signIn(claims, for: request, route: route)
    return SessionReply(
      principal: signedIn.principal, session: signedIn.session, csrf: signedIn.secrets.csrf
    ).response(setCookie: signedIn.setCookie)
  }

  private func verify(_ token: String, _ request: Request, route: String) async throws -> TokenClaims {
    let identities = desk.identities
    guard let keys = identities.keys else {
      throw desk.refuse("A token was shown, and none are taken here.", request, route: route)
    }
    do throws(TokenFault) {
      return try await keys.verify(token, now: identities.clock.now()).claims
    } catch {
      _ = desk.refuse("The token is not good: \(error)", request, route: route)
      throw error == .keysUnavailable ? Refusal.keysUnavailable : .badToken("\(error)")
    }
  }

  private func describe(_ request: Request, _ asker: Asker?) throws -> Response {
    guard let asker else { throw Refusal.notSignedIn }
    guard case .session(let session) = asker.credential else {
      return SessionReply(principal: asker.principal, credential: asker.credential).response()
    }
    let cookie = try ShownCredentials(request.head.fields).cookie.flatMap(SessionCookieValue.init(_:))
    return SessionReply(principal: asker.principal, session: session, csrf: cookie?.csrf).response()
  }

  private func signOut(_ request: Request, _ asker: Asker?) async throws -> Response {
    let session = try await session(of: request, asker)
    try await desk.end([session.id])
    let record = AuditRecord(.signOut, .ok, who: asker?.principal.name, from: request.peer.address.host)
    desk.write(record, session, request, route: "DELETE \(Self.path)")
    return Response(.noContent, fields: HTTPFields([("set-cookie", SessionCookie.cleared)]))
  }

  /// A new cookie, unless there was one a moment ago; and, with a token of the same principal, a later end. Open streams stay.
  private func refresh(_ request: Request, _ asker: Asker?) async throws -> Response {
    _ = try await SmallBody.read(request, members: [])
    guard let asker, let cookie = try ShownCredentials(request.head.fields).cookie else { throw Refusal.noSession }
    var session = try await session(of: request, asker)
    if case .token(let claims) = asker.credential {
      guard let extended = try await desk.extend(session, with: claims) else { throw Refusal.badCookie }
      session = extended
    }
    let rotated = try await desk.gate.rotate(cookie, of: session)
    // It was used, so it lasts longer.
    desk.reconsider()
    let csrf = rotated?.secrets.csrf ?? SessionCookieValue(cookie)?.csrf
    return SessionReply(principal: asker.principal, session: session, csrf: csrf)
      .response(setCookie: rotated?.setCookie)
  }

  /// The session that came along, be it what was used to come in or beside it. The gate has seen that it is the same principal's.
  private func session(of request: Request, _ asker: Asker?) async throws -> Session {
    if case .session(let session) = asker?.credential { return session }
    guard let cookie = try ShownCredentials(request.head.fields).cookie,
      let found = try await desk.find(cookie, for: request)
    else { throw Refusal.noSession }
    return found.session
  }
}

extension Refusal {
  static let noSession = Refusal(
    .badRequest, "There is no browser session here: the request shows no session cookie. Sign in first.",
    code: "no-session")
}

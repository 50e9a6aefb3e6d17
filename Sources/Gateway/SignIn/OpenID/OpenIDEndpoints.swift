import HTTP
import Identity
import Wire

/// `/api/session/openid` and the way back from the issuer: pages for people, since browsers are sent here and nobody calls.
struct OpenIDEndpoints: Sendable {
  let signIn: OpenIDSignIn
  let desk: SessionDesk

  static let path = "/api/session/openid"
  static let callbackPath = "/api/session/openid/callback"

  /// Two calls of the issuer, and its keys.
  private static let options = Router.Options(bodyLimit: 0, answerWithin: .seconds(90))

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .signIn, options: Self.options) { request, _ in try await begin(request) }
    router.on(.get, Self.callbackPath, .signIn, options: Self.options) { request, _ in try await comeBack(request) }
  }

  private func begin(_ request: Request) async throws -> Response {
    let path = ReturnPath(request.head.target.queryValue("return"))
    do throws(OpenIDFault) {
      let begun = try await signIn.begin(
        returningTo: path, browser: OpenIDCookie.value(in: request.head.fields), address: request.peer.address.host)
      return Response(
        .seeOther,
        fields: HTTPFields([
          ("location", begun.location), ("set-cookie", OpenIDCookie.field(setting: begun.cookie)),
          ("cache-control", "no-store"),
        ]))
    } catch {
      return try refuse(error, request, route: Self.path, path)
    }
  }

  private func comeBack(_ request: Request) async throws -> Response {
    let browser = OpenIDCookie.value(in: request.head.fields)
    let callback: OpenIDCallback
    let taken: (flow: OpenIDFlow, isLast: Bool)
    do throws(OpenIDFault) {
      callback = try OpenIDCallback(request.head.target.queryItems)
      taken = try await signIn.take(callback, browser: browser)
    } catch {
      return try refuse(error, request, route: Self.callbackPath, .frontPage)
    }
    var response: Response
    do {
      response = try await open(try await signIn.finish(callback, taken.flow), request, taken.flow.returnPath)
    } catch let fault as OpenIDFault {
      response = try refuse(fault, request, route: Self.callbackPath, taken.flow.returnPath)
    }
    // Sign-ins in other tabs still need it.
    if taken.isLast { response.fields.append("set-cookie", OpenIDCookie.clearingField) }
    return response
  }

  /// - Parameter claims: of an ID token that was found good.
  private func open(_ claims: TokenClaims, _ request: Request, _ path: ReturnPath) async throws -> Response {
    let identities = desk.identities
    let lasting = claims.lasting(identities.configuration.sessions.absolute, from: identities.clock.now())
    if case .refused(let reason) = identities.policy.identify(.token(lasting)) {
      let name = Excerpt.quoting(claims.subject.utf8)
      throw OpenIDFault(
        .denied,
        """
        The issuer knows you as \(name), and nobody of that name has an entry here. Ask an operator for an entry in the policy; \
        to come as somebody else, sign out at the issuer first.
        """,
        detail: "The issuer knows this person as \(name). \(reason)")
    }
    let signedIn = try await desk.signIn(.token(lasting), for: request, route: "GET \(Self.callbackPath)")
    var response = OpenIDPage.signedIn(as: signedIn.principal.name, goingTo: path)
    response.fields.append("set-cookie", signedIn.setCookie)
    return response
  }

  /// A page for browsers, a problem for programs.
  private func refuse(
    _ fault: OpenIDFault, _ request: Request, route: String, _ path: ReturnPath
  ) throws(Refusal) -> Response {
    var record = AuditRecord(.signIn, fault.result, from: request.peer.address.host)
    record.request = request.id
    record.route = "GET \(route)"
    record.detail = fault.detail
    desk.audit(record)
    let accepts = request.head.fields.values(of: "accept")
    guard accepts.contains(where: { $0.lowercased().contains("text/html") }) else {
      throw Refusal(fault.status, fault.advice, code: fault.code)
    }
    return OpenIDPage.failed(fault, again: "\(Self.path)?\(FormText.encode([("return", path.description)]))")
  }
}

extension OpenIDFault {
  fileprivate var result: AuditRecord.Result {
    switch kind {
    case .request, .denied: .refused
    case .issuer, .unavailable, .away: .failed
    }
  }
}

extension TokenClaims {
  /// The same claims for as long as a session may last. An ID token's end says until when it may be brought here, which is often a few
  /// minutes, and not how long somebody stays signed in (docs/decisions/0016).
  fileprivate func lasting(_ seconds: Int64, from now: UnixTime) -> TokenClaims {
    TokenClaims(
      issuer: issuer, subject: subject, tenant: tenant, roles: roles, expires: now.adding(seconds: seconds), id: id)
  }
}

import HTTP
import Identity
import Wire

// A cookie is good for a while; then the next answer brings another, so that one that was copied is soon worth nothing.
extension AccessGate {
  /// The answer, with a new cookie where one is due and the answer says nothing of cookies itself.
  func withNewCookie(for asker: Asker?, _ response: Response) async -> Response {
    guard let cookie = asker?.dueCookie, case .session(let session) = asker?.credential,
      response.fields["set-cookie"] == nil, response.status != .switchingProtocols,
      // Where the disk fails, or the server is away, the old one stays good, and the next request tries again.
      let rotated = try? await rotate(cookie, of: session)
    else { return response }
    var response = response
    response.fields.append("set-cookie", rotated.setCookie)
    return response
  }

  /// Changes a cookie for another. Nil when it was changed a moment ago.
  func rotate(_ cookie: String, of session: Session) async throws -> (secrets: SessionSecrets, setCookie: String)? {
    let now = identities.clock.now()
    let secrets = try await identities.sessions.rotate(cookie: cookie, now: now)
    return secrets.map { ($0, setCookie($0, session)) }
  }

  /// The browser keeps the cookie as long as the session could last if new tokens came.
  func setCookie(_ secrets: SessionSecrets, _ session: Session) -> String {
    let latest = session.opened.adding(seconds: identities.configuration.sessions.absolute)
    return SessionCookie.set(secrets.cookie, seconds: latest.seconds - identities.clock.now().seconds)
  }
}

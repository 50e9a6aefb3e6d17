import HTTP
import Identity
import Wire

/// Sessions as requests use them: the audit trail is told, and open streams are judged anew.
struct SessionDesk: Sendable {
  let gate: AccessGate
  let audit: @Sendable (AuditRecord) -> Void
  /// Called after everything that may end a stream's right, or lengthen it.
  let reconsider: @Sendable () -> Void

  var identities: Identities { gate.identities }
  private var store: SessionKeeper { identities.sessions }

  /// The session of the cookie that came with a request. Nil when it is over or never was.
  func find(_ cookie: String, for request: Request) async throws(Refusal) -> FoundSession? {
    switch try await store.find(cookie: cookie, now: identities.clock.now()) {
    case .found(let found): return found
    case .unknown: break
    case .stolen(let session): gate.end(stolen: session, request)
    }
    return nil
  }

  /// Opens a session for somebody who has just shown who it is, and ends the one whose cookie came along: a session that was there before
  /// is never the one that somebody is signed in with.
  /// - Parameters:
  ///   - claims: of a credential that was found good.
  ///   - route: for the audit trail.
  func signIn(_ claims: CredentialClaims, for request: Request, route: String) async throws -> SignedIn {
    let now = identities.clock.now()
    let principal: Principal
    switch identities.policy.identify(claims) {
    case .known(let known): principal = known
    case .refused(let reason): throw refuse(reason, request, route: route)
    }
    if let cookie = try ShownCredentials(request.head.fields).cookie, let old = try await find(cookie, for: request) {
      try await end([old.session.id])
      var record = AuditRecord(.signOut, .ok, who: old.session.owner, from: request.peer.address.host)
      record.detail = "A new session takes the place of this one."
      write(record, old.session, request, route: route)
    }
    let opened = try await store.open(claims, owner: principal.name, now: now)
    // Some may have been ended to make room.
    reconsider()
    for displaced in opened.displaced {
      var record = AuditRecord(.revoke, .ok, who: displaced.owner, from: request.peer.address.host)
      record.detail = "There were too many sessions, and this one was unused for the longest."
      write(record, displaced, request, route: route)
    }
    var record = AuditRecord(.signIn, .ok, who: principal.name, from: request.peer.address.host)
    record.detail = "Signed in with \(claims.kind)."
    write(record, opened.session, request, route: route)
    return SignedIn(
      session: opened.session, principal: principal, secrets: opened.secrets,
      setCookie: gate.setCookie(opened.secrets, opened.session))
  }

  /// Somebody could not sign in. The answer is the same whatever the reason.
  func refuse(_ reason: String, _ request: Request, route: String) -> Refusal {
    var record = AuditRecord(.signIn, .refused, from: request.peer.address.host)
    record.request = request.id
    record.route = route
    record.detail = reason
    audit(record)
    return .signInFailed
  }

  /// Takes a new token of the same principal. Nil when the session is over.
  func extend(_ session: Session, with claims: TokenClaims) async throws -> Session? {
    let now = identities.clock.now()
    let extended = try await store.extend(id: session.id, claims: .token(claims), now: now)
    reconsider()
    return extended
  }

  /// Ends sessions, whoever's they are. Gives those that were open.
  @discardableResult
  func end(_ ids: [String]) async throws -> [Session] {
    let now = identities.clock.now()
    defer { reconsider() }
    return try await store.end(ids: ids, now: now)
  }

  /// The open sessions of a principal, by what the policy says now; nil: of all.
  func list(of name: String?) async throws -> [ListedSession] {
    let (now, policy) = (identities.clock.now(), identities.policy)
    // A policy may have patterns, and there may be many sessions: not for a loop.
    return try await BlockingPool.shared.run { [store] in
      store.list(now: now).compactMap { session in
        let listed = ListedSession(session: session, owner: policy.identify(session.claims).name ?? session.owner)
        return name == nil || listed.owner == name ? listed : nil
      }
    }
  }

  func write(_ record: AuditRecord, _ session: Session, _ request: Request, route: String?) {
    var record = record
    record.session = session.id
    record.credential = "session"
    record.request = request.id
    record.route = route
    audit(record)
  }
}

/// Somebody who has just signed in.
struct SignedIn: Sendable {
  let session: Session
  let principal: Principal
  let secrets: SessionSecrets
  let setCookie: String
}

/// A session, and whose it is by the policy of this moment.
struct ListedSession: Sendable {
  let session: Session
  let owner: String
}

extension Refusal {
  /// For a link that was used, has expired or never was, and for one whose name the policy no longer has: nobody can tell which.
  static let signInFailed = Refusal(
    .unauthorized,
    "This does not sign you in. A link is good once and for a short time: ask an operator for a new one.",
    code: "sign-in-failed", fields: HTTPFields([("www-authenticate", #"Bearer realm="signalbox""#)]))
}

extension Identification {
  var name: String? {
    if case .known(let principal) = self { principal.name } else { nil }
  }
}

extension CredentialClaims {
  /// For sentences: how somebody has signed in.
  var kind: String {
    switch self {
    case .certificate: "a certificate"
    case .token: "a token"
    case .link: "a link"
    }
  }
}

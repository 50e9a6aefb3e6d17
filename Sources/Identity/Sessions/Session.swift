/// Somebody who is signed in with a cookie.
package struct Session: Sendable, Equatable {
  /// Names it to people and in the audit trail; it opens nothing.
  package let id: String
  /// The principal's name when it was opened. Who it is now, the policy says of the claims.
  package let owner: String
  /// How it was opened, or the token that has extended it since.
  package let claims: CredentialClaims
  package let opened: UnixTime
  package var lastUsed: UnixTime
  /// The end that no use defers: of the session, or of the token it was opened with, whichever is first.
  package var ends: UnixTime
  /// Seconds without use after which it is over.
  package let idle: Int64

  /// When it is over if nobody uses it.
  package var expires: UnixTime { min(ends, lastUsed.adding(seconds: idle)) }

  package init(
    id: String, owner: String, claims: CredentialClaims, opened: UnixTime, lastUsed: UnixTime, ends: UnixTime,
    idle: Int64
  ) {
    self.id = id
    self.owner = owner
    self.claims = claims
    self.opened = opened
    self.lastUsed = lastUsed
    self.ends = ends
    self.idle = idle
  }
}

/// What a browser gets to keep.
package struct SessionSecrets: Sendable {
  /// The value of the cookie.
  package let cookie: String
  /// What a page sends with each request that changes something. It stays the same when the cookie is changed.
  package let csrf: String

  package init(cookie: String, csrf: String) {
    self.cookie = cookie
    self.csrf = csrf
  }
}

package struct OpenedSession: Sendable {
  package let session: Session
  package let secrets: SessionSecrets
  /// Those that were ended to make room.
  package let displaced: [Session]

  init(session: Session, secrets: SessionSecrets, displaced: [Session]) {
    self.session = session
    self.secrets = secrets
    self.displaced = displaced
  }
}

/// What a cookie leads to.
package enum SessionLookup: Sendable {
  case found(FoundSession)
  /// No session has this cookie, or it is over.
  case unknown
  /// The cookie was changed for another, and that one has been in use for a while: two have this session, and one of them has stolen
  /// it. It is over now. Whoever asked tells the audit trail and calls `SessionStore.settle`.
  case stolen(Session)
}

package struct FoundSession: Sendable {
  package let session: Session
  /// The cookie is due to be changed.
  package let needsRotation: Bool
  package let csrf: String

  init(session: Session, needsRotation: Bool, csrf: String) {
    self.session = session
    self.needsRotation = needsRotation
    self.csrf = csrf
  }

  /// Whether this is the page's token. Timing-safe.
  package func accepts(csrf shown: String) -> Bool {
    Digest.isEqual(Digest.sha256(Array(shown.utf8)), Digest.sha256(Array(csrf.utf8)))
  }
}

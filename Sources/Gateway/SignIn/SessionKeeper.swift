import HTTP
package import Identity
import Wire

/// Where the sessions are: in a file of this gateway, or with the journal that several have together. Any thread; the disk is waited for
/// off the loops.
package enum SessionKeeper: Sendable {
  case file(SessionStore)
  case shared(SharedSessions)

  /// The session of a cookie. Marks it used. Throws 503 where it takes others to know, and they cannot be asked.
  func find(cookie: String, now: UnixTime) async throws(Refusal) -> SessionLookup {
    switch self {
    case .file(let store): return store.find(cookie: cookie, now: now)
    case .shared(let sessions):
      do throws(LedgerAway) {
        return try await sessions.find(cookie: cookie, now: now)
      } catch {
        throw .sessionsAway
      }
    }
  }

  /// Whether a session that was found earlier is still open. For streams: it does not count as use.
  package func current(id: String, now: UnixTime) -> Session? {
    switch self {
    case .file(let store): store.current(id: id, now: now)
    case .shared(let sessions): sessions.current(id: id, now: now)
    }
  }

  /// Marks a session used that has a stream open. False when it is over.
  func keepOpen(id: String, now: UnixTime) -> Bool {
    switch self {
    case .file(let store): store.keepOpen(id: id, now: now)
    case .shared(let sessions): sessions.keepOpen(id: id, now: now)
    }
  }

  /// All that are open, the one used last first.
  func list(now: UnixTime) -> [Session] {
    switch self {
    case .file(let store): store.list(now: now)
    case .shared(let sessions): sessions.list(now: now)
    }
  }

  // MARK: Changes, each kept safely before it returns

  func open(_ claims: CredentialClaims, owner: String, now: UnixTime) async throws -> OpenedSession {
    switch self {
    case .file(let store):
      return try await BlockingPool.shared.run { try store.open(claims, owner: owner, now: now) }
    case .shared(let sessions):
      return try await Self.asking { () throws(LedgerAway) in try await sessions.open(claims, owner: owner, now: now) }
    }
  }

  func rotate(cookie: String, now: UnixTime) async throws -> SessionSecrets? {
    switch self {
    case .file(let store):
      return try await BlockingPool.shared.run { try store.rotate(cookie: cookie, now: now) }
    case .shared(let sessions):
      return try await Self.asking { () throws(LedgerAway) in try await sessions.rotate(cookie: cookie, now: now) }
    }
  }

  func extend(id: String, claims: CredentialClaims, now: UnixTime) async throws -> Session? {
    switch self {
    case .file(let store):
      return try await BlockingPool.shared.run { try store.extend(id: id, claims: claims, now: now) }
    case .shared(let sessions):
      return try await Self.asking { () throws(LedgerAway) in
        try await sessions.extend(id: id, claims: claims, now: now)
      }
    }
  }

  @discardableResult
  func end(ids: [String], now: UnixTime) async throws -> [Session] {
    switch self {
    case .file(let store): return try await BlockingPool.shared.run { try store.end(ids: ids, now: now) }
    case .shared(let sessions):
      return try await Self.asking { () throws(LedgerAway) in try await sessions.end(ids: ids, now: now) }
    }
  }

  /// Keeps what is not kept yet, but for mere use.
  func settle() async throws {
    switch self {
    case .file(let store): try await BlockingPool.shared.run { try store.settle() }
    case .shared(let sessions): try await sessions.settle()
    }
  }

  /// Ends what is over and keeps what was used.
  func tend(now: UnixTime) async throws {
    switch self {
    case .file(let store): try await BlockingPool.shared.run { try store.tend(now: now) }
    case .shared(let sessions): try await sessions.tend(now: now)
    }
  }

  /// Keeps everything. Nothing can be opened afterwards.
  func close(now: UnixTime) async throws {
    switch self {
    case .file(let store): try await BlockingPool.shared.run { try store.close() }
    case .shared(let sessions): try await sessions.tend(now: now)
    }
  }

  /// Seconds after which `tend` is to be called.
  var period: Int64 {
    switch self {
    case .file: 60
    case .shared(let sessions): sessions.usePeriod
    }
  }

  private static func asking<Value>(_ body: () async throws(LedgerAway) -> Value) async throws(Refusal) -> Value {
    do throws(LedgerAway) {
      return try await body()
    } catch {
      throw .sessionsAway
    }
  }
}

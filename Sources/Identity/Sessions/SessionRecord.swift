/// All that is kept of a session, in memory and in the file. No secret is in it.
struct SessionRecord: Sendable, Equatable {
  let id: String
  let owner: String
  let nameHash: [UInt8]
  let opened: UnixTime
  var claims: CredentialClaims
  var lastUsed: UnixTime
  var ends: UnixTime
  var cookieHash: [UInt8]
  var cookieSince: UnixTime
  /// The cookie before, as long as it is good.
  var former: Former?

  enum Former: Sendable, Equatable {
    /// Its successor has not been used yet. The answer that brought it may have been lost, and then the browser has only this one.
    case untilSuccessorIsUsed(hash: [UInt8])
    case until(UnixTime, hash: [UInt8])
  }

  func session(_ limits: SessionLimits) -> Session {
    Session(
      id: id, owner: owner, claims: claims, opened: opened, lastUsed: lastUsed, ends: ends, idle: limits.idle)
  }

  func isOver(now: UnixTime, limits: SessionLimits) -> Bool {
    now >= min(ends, lastUsed.adding(seconds: limits.idle))
  }

  /// The end of a session opened then, with these claims.
  static func end(opened: UnixTime, claims: CredentialClaims, limits: SessionLimits) -> UnixTime {
    let latest = opened.adding(seconds: limits.absolute)
    switch claims {
    case .certificate(let claims): return min(latest, claims.expires)
    case .token(let claims): return min(latest, claims.expires)
    case .link: return latest
    }
  }
}

// MARK: - Cookies

extension SessionRecord {
  /// Which of its cookies one is.
  enum Cookie: Equatable {
    case current
    case former
    /// It was changed for another too long ago.
    case replaced
  }

  /// Takes note that the cookie of this hash was shown.
  mutating func show(_ hash: [UInt8], now: UnixTime, limits: SessionLimits) -> Cookie {
    if Digest.isEqual(hash, cookieHash) {
      switch former {
      case .untilSuccessorIsUsed(let hash): former = .until(now.adding(seconds: limits.overlap), hash: hash)
      case .until(let end, _): if now > end { former = nil }
      case nil: break
      }
      return .current
    }
    switch former {
    case .untilSuccessorIsUsed(let former): return Digest.isEqual(hash, former) ? .former : .replaced
    case .until(let end, let former): return Digest.isEqual(hash, former) && now <= end ? .former : .replaced
    case nil: return .replaced
    }
  }

  /// Changes the cookie of this hash for another. False, with nothing changed, when it was changed a moment ago: of two pages that ask at
  /// the same time, both get the answer of the first, through the browser that they share.
  mutating func rotate(_ shown: [UInt8], to successor: [UInt8], now: UnixTime, limits: SessionLimits) -> Bool {
    switch show(shown, now: now, limits: limits) {
    case .replaced: return false
    case .current: if former != nil { return false }
    case .former:
      guard case .untilSuccessorIsUsed = former, now > cookieSince.adding(seconds: limits.overlap) else { return false }
    }
    former = .untilSuccessorIsUsed(hash: shown)
    cookieHash = successor
    cookieSince = now
    return true
  }
}

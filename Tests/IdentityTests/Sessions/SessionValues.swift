@testable import Identity

/// What the tests of sessions share.
enum SessionValues {
  static let start = UnixTime(seconds: 1_800_000_000)

  static let limits: SessionLimits = {
    var limits = SessionLimits()
    limits.idle = 1000
    limits.absolute = 5000
    limits.rotation = 500
    limits.overlap = 30
    limits.perPrincipal = 3
    limits.total = 5
    return limits
  }()

  static func token(expires: UnixTime) -> CredentialClaims {
    .token(
      TokenClaims(
        issuer: "https://issuer.example", subject: "alex", tenant: "desk-7", roles: ["analyst", "other"],
        expires: expires, id: "t-1"))
  }

  static func record(
    _ id: String, owner: String = "alex", cookie: SessionCookieValue = SessionCookieValue(),
    claims: CredentialClaims = .link(name: "alex"), opened: UnixTime = start
  ) -> SessionRecord {
    SessionRecord(
      id: id, owner: owner, nameHash: cookie.nameHash, opened: opened, claims: claims, lastUsed: opened,
      ends: SessionRecord.end(opened: opened, claims: claims, limits: limits), cookieHash: cookie.hash,
      cookieSince: opened)
  }
}

/// A table to which things happen at seconds after the start.
final class HeldTable {
  private(set) var table = SessionTable()
  private let limits = SessionValues.limits

  @discardableResult
  func open(_ record: SessionRecord) -> [SessionChange] {
    let room = table.makeRoom(for: record.owner, limits: limits).map { table.end($0.id) }
    return room + [table.open(record)]
  }

  func find(_ cookie: SessionCookieValue, _ second: Int64) -> (lookup: SessionLookup, change: SessionChange?) {
    table.find(cookie, now: SessionValues.start + second, limits: limits)
  }

  /// What comes of a cookie, in a word.
  func show(_ cookie: SessionCookieValue, _ second: Int64) -> String { find(cookie, second).lookup.word }

  func rotate(_ old: SessionCookieValue, to new: SessionCookieValue, _ second: Int64) -> Bool {
    table.rotate(old, to: new, now: SessionValues.start + second, limits: limits) != nil
  }

  func extend(_ id: String, _ claims: CredentialClaims, _ second: Int64) -> Bool {
    table.extend(id, claims: claims, now: SessionValues.start + second, limits: limits) != nil
  }

  func isLive(_ id: String, _ second: Int64) -> Bool {
    table.live(id, now: SessionValues.start + second, limits: limits) != nil
  }

  func sweep(_ second: Int64) -> [SessionChange] {
    table.sweep(now: SessionValues.start + second, limits: limits)
  }

  func apply(_ change: SessionChange) -> Bool { table.apply(change) }
}

extension UnixTime {
  static func + (time: UnixTime, seconds: Int64) -> UnixTime { time.adding(seconds: seconds) }
}

extension SessionLookup {
  var session: Session? {
    if case .found(let found) = self { found.session } else { nil }
  }

  /// One word, to compare with.
  var word: String {
    switch self {
    case .found: "found"
    case .unknown: "unknown"
    case .stolen: "stolen"
    }
  }
}

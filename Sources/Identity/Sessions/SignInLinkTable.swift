/// Sign-in links that may still be used. A value; a link is kept as its hash.
struct SignInLinkTable: Sendable, Equatable {
  private struct Link: Sendable, Equatable {
    let name: String
    let expires: UnixTime
  }

  private var links: [[UInt8]: Link] = [:]

  /// When the next one ends, and makes room.
  var nextEnd: UnixTime? { links.values.map(\.expires).min() }

  /// False when there are as many as may be.
  mutating func add(_ token: String, for name: String, expires: UnixTime, now: UnixTime, limit: Int) -> Bool {
    links = links.filter { $0.value.expires > now }
    guard links.count < limit else { return false }
    links[Self.hash(token)] = Link(name: name, expires: expires)
    return true
  }

  /// The name that a link was made out to. It is used up by this, and not good when it has expired.
  mutating func take(_ token: String, now: UnixTime) -> String? {
    guard let link = links.removeValue(forKey: Self.hash(token)), link.expires > now else { return nil }
    return link.name
  }

  private static func hash(_ token: String) -> [UInt8] { Digest.sha256(Array(token.utf8)) }
}

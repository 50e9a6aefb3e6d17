import HTTP

/// What a request shows of itself, before anything of it is judged. Identity comes from these three places and no other: fields such as
/// `X-Forwarded-User` or `X-Client-Cert` are never looked at, so nobody can put a name into them.
struct ShownCredentials: Sendable, Equatable {
  static let cookieName = "__Host-signalbox"
  static let csrfField = "x-signalbox-csrf"
  /// What a subprotocol begins with that is the same for a WebSocket. It is never chosen.
  static let csrfProtocol = "csrf."

  private(set) var token: String?
  private(set) var cookie: String?

  /// Throws 400 where something comes twice, because two readers could take either; 401 for another scheme than Bearer.
  init(_ fields: HTTPFields) throws(Refusal) {
    let authorizations = fields.values(of: "authorization")
    guard authorizations.count < 2 else { throw .doubledAuthorization }
    if let authorization = authorizations.first { token = try Self.bearer(authorization) }
    let cookies = fields.values(of: "cookie").flatMap(Self.sessionCookies)
    guard cookies.count < 2 else { throw .doubledCookie }
    cookie = cookies.first
  }

  private static func bearer(_ value: String) throws(Refusal) -> String {
    let scheme = value.prefix { $0 != " " }
    guard scheme.lowercased() == "bearer" else { throw .badScheme }
    return String(value.dropFirst(scheme.count).drop { $0 == " " })
  }

  /// RFC 6265 section 5.4: pairs with semicolons between; names with regard to case.
  private static func sessionCookies(_ value: String) -> [String] {
    value.split(separator: ";").compactMap { pair in
      let pair = pair.drop { $0 == " " || $0 == "\t" }
      guard let equals = pair.firstIndex(of: "="), pair[..<equals] == cookieName else { return nil }
      var value = pair[pair.index(after: equals)...]
      while let last = value.last, last == " " || last == "\t" { value.removeLast() }
      return String(value)
    }
  }
}

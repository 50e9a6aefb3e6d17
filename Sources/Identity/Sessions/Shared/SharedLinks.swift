import JSON

/// One-time links that are good at every gateway, and at one of them once.
extension SharedSessions {
  /// A new link for this name of the policy. Nil, with the time at which there will be room, when as many are open as may be.
  package func makeLink(
    for name: String, life: Int64, now: UnixTime, limit: Int = 1000
  ) async throws(LedgerAway) -> Result<(token: String, expires: UnixTime), SignInLinks.Full> {
    let ends = kept(under: SharedKey.link).compactMap { JSONValue.end(of: $0.value) }.filter { $0 > now }
    if ends.count >= limit { return .failure(SignInLinks.Full(nextEnd: ends.min() ?? now)) }
    let token = SecureRandom.token()
    let expires = now.adding(seconds: life)
    var value = JSONWriter()
    value.object { link in
      link.member("name", name)
      link.member("ends", expires.seconds)
    }
    try await keep(SharedKey.ofLink(token), value.bytes)
    return .success((token, expires))
  }

  /// The name that a link was made out to; nil when it was used, has expired, or never was. It is not good a second time.
  package func redeem(_ token: String, now: UnixTime) async throws(LedgerAway) -> String? {
    // What is not as long as a link is not looked at.
    guard token.utf8.count <= 64, let value = try await take(SharedKey.ofLink(token)),
      let end = JSONValue.end(of: value), end > now
    else { return nil }
    return (try? JSONValue(parsing: value))?["name"]?.string
  }
}

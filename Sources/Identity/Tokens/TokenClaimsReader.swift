import JSON

/// What a token says, read from a payload whose signature has been found good, and held against the rules.
struct TokenClaimsReader {
  let payload: JSONValue
  let rules: TokenRules

  /// Texts that name somebody or something are bounded: they end up in logs, files and pages.
  static let longestName = 255

  func read(now: UnixTime) throws(TokenFault) -> TokenClaims {
    let issuer = try checkedIssuer()
    try checkAudience()
    let expires = try checkTimes(now: now)
    guard let subject = try name(rules.subjectClaim) else {
      throw .claim("The token does not say whom it is about (\(printable(rules.subjectClaim))); get one that does.")
    }
    return TokenClaims(
      issuer: issuer, subject: subject, tenant: try name(rules.tenantClaim), roles: try roles(), expires: expires,
      id: try name("jti"))
  }

  private func checkedIssuer() throws(TokenFault) -> String {
    guard let issuer = payload["iss"] else {
      throw .claim("The token does not say who has issued it (iss); get one that does.")
    }
    guard issuer.equalsString(rules.issuer) else { throw .issuer }
    return rules.issuer
  }

  private func checkAudience() throws(TokenFault) {
    guard let audience = payload["aud"] else {
      throw .claim("The token does not say whom it is made out for (aud); get one that does.")
    }
    let audiences = audience.kind == .array ? Array(audience.elements) : [audience]
    guard audiences.allSatisfy({ $0.kind == .string }) else {
      throw .claim("The aud of the token is neither a text nor a list of texts; get another token.")
    }
    guard audiences.contains(where: { one in rules.audiences.contains { one.equalsString($0) } }) else {
      throw .audience
    }
  }

  private func checkTimes(now: UnixTime) throws(TokenFault) -> UnixTime {
    guard let expires = try time("exp", .down) else {
      throw .claim("The token does not say when it expires (exp); get one that does.")
    }
    guard now < expires.adding(seconds: rules.clockSkew) else { throw .expired(expires) }
    let begins = try time("nbf", .up)
    if let begins, now.adding(seconds: rules.clockSkew) < begins { throw .notYetValid(begins) }
    // Clocks differ, but a token from tomorrow was made by somebody who did not mean today.
    if let issued = try time("iat", .down), now.adding(seconds: rules.clockSkew + 300) < issued {
      throw .claim("The token is from the future (iat is \(issued)); set the clocks right, or get another token.")
    }
    return expires
  }

  /// A NumericDate (RFC 7519 section 2): seconds since 1970, with or without a fraction, from then to the end of the year 9999.
  private func time(_ claim: String, _ rule: FloatingPointRoundingRule) throws(TokenFault) -> UnixTime? {
    guard let value = payload[claim] else { return nil }
    guard let seconds = value.double, (0...253_402_300_799).contains(seconds) else {
      throw .claim(
        "The \(claim) of the token is no number of seconds since 1970 up to the year 9999; get another token.")
    }
    return UnixTime(seconds: Int64(seconds.rounded(rule)))
  }

  /// A text that names somebody or something; nil when it is not there.
  private func name(_ claim: String) throws(TokenFault) -> String? {
    guard let value = find(claim), !value.isNull else { return nil }
    guard let text = value.string, Self.isName(text) else {
      throw .claim(
        """
        The claim \(printable(claim)) of the token is no text of 1 to \(Self.longestName) bytes without control characters; get \
        another token.
        """)
    }
    return text
  }

  private func roles() throws(TokenFault) -> [String] {
    guard let value = find(rules.rolesClaim), !value.isNull else { return [] }
    if let text = value.string { return text.split(separator: " ").map(String.init) }
    guard value.kind == .array, value.elements.allSatisfy({ $0.kind == .string }) else {
      throw .claim(
        """
        The claim \(printable(rules.rolesClaim)) of the token is neither a list of texts nor a text with spaces between roles; get \
        another token.
        """)
    }
    return value.elements.compactMap(\.string)
  }

  /// A claim by its name, which may have dots in it, as names that are URLs do; otherwise the dots lead into objects.
  private func find(_ claim: String) -> JSONValue? {
    if let value = payload[claim] { return value }
    var value = payload
    for step in claim.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = value[String(step)] else { return nil }
      value = next
    }
    return value
  }

  /// Characters that show nothing could make two names look the same, or one look like several lines.
  private static func isName(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= longestName else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }

  /// Names of claims come from the configuration, sentences are ASCII without quotation marks and backslashes.
  private func printable(_ claim: String) -> String {
    String(claim.map { $0.isASCII && $0 > " " && $0 <= "~" && $0 != "\"" && $0 != "\\" ? $0 : "?" })
  }
}

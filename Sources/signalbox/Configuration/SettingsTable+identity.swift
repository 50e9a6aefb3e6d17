import Gateway
import Identity

extension SettingsTable {
  static let identity: [Setting] = base + tokens + openID + sessions + rates

  private static let base: [Setting] = [
    Setting(
      "state", .path, .text("signalbox-state"),
      "The folder for what must survive a restart: sessions, the audit trail. Made, for this user alone, when it is not "
        + "there."),
    Setting(
      "policy", .optionalPath, .absent,
      "The file that says who is who and who may do what (docs/policy.md). Without it nobody is known, and everything "
        + "that needs somebody is refused."),
    Setting(
      "publicUrl", .optionalOrigin, .absent,
      "Where people reach the public listener; sign-in links begin with it. Without it, https://localhost and the port."
    ),
    Setting(
      "origins", .origins, .list([]),
      "Sites besides this gateway's own whose pages may call it; each is told so by CORS."),
  ]

  private static let tokens: [Setting] = {
    let rules = TokenRules(issuer: "", audiences: [])
    return [
      Setting(
        "tokens.issuer", .optionalText, .absent,
        "Who issues the bearer tokens that are good here (iss), letter for letter. Without it, none is good."),
      Setting("tokens.audiences", .texts, .list([]), "One of these must be among a token's audiences (aud)."),
      Setting(
        "tokens.algorithms", .choices(TokenAlgorithm.allCases.map(\.rawValue)),
        .list(TokenAlgorithm.allCases.filter(rules.algorithms.contains).map(\.rawValue)),
        "How tokens may be signed. HS256 needs tokens.secret, all others tokens.keys or tokens.keysUrl."),
      Setting("tokens.keys", .optionalPath, .absent, "The issuer's public keys: a file with a JWK set."),
      Setting("tokens.keysUrl", .optionalURL, .absent, "Or where they are fetched, and fetched again."),
      Setting(
        "tokens.keysAuthority", .optionalPath, .absent,
        "The authorities that may vouch for the server of tokens.keysUrl, PEM. For public ones on Debian: "
          + "/etc/ssl/certs/ca-certificates.crt."),
      Setting(
        "tokens.keysRefreshSeconds", .integer(10...86_400), .integer(300),
        "How old fetched keys may be before they are fetched again; the last good ones stay when that fails."),
      Setting(
        "tokens.secret", .optionalPath, .absent,
        "The file with the secret for HS256: 32 bytes or more, readable by its owner alone."),
      Setting(
        "tokens.clockSkewSeconds", .integer(0...300), .integer(Int(rules.clockSkew)),
        "How far an issuer's clock and this one may be apart, for OpenID Connect as well."),
      Setting("tokens.subjectClaim", .text, .text(rules.subjectClaim), "The claim that names whoever shows the token."),
      Setting(
        "tokens.rolesClaim", .text, .text(rules.rolesClaim),
        "The claim with roles; dots lead into objects: realm_access.roles."),
      Setting("tokens.tenantClaim", .text, .text(rules.tenantClaim), "The claim with the tenant, likewise."),
    ]
  }()

  private static let openID: [Setting] = {
    let defaults = IdentityConfiguration.OpenIDProvider(issuer: "", authorityFile: "", clientID: "")
    return [
      Setting(
        "openId.issuer", .optionalURL, .absent,
        "Signing in with OpenID Connect at this issuer; its discovery document is below it. Without it, not offered."),
      Setting(
        "openId.authority", .optionalPath, .absent,
        "The authorities that may vouch for the issuer's server, PEM. For public ones on Debian: "
          + "/etc/ssl/certs/ca-certificates.crt."),
      Setting("openId.clientId", .optionalText, .absent, "The name under which the issuer knows this gateway."),
      Setting(
        "openId.clientSecret", .optionalPath, .absent,
        "The file with the client's secret, readable by its owner alone. Without it, a public client with PKCE alone."),
      Setting("openId.scopes", .texts, .list(defaults.scopes), "What is asked for; openid must be among them."),
      Setting("openId.rolesClaim", .text, .text(defaults.rolesClaim), "The claim of the ID token with roles."),
      Setting("openId.tenantClaim", .text, .text(defaults.tenantClaim), "The claim of the ID token with the tenant."),
    ]
  }()

  private static let sessions: [Setting] = {
    let limits = SessionLimits()
    let base = IdentityConfiguration(stateFolder: "", policyFile: nil)
    return [
      Setting(
        "sessions.idleMinutes", .integer(1...10_080), .integer(Int(limits.idle / 60)),
        "Without use for so long, a session is over."),
      Setting(
        "sessions.absoluteHours", .integer(1...720), .integer(Int(limits.absolute / 3600)),
        "After so long it is over in any case."),
      Setting(
        "sessions.rotationMinutes", .integer(1...10_080), .integer(Int(limits.rotation / 60)),
        "After so long its cookie is changed for another at the next use."),
      Setting(
        "sessions.perPrincipal", .integer(1...1000), .integer(limits.perPrincipal),
        "Sessions of one principal; one more ends the one unused for the longest."),
      Setting(
        "signIn.linkMinutes", .integer(1...1440), .integer(Int(base.linkLife / 60)),
        "How long a sign-in link is good, once."),
    ]
  }()

  private static let rates: [Setting] = {
    let defaults = IdentityConfiguration.RateLimits()
    func rate(_ name: String, _ value: Int, _ help: String) -> Setting {
      Setting("rates.\(name)", .integer(1...1_000_000), .integer(value), help)
    }
    return [
      rate(
        "requestsPerPrincipal", defaults.requestsPerPrincipal,
        "Requests of one principal in a minute; above it, 429, as with all rates."),
      rate("requestsPerAddress", defaults.requestsPerAddress, "Requests from one address in a minute."),
      rate("signInsPerAddress", defaults.signInsPerAddress, "Tries to sign in from one address in a minute."),
      rate("submitsPerPrincipal", defaults.submitsPerPrincipal, "Tasks that one principal begins in a minute."),
      rate(
        "commandsPerPrincipal", defaults.commandsPerPrincipal,
        "Commands of one principal to tasks in a minute: cancels, answers, messages. Cancelling many at once is one."),
      rate(
        "streamsPerPrincipal", defaults.streamsPerPrincipal,
        "Streams of one principal at the same time, at all gateways of a journal together."),
      rate("streamsPerAddress", defaults.streamsPerAddress, "Streams from one address at the same time, likewise."),
    ]
  }()
}

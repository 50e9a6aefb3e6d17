import Gateway
import Identity

extension Settings {
  /// Who may come in, and how. Paths are from here on.
  var identity: IdentityConfiguration {
    var identity = IdentityConfiguration(stateFolder: path("state") ?? "", policyFile: path("policy"))
    identity.publicURL = optionalText("publicUrl")
    identity.origins = list("origins")
    identity.tokens = tokens
    identity.openID = openID
    identity.sessions.idle = Int64(integer("sessions.idleMinutes")) * 60
    identity.sessions.absolute = Int64(integer("sessions.absoluteHours")) * 3600
    identity.sessions.rotation = Int64(integer("sessions.rotationMinutes")) * 60
    identity.sessions.perPrincipal = integer("sessions.perPrincipal")
    identity.linkLife = Int64(integer("signIn.linkMinutes")) * 60
    identity.rates = rates
    return identity
  }

  private var tokens: IdentityConfiguration.TokenSource? {
    guard let issuer = optionalText("tokens.issuer") else { return nil }
    var rules = TokenRules(issuer: issuer, audiences: list("tokens.audiences"))
    rules.algorithms = Set(list("tokens.algorithms").compactMap(TokenAlgorithm.init))
    rules.clockSkew = Int64(integer("tokens.clockSkewSeconds"))
    rules.subjectClaim = text("tokens.subjectClaim")
    rules.rolesClaim = text("tokens.rolesClaim")
    rules.tenantClaim = text("tokens.tenantClaim")
    return .init(rules: rules, keys: keys, secretFile: path("tokens.secret"))
  }

  private var keys: IdentityConfiguration.Keys {
    if let file = path("tokens.keys") { return .file(file) }
    guard let url = optionalText("tokens.keysUrl") else { return .none }
    return .url(
      url, authorityFile: path("tokens.keysAuthority") ?? "",
      refreshSeconds: Int64(integer("tokens.keysRefreshSeconds")))
  }

  private var openID: IdentityConfiguration.OpenIDProvider? {
    guard let issuer = optionalText("openId.issuer") else { return nil }
    var provider = IdentityConfiguration.OpenIDProvider(
      issuer: issuer, authorityFile: path("openId.authority") ?? "", clientID: optionalText("openId.clientId") ?? "")
    provider.clientSecretFile = path("openId.clientSecret")
    provider.scopes = list("openId.scopes")
    provider.rolesClaim = text("openId.rolesClaim")
    provider.tenantClaim = text("openId.tenantClaim")
    provider.clockSkew = Int64(integer("tokens.clockSkewSeconds"))
    return provider
  }

  private var rates: IdentityConfiguration.RateLimits {
    var rates = IdentityConfiguration.RateLimits()
    rates.requestsPerPrincipal = integer("rates.requestsPerPrincipal")
    rates.requestsPerAddress = integer("rates.requestsPerAddress")
    rates.signInsPerAddress = integer("rates.signInsPerAddress")
    rates.submitsPerPrincipal = integer("rates.submitsPerPrincipal")
    rates.commandsPerPrincipal = integer("rates.commandsPerPrincipal")
    rates.streamsPerPrincipal = integer("rates.streamsPerPrincipal")
    rates.streamsPerAddress = integer("rates.streamsPerAddress")
    return rates
  }
}

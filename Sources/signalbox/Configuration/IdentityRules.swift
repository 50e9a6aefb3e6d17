import Identity

/// What must hold between the settings that say who may come in: whoever sets one of them means something by it, so one that would do
/// nothing, or let nobody in, is a mistake.
struct IdentityRules: SettingRules {
  let settings: Settings

  var problems: [ConfigurationProblem] { policy + tokens + keys + openID + sessions }

  // MARK: The policy

  private var policy: [ConfigurationProblem] {
    guard !isSet("policy") else {
      return unless(
        isSet("publicUrl") || ConfigurationRules.isLoopback(.public, settings), "publicUrl",
        "Other machines reach the public listener, and without it sign-in links would lead each to itself. Say where people "
          + "reach this gateway, as in https://box.example.")
    }
    return ["tokens.issuer", "openId.issuer"].flatMap { key in
      unless(!isSet(key), key, "Without a policy nobody is known, so nobody could come in with it. Set policy.")
    }
  }

  // MARK: Bearer tokens

  private var tokens: [ConfigurationProblem] {
    guard isSet("tokens.issuer") else {
      return ["tokens.audiences", "tokens.keys", "tokens.keysUrl", "tokens.keysAuthority", "tokens.secret"].flatMap {
        unless(!isSet($0), $0, "Without tokens.issuer no token is good, so this does nothing. Set both or neither.")
      }
    }
    return unless(
      isSet("tokens.audiences"), "tokens.audiences",
      "A token must be meant for this gateway: name the audience that the issuer puts into aud.")
      + unless(
        isSet("tokens.algorithms"), "tokens.algorithms",
        "Without one, no token would be good. Name those that the issuer uses.")
  }

  private var keys: [ConfigurationProblem] {
    guard isSet("tokens.issuer") else { return [] }
    let algorithms = settings.list("tokens.algorithms").filter { $0 != TokenAlgorithm.hs256.rawValue }
    let takesSecret = algorithms.count < settings.list("tokens.algorithms").count
    let hasKeys = isSet("tokens.keys") || isSet("tokens.keysUrl")
    return
      unless(
        !isSet("tokens.keys") || !isSet("tokens.keysUrl"), "tokens.keysUrl",
        "The keys come from a file already, which is tokens.keys. Set one of them only.")
      + unless(
        hasKeys || algorithms.isEmpty, "tokens.keys",
        "Tokens signed with \(algorithms.joined(separator: ", ")) need the issuer's keys: set tokens.keys or "
          + "tokens.keysUrl.")
      + unless(
        !hasKeys || !algorithms.isEmpty, "tokens.algorithms",
        "HS256 alone needs no keys, and keys are set. Name the algorithms of the keys, or leave the keys out.")
      + unless(
        !isSet("tokens.keysUrl") || isSet("tokens.keysAuthority"), "tokens.keysAuthority",
        "Somebody must vouch for the server of tokens.keysUrl: name the file with its authority.")
      + unless(
        isSet("tokens.keysUrl") || !isSet("tokens.keysAuthority"), "tokens.keysAuthority",
        "It is for the server of tokens.keysUrl, which is not set. Set both or neither.")
      + unless(
        !takesSecret || isSet("tokens.secret"), "tokens.secret",
        "HS256 is among tokens.algorithms and needs a secret: name the file that has it.")
      + unless(
        takesSecret || !isSet("tokens.secret"), "tokens.secret",
        "A secret is for HS256 alone, which is not among tokens.algorithms. Add it there, or leave the secret out.")
  }

  // MARK: OpenID Connect

  private var openID: [ConfigurationProblem] {
    guard isSet("openId.issuer") else {
      return ["openId.authority", "openId.clientId", "openId.clientSecret"].flatMap {
        unless(!isSet($0), $0, "Without openId.issuer this does nothing. Set both or neither.")
      }
    }
    return unless(
      isSet("publicUrl"), "publicUrl",
      "OpenID Connect sends people back to it: say where they reach this gateway, as in https://box.example.")
      + unless(isSet("openId.clientId"), "openId.clientId", "Set what the issuer calls this gateway.")
      + unless(
        isSet("openId.authority"), "openId.authority",
        "Somebody must vouch for the server of openId.issuer: name the file with its authority.")
      + unless(
        settings.list("openId.scopes").contains("openid"), "openId.scopes",
        "Without openid among them there would be no ID token. Add it.")
  }

  // MARK: Sessions

  private var sessions: [ConfigurationProblem] {
    let hours = settings.integer("sessions.absoluteHours")
    return ["sessions.idleMinutes", "sessions.rotationMinutes"].flatMap { key in
      unless(
        settings.integer(key) <= hours * 60, key,
        "It would never come to pass, because sessions.absoluteHours ends every session after \(hours) hours.")
    }
  }
}

package import Identity

/// Who may come in, and how: the part of the configuration that concerns identity. Files are read when the gateway starts, and again at
/// each reload.
package struct IdentityConfiguration: Sendable {
  /// The folder for what must survive a restart: sessions, the audit trail. Made, for this user alone, when it is not there.
  package var stateFolder: String
  /// Nil: nobody is known, and everything that needs somebody is refused.
  package var policyFile: String?
  /// Where people reach the public listener: `https://box.example`. Nil: https://localhost and the port.
  package var publicURL: String?
  /// Pages of other origins that may call, each as a browser writes it.
  package var origins: [String] = []
  /// Bearer tokens. Nil: none is good.
  package var tokens: TokenSource?
  /// OpenID Connect. Nil: not offered.
  package var openID: OpenIDProvider?
  package var sessions = SessionLimits()
  /// Seconds for which a sign-in link is good.
  package var linkLife: Int64 = 600
  package var rates = RateLimits()

  package init(stateFolder: String, policyFile: String?) {
    self.stateFolder = stateFolder
    self.policyFile = policyFile
  }

  /// Whose tokens are taken: bearer tokens, and those by which people sign in.
  var issuers: Set<String> { Set([tokens?.rules.issuer, openID?.issuer].compactMap { $0 }) }

  package struct TokenSource: Sendable {
    package var rules: TokenRules
    package var keys: Keys
    /// The file with the secret for HS256.
    package var secretFile: String?

    package init(rules: TokenRules, keys: Keys, secretFile: String? = nil) {
      self.rules = rules
      self.keys = keys
      self.secretFile = secretFile
    }
  }

  package enum Keys: Sendable {
    case file(String)
    /// - Parameter authorityFile: the authorities that may vouch for that server, PEM.
    case url(String, authorityFile: String, refreshSeconds: Int64)
    /// Only the secret.
    case none
  }

  package struct OpenIDProvider: Sendable {
    /// An https URL; the discovery document is below it.
    package var issuer: String
    package var authorityFile: String
    package var clientID: String
    /// The file with the client's secret. Nil: a public client, with PKCE alone.
    package var clientSecretFile: String?
    package var scopes = ["openid", "profile"]
    package var rolesClaim = "roles"
    package var tenantClaim = "tenant"
    package var clockSkew: Int64 = 30

    package init(issuer: String, authorityFile: String, clientID: String) {
      self.issuer = issuer
      self.authorityFile = authorityFile
      self.clientID = clientID
    }
  }

  /// How much one may ask. Rates are per minute, as a bucket that holds as much; a rate of 0 is no limit.
  package struct RateLimits: Sendable, Equatable {
    package var requestsPerPrincipal = 1200
    package var requestsPerAddress = 6000
    package var signInsPerAddress = 30
    package var submitsPerPrincipal = 60
    /// To tasks that are there: cancel, answer and the like. A round of cancels is one.
    package var commandsPerPrincipal = 600
    /// At the same time.
    package var streamsPerPrincipal = 100
    package var streamsPerAddress = 1000

    package init() {}
  }
}

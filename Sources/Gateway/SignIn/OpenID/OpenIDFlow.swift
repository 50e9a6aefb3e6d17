import HTTP
import Identity
import Telemetry

/// One sign-in that has begun: what has to fit when the browser comes back.
struct OpenIDFlow: Sendable {
  /// Ties the ID token to this sign-in.
  let nonce: Secret
  /// Ties the code to this sign-in (RFC 7636): the issuer was shown its hash.
  let verifier: Secret
  /// The hash of the cookie that the browser was given: whoever brings the answer must be whoever asked.
  let browser: [UInt8]
  /// The token endpoint is told it once more.
  let redirectURI: String
  let returnPath: ReturnPath
  let ends: UnixTime

  /// Seconds from the first step to the last: as long as a person takes to find the second factor.
  static let life: Int64 = 600

  /// What nobody can guess: one set for each sign-in.
  struct Secrets: Sendable {
    let state: Secret
    let nonce: Secret
    let verifier: Secret
    let browser: Secret

    /// - Parameter browser: the value of the cookie that the browser has already, for a sign-in that is still under way in another
    ///   tab: a new one would end that.
    static func random(browser: Secret? = nil) -> Secrets {
      Secrets(state: Secret(SecureRandom.token()), browser: browser ?? Secret(SecureRandom.token()))
    }

    init(state: Secret, nonce: Secret, verifier: Secret, browser: Secret) {
      self.state = state
      self.nonce = nonce
      self.verifier = verifier
      self.browser = browser
    }

    /// Nonce and verifier follow from what the browser will bring back, so that they need not be kept anywhere. Whoever has only seen the
    /// address that the browser was sent to does not know the cookie.
    init(state: Secret, browser: Secret) {
      func derived(_ label: String) -> Secret {
        let bytes = Array("signalbox \(label) ".utf8) + Digest.sha256(browser.reveal()) + Digest.sha256(state.reveal())
        // The hash of the cookie is kept; the cookie itself is nowhere but in the browser.
        return Secret(Base64URL.encode(Digest.sha256(bytes + browser.reveal())))
      }
      self.init(state: state, nonce: derived("nonce"), verifier: derived("verifier"), browser: browser)
    }
  }

  init(_ secrets: Secrets, redirectURI: String, returnPath: ReturnPath, now: UnixTime) {
    self.init(
      secrets, redirectURI: redirectURI, returnPath: returnPath, ends: now.adding(seconds: Self.life))
  }

  init(_ secrets: Secrets, redirectURI: String, returnPath: ReturnPath, ends: UnixTime) {
    nonce = secrets.nonce
    verifier = secrets.verifier
    browser = Digest.sha256(secrets.browser.reveal())
    self.redirectURI = redirectURI
    self.returnPath = returnPath
    self.ends = ends
  }

  /// RFC 7636 section 4.2, method S256.
  var challenge: String { Base64URL.encode(Digest.sha256(verifier.reveal())) }

  /// Where the browser is sent: OpenID Connect Core section 3.1.2.1.
  /// - Parameter endpoint: it may have a query of its own, which is kept (RFC 6749 section 3.1).
  func authorizationURL(at endpoint: ServiceURL, as client: OpenIDClient, state: Secret) -> String {
    let query = FormText.encode([
      ("response_type", "code"), ("client_id", client.id), ("redirect_uri", redirectURI),
      ("scope", client.scopes.joined(separator: " ")), ("state", FormText.text(state)), ("nonce", FormText.text(nonce)),
      ("code_challenge", challenge), ("code_challenge_method", "S256"),
    ])
    return "\(endpoint)\(endpoint.query == nil ? "?" : "&")\(query)"
  }
}

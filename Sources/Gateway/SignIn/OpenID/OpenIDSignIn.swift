import HTTP
import Identity
import Synchronization
import Telemetry
import Wire

/// Signs people in at an OpenID Connect issuer: the authorization code flow with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636, as
/// RFC 9700 advises). What becomes of those whom the issuer has named is not decided here. Any thread.
final class OpenIDSignIn: Sendable {
  private let metadata: OpenIDMetadata
  private let keys: OpenIDKeys
  private let caller: OpenIDCaller
  private let clock: GatewayClock
  private let client: Mutex<OpenIDClient>
  private let flows: FlowKeeper
  /// Where the issuer sends browsers back to.
  private let redirectURI: @Sendable () -> String

  init(
    client: OpenIDClient, metadata: OpenIDMetadata, keys: OpenIDKeys, caller: OpenIDCaller, clock: GatewayClock,
    flows: FlowKeeper = FlowKeeper(shared: nil), redirectURI: @escaping @Sendable () -> String
  ) {
    self.client = Mutex(client)
    self.metadata = metadata
    self.keys = keys
    self.caller = caller
    self.clock = clock
    self.flows = flows
    self.redirectURI = redirectURI
  }

  /// A sign-in that has begun.
  struct Begun: Sendable {
    /// At the issuer.
    let location: String
    let cookie: Secret
  }

  /// - Parameter browser: the cookie of the request.
  func begin(
    returningTo path: ReturnPath, browser: Secret?, address: String
  ) async throws(OpenIDFault) -> Begun {
    let discovery = try await metadata.current()
    let client = client.withLock { $0 }
    let now = clock.now()
    let redirectURI = redirectURI()
    let (flow, secrets) = try await flows.begin(browser: browser, address: address, now: now) { secrets in
      OpenIDFlow(secrets, redirectURI: redirectURI, returnPath: path, now: now)
    }
    return Begun(
      location: flow.authorizationURL(at: discovery.authorization, as: client, state: secrets.state),
      cookie: secrets.browser)
  }

  /// The sign-in that a browser comes back from, and whether it was the last that this browser had begun. There is no second time.
  func take(
    _ callback: OpenIDCallback, browser: Secret?
  ) async throws(OpenIDFault) -> (flow: OpenIDFlow, isLast: Bool) {
    guard let browser else {
      throw OpenIDFault(
        .request,
        "The browser did not bring the cookie with which this sign-in began. Allow cookies here and sign in again.")
    }
    guard let taken = try await flows.take(state: callback.state, browser: browser, now: clock.now()) else {
      throw OpenIDFault(
        .request,
        "This sign-in is finished, took longer than \(OpenIDFlow.life / 60) minutes or began in another browser. Sign in again."
      )
    }
    return taken
  }

  /// Who it is, says the issuer.
  func finish(_ callback: OpenIDCallback, _ flow: OpenIDFlow) async throws(OpenIDFault) -> TokenClaims {
    let discovery = try await metadata.current()
    let client = client.withLock { $0 }
    let code = try callback.code(from: client.issuer, namesItself: discovery.namesItself)
    let exchange = OpenIDTokenRequest(code: code, flow: flow, client: client)
    let (status, body) = try await caller.send(
      exchange.request(to: discovery.token), limit: OpenIDTokenAnswer.lengthLimit)
    let answer = try OpenIDTokenAnswer(status: status, body: body, hiding: exchange.secrets)
    let token = try await verify(answer.idToken, keysAt: discovery.keys)
    try IDTokenRules(clientID: client.id, nonce: flow.nonce).check(token)
    return token.claims
  }

  private func verify(_ token: String, keysAt url: ServiceURL) async throws(OpenIDFault) -> VerifiedToken {
    let source: any KeySource
    do {
      source = try await keys.source(at: url)
    } catch {
      throw .unavailable("The issuer's keys cannot be fetched. \(error)")
    }
    do throws(TokenFault) {
      return try await source.verify(token, now: clock.now())
    } catch .keysUnavailable {
      throw .unavailable("The issuer's keys cannot be fetched.")
    } catch {
      throw IDTokenRules.fault("cannot be believed. \(error.description)")
    }
  }

  /// From now on this is what the issuer is shown. Throws, with nothing changed, when a file is no good.
  func reload(_ client: OpenIDClient, _ tls: ClientTLS) async throws {
    try await keys.reload()
    try await caller.client.reload(tls)
    self.client.withLock { $0 = client }
  }

  /// Gives up what is under way.
  func close() async {
    await keys.close()
    await caller.client.close()
  }
}

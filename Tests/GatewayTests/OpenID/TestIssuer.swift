import HTTP
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway
@testable import Identity

/// A small OpenID Connect issuer: a real server with TLS on a free port, with one client. It checks what an issuer has to check, and can
/// be told to misbehave.
final class TestIssuer: Sendable {
  static let clientID = "signalbox test"
  /// With all that has to be encoded on its way.
  static let clientSecret = "s3cret:with + / % = \u{7e}"
  private static let path = "/realms/test"

  /// What a code was given for.
  private struct Grant: Sendable {
    let redirectURI: String
    let nonce: String?
    let challenge: String?
    let user: String
  }

  struct Visits: Sendable, Equatable {
    var discovery = 0
    var keys = 0
    var authorizations = 0
    var tokens = 0
  }

  private struct State: Sendable {
    var conduct = IssuerConduct()
    var grants: [String: Grant] = [:]
    var secrets: [String] = []
    var signer: TokenSigner
    var visits = Visits()
    var refusals: [String] = []
    var port = 0
    var server: Server?
  }

  private let state: Mutex<State>
  private let isConfidential: Bool
  private let redirectURI: Mutex<String?> = Mutex(nil)

  private init(isConfidential: Bool) throws {
    self.isConfidential = isConfidential
    state = Mutex(State(signer: try TokenSigner.generate(.es256)))
  }

  /// Starts, runs `body`, and stops, whatever happens.
  /// - Parameter isConfidential: the client has a secret and has to show it.
  static func run<Value>(
    isConfidential: Bool = false, _ body: (TestIssuer) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let issuer = try TestIssuer(isConfidential: isConfidential)
    try await issuer.start()
    do {
      let value = try await body(issuer)
      await issuer.stop()
      return value
    } catch {
      await issuer.stop()
      throw error
    }
  }

  var origin: String { "https://localhost:\(state.withLock { $0.port })" }
  var name: String { origin + Self.path }
  var visits: Visits { state.withLock { $0.visits } }
  /// Why it has refused to give tokens, in order.
  var refusals: [String] { state.withLock { $0.refusals } }
  /// What nobody but the gateway and the issuer has to know: codes, verifiers, tokens.
  var secrets: [String] { state.withLock { $0.secrets } }

  func behave(_ change: (inout IssuerConduct) -> Void) {
    state.withLock { change(&$0.conduct) }
  }

  /// The only place that browsers are sent back to.
  func register(redirectURI: String) {
    self.redirectURI.withLock { $0 = redirectURI }
  }

  /// Signs with another key from now on, and publishes that alone.
  func rotateKeys() throws {
    let signer = try TokenSigner.generate(.es256)
    state.withLock { $0.signer = signer }
  }

  // MARK: Life

  /// Also after a stop, at the same port.
  func start() async throws {
    let identity = try TLSIdentity(CertificateFiles.certificates()[server: .local])
    var configuration = ListenerConfiguration(
      name: "issuer", address: try SocketAddress(host: "127.0.0.1", port: state.withLock { $0.port }),
      security: .tls(try TLSConfiguration(identity: identity)), router: router())
    configuration.deadlines.handshake = .seconds(100)
    configuration.deadlines.head = .seconds(100)
    let server = Server(
      loops: 1,
      telemetry: ServerTelemetry(log: Log(sink: DiscardSink(), clock: { 0 }), metrics: MetricsRegistry()))
    let address = try await server.start([configuration])[0]
    state.withLock {
      $0.port = address.port
      $0.server = server
    }
  }

  func stop() async {
    await state.withLock { $0.server.take() }?.stop(grace: .zero)
  }

  private func router() -> Router {
    var router = Router()
    router.on(.get, Self.path + "/.well-known/openid-configuration") { [self] _ in describe() }
    router.on(.get, Self.path + "/authorize") { [self] request in try authorize(request) }
    router.on(.post, Self.path + "/token") { [self] request in try await exchange(request) }
    router.on(.get, Self.path + "/keys") { [self] _ in publishKeys() }
    return router
  }

  // MARK: Endpoints

  private func describe() -> Response {
    let discovery = state.withLock { state in
      state.visits.discovery += 1
      return state.conduct.discovery
    }
    if let (status, body) = discovery.instead { return .json(Array(body.utf8), status: status) }
    return .json(
      Array(
        """
        {"issuer":"\(discovery.issuer ?? name)","authorization_endpoint":"\(name)/authorize?prompt=none",\
        "token_endpoint":"\(name)/token","jwks_uri":"\(name)/keys","response_types_supported":["code"],\
        "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"],\
        "code_challenge_methods_supported":["S256"],\
        "authorization_response_iss_parameter_supported":\(discovery.promisesToNameItself)}
        """.utf8))
  }

  private func authorize(_ request: Request) throws -> Response {
    let conduct = state.withLock { state in
      state.visits.authorizations += 1
      return state.conduct
    }
    let target = request.head.target
    func value(_ name: String) throws -> String {
      let values = target.queryItems.filter { $0.name == name }
      guard values.count == 1 else { throw Refusal(.badRequest, "There has to be one \(name).") }
      return values[0].value
    }
    // To a place that nobody has registered, nothing is sent back, not even an error.
    guard try value("client_id") == Self.clientID, try value("redirect_uri") == redirectURI.withLock({ $0 }) else {
      throw Refusal(.badRequest, "The client or its redirect_uri is not known here.")
    }
    guard try value("response_type") == "code", try value("code_challenge_method") == "S256",
      try value("scope").split(separator: " ").contains("openid"), try value("prompt") == "none"
    else { throw Refusal(.badRequest, "Something else than a code was asked for.") }
    var items = [("state", try value("state"))]
    if let issuer = conduct.namedIssuer(name) { items.append(("iss", issuer)) }
    if let (code, description) = conduct.authorizationError {
      items += [("error", code), ("error_description", description)]
    } else {
      let grant = Grant(
        redirectURI: try value("redirect_uri"), nonce: try value("nonce"), challenge: try value("code_challenge"),
        user: conduct.user)
      items.append(("code", give(grant)))
    }
    return Response(
      .found, fields: HTTPFields([("location", "\(try value("redirect_uri"))?\(FormText.encode(items))")]))
  }

  private func give(_ grant: Grant) -> String {
    let code = SecureRandom.token()
    state.withLock {
      $0.grants[code] = grant
      $0.secrets.append(code)
    }
    return code
  }

  private func publishKeys() -> Response {
    let (text, instead) = state.withLock { state in
      state.visits.keys += 1
      return (state.signer.keySetText, state.conduct.keysInstead)
    }
    if let instead { return .text("no keys", status: instead) }
    return .json(Array(text.utf8))
  }

  private func exchange(_ request: Request) async throws -> Response {
    let body = String(decoding: try await request.body.collect(), as: UTF8.self)
    let conduct = state.withLock { state in
      state.visits.tokens += 1
      return state.conduct
    }
    switch conduct.tokens {
    case .works: break
    case .answers(let status, let body): return .json(Array(body.utf8), status: status)
    case .waits(let gate): await gate.pass()
    case .breaksOff:
      return Response(
        body: .stream(length: 1000) { writer in
          try await writer.write(Array("{".utf8))
          throw CancellationError()
        })
    }
    guard request.head.fields["content-type"] == "application/x-www-form-urlencoded" else {
      return refuse("invalid_request", "not a form")
    }
    let form = QueryItem.parse(body)
    guard Set(form.map(\.name)).count == form.count else { return refuse("invalid_request", "doubled parameter") }
    let values = Dictionary(form.map { ($0.name, $0.value) }) { first, _ in first }
    guard isClient(request.head.fields, values) else {
      return refuse("invalid_client", "client authentication", status: .unauthorized)
    }
    // Whatever is wrong with it: a code is shown once (RFC 6749 section 4.1.2).
    let grant = state.withLock { $0.grants.removeValue(forKey: values["code"] ?? "") }
    guard values["grant_type"] == "authorization_code", let grant else { return refuse("invalid_grant", "code") }
    guard values["redirect_uri"] == grant.redirectURI else { return refuse("invalid_grant", "redirect_uri") }
    if conduct.checksChallenge {
      let verifier = values["code_verifier"] ?? ""
      guard grant.challenge == Base64URL.encode(Digest.sha256(Array(verifier.utf8))) else {
        return refuse("invalid_grant", "code_verifier")
      }
    }
    let token = try idToken(grant, conduct)
    state.withLock { $0.secrets += [token, values["code_verifier"] ?? ""] }
    return .json(
      Array(#"{"access_token":"access","token_type":"Bearer","expires_in":60,"id_token":"\#(token)"}"#.utf8))
  }

  private func isClient(_ fields: HTTPFields, _ form: [String: String]) -> Bool {
    guard isConfidential else { return form["client_id"] == Self.clientID && fields["authorization"] == nil }
    let shown = fields["authorization"]?.split(separator: " ") ?? []
    // The two alphabets of base64 differ in two letters and in the padding.
    let text = shown.last?.replacing("+", with: "-").replacing("/", with: "_").prefix { $0 != "=" } ?? ""
    let pair = Base64URL.decode(text.utf8).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let halves = pair.split(separator: ":", omittingEmptySubsequences: false)
      .map { PercentEncoding.decode(String($0), plusIsSpace: true) }
    return shown.first == "Basic" && halves == [Self.clientID, Self.clientSecret] && form["client_secret"] == nil
  }

  private func refuse(_ error: String, _ reason: String, status: HTTPStatus = .badRequest) -> Response {
    state.withLock { $0.refusals.append(reason) }
    return .json(Array(#"{"error":"\#(error)","error_description":"\#(reason)"}"#.utf8), status: status)
  }

  private func idToken(_ grant: Grant, _ conduct: IssuerConduct) throws -> String {
    let now = conduct.now().seconds
    let signer = state.withLock { $0.signer }
    var recipe = IDTokenRecipe(
      header: ["alg": "\"ES256\"", "kid": "\"\(signer.keyID)\"", "typ": "\"JWT\""],
      claims: ["iat": "\(now)", "exp": "\(now + 60)", "roles": #"["analyst"]"#], signer: signer)
    recipe.set("iss", name)
    recipe.set("aud", Self.clientID)
    recipe.set("sub", grant.user)
    if let nonce = grant.nonce { recipe.set("nonce", nonce) }
    conduct.alter(&recipe)
    return try recipe.token()
  }
}

extension TLSIdentity {
  init(_ credential: TestCredential) throws(WireError) {
    try self.init(chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
  }
}

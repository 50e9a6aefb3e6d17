import HTTP
import Identity
import Telemetry
import Wire

/// From the configuration to what runs.
extension OpenIDSignIn {
  /// Reads the files that the configuration names, and throws when one of them or a setting is no good. The issuer is not called: a gateway
  /// starts without it.
  /// - Parameters:
  ///   - redirectURI: where the issuer sends browsers back to; asked for at each sign-in.
  ///   - loop: where calls to the issuer are made. Whoever gives it stops it, after `close`.
  static func make(
    _ provider: IdentityConfiguration.OpenIDProvider, clock: GatewayClock, log: Log,
    deadlines: ClientDeadlines = OpenIDCaller.patience, flows: FlowKeeper = FlowKeeper(shared: nil),
    redirectURI: @escaping @Sendable () -> String,
    loop: @escaping @Sendable () async throws -> Loop
  ) async throws -> OpenIDSignIn {
    let location = try OpenIDDiscovery.location(of: provider.issuer)
    let files = try await OpenIDFiles.read(provider)
    var configuration = ClientConfiguration(tls: files.tls)
    // A code is shown once: no connection that the issuer may just be closing is worth it.
    configuration.idleConnections = 0
    let caller = OpenIDCaller(
      client: try HTTPClient(loop: try await loop(), configuration: configuration), deadlines: deadlines)
    return OpenIDSignIn(
      client: files.client,
      metadata: OpenIDMetadata(issuer: provider.issuer, location: location, caller: caller, clock: clock, log: log),
      keys: OpenIDKeys { url in
        try await TokenKeys.make(provider.tokens(keysAt: url), clock: clock, log: log, loop: loop)
      },
      caller: caller, clock: clock, flows: flows, redirectURI: redirectURI)
  }

  /// Reads the files again. Throws, with nothing changed, when one of them is no good.
  func reload(_ provider: IdentityConfiguration.OpenIDProvider) async throws {
    let files = try await OpenIDFiles.read(provider)
    try await reload(files.client, files.tls)
  }
}

/// What the configuration keeps in files.
struct OpenIDFiles: Sendable {
  let client: OpenIDClient
  let tls: ClientTLS

  static func read(_ provider: IdentityConfiguration.OpenIDProvider) async throws -> OpenIDFiles {
    try await BlockingPool.shared.run {
      OpenIDFiles(
        client: OpenIDClient(
          issuer: provider.issuer, id: provider.clientID, secret: try provider.clientSecretFile.map(secret),
          scopes: provider.scopes),
        tls: ClientTLS(trust: try ServerTrust.load(authorityFile: provider.authorityFile)))
    }
  }

  private static func secret(_ path: String) throws -> Secret {
    let bytes = try SecretFile.read(path, attempt: "read the client secret")
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x20...0x7e).contains($0) }) else {
      throw OpenIDSettingsError(
        "The client secret in \(path) cannot be used. Write one line of printable ASCII, as the issuer gave it out.")
    }
    return Secret(bytes: bytes)
  }
}

extension IdentityConfiguration.OpenIDProvider {
  /// How its ID tokens are judged: as bearer tokens are, made out for this client alone.
  fileprivate func tokens(keysAt url: ServiceURL) -> IdentityConfiguration.TokenSource {
    var rules = TokenRules(issuer: issuer, audiences: [clientID])
    rules.clockSkew = clockSkew
    rules.rolesClaim = rolesClaim
    rules.tenantClaim = tenantClaim
    return IdentityConfiguration.TokenSource(
      rules: rules, keys: .url(url.description, authorityFile: authorityFile, refreshSeconds: Self.keyLife))
  }

  /// Seconds after which keys are fetched anew; a token with an unknown one has them fetched at once.
  private static let keyLife: Int64 = 3600
}

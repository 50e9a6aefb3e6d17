import Identity
import Telemetry
import Wire

/// Makes what judges tokens, from the configuration.
enum TokenKeys {
  /// Reads the files that the configuration names, and throws when one of them is no good. Keys behind a URL are fetched meanwhile: a
  /// gateway starts without its issuer.
  /// - Parameter loop: where calls to an issuer are made; asked for only when there is one to call. Whoever gives it stops it, after
  ///   `close`.
  static func make(
    _ source: IdentityConfiguration.TokenSource, clock: GatewayClock, log: Log, loop: () async throws -> Loop
  ) async throws -> any KeySource {
    switch source.keys {
    case .file(let path):
      return try await LocalKeys(rules: source.rules, keyFile: path, secretFile: source.secretFile, log: log)
    case .url(let url, let authorityFile, let refreshSeconds):
      return try await FetchedKeys(
        rules: source.rules, endpoint: KeyEndpoint(url: url, authorityFile: authorityFile, loop: loop()),
        refreshSeconds: refreshSeconds, secretFile: source.secretFile, clock: clock, log: log)
    case .none:
      guard let secretFile = source.secretFile else {
        throw KeySetError("There are neither keys nor a secret to check tokens with; configure one of them.")
      }
      return try await LocalKeys(rules: source.rules, keyFile: nil, secretFile: secretFile, log: log)
    }
  }
}

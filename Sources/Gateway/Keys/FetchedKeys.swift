import HTTP
import Identity
import Synchronization
import Telemetry
import Wire

/// The keys of an issuer from its https URL. `KeyCache` decides when they are fetched; here it is done.
final class FetchedKeys: KeySource {
  private struct State {
    var cache: KeyCache
    var secret: TokenSecret?
    /// The fetch that is under way.
    var fetch: Task<Void, Never>?
  }

  private let verifier: TokenVerifier
  private let endpoint: KeyEndpoint
  private let secretFile: String?
  private let clock: GatewayClock
  private let log: Log
  private let state: Mutex<State>

  /// Reads its files and begins the first fetch, without waiting for it.
  init(
    rules: TokenRules, endpoint: KeyEndpoint, refreshSeconds: Int64, secretFile: String?, clock: GatewayClock, log: Log
  ) async throws {
    verifier = TokenVerifier(rules: rules)
    self.endpoint = endpoint
    self.secretFile = secretFile
    self.clock = clock
    self.log = log.with("url", .string(endpoint.name))
    let secret = try await Self.readSecret(secretFile)
    state = Mutex(State(cache: KeyCache(refreshSeconds: refreshSeconds), secret: secret))
    fetchIfDue()
  }

  func verify(_ token: String, now: UnixTime) async throws(TokenFault) -> VerifiedToken {
    let secret = state.withLock { $0.secret }
    let known = await keys { cache, now in cache.needKeys(at: now) }
    do throws(TokenFault) {
      return try verifier.verify(token, keys: (known?.keys ?? .empty).with(secret), now: now)
    } catch {
      guard error == .unknownKey else { throw error }
      guard let known else { throw .keysUnavailable }
      guard let others = await keys({ cache, now in cache.needOthers(than: known.version, at: now) }) else {
        throw error
      }
      return try verifier.verify(token, keys: others.keys.with(secret), now: now)
    }
  }

  func reload() async throws {
    let secret = try await Self.readSecret(secretFile)
    try await endpoint.reload()
    state.withLock {
      $0.secret = secret
      $0.cache.invalidate()
    }
    fetchIfDue()
  }

  func close() async {
    let fetch = state.withLock { $0.fetch }
    fetch?.cancel()
    await endpoint.client.close()
    await fetch?.value
  }

  private func fetchIfDue() {
    state.withLock { state in
      switch state.cache.needKeys(at: clock.now()) {
      case .fetchAndWait, .useAndFetch: begin(&state)
      case .use, .wait, .giveUp: break
      }
    }
  }

  private static func readSecret(_ file: String?) async throws -> TokenSecret? {
    guard let file else { return nil }
    return try await BlockingPool.shared.run { try TokenSecret.load(file) }
  }

  // MARK: Fetching

  /// Has the cache say what to do, and does it. Nil when there are none.
  private func keys(
    _ need: (inout KeyCache, UnixTime) -> KeyCache.Action
  ) async -> (keys: KeySet, version: Int)? {
    // Twice at most: whoever has waited takes what there is.
    for _ in 0..<2 {
      let next: Next = state.withLock { state in
        switch need(&state.cache, clock.now()) {
        case .use(let keys, let version): return .use(keys, version)
        case .useAndFetch(let keys, let version):
          begin(&state)
          return .use(keys, version)
        case .fetchAndWait: return .wait(begin(&state))
        case .wait: return state.fetch.map { .wait($0) } ?? .nothing
        case .giveUp: return .nothing
        }
      }
      switch next {
      case .use(let keys, let version): return (keys, version)
      case .wait(let fetch): await fetch.value
      case .nothing: return nil
      }
    }
    return nil
  }

  private enum Next {
    case use(KeySet, Int)
    case wait(Task<Void, Never>)
    case nothing
  }

  @discardableResult
  private func begin(_ state: inout State) -> Task<Void, Never> {
    let fetch = Task { await self.fetch() }
    state.fetch = fetch
    return fetch
  }

  private func fetch() async {
    do throws(KeySetError) {
      let keys = try await endpoint.fetch()
      let change = state.withLock { state in
        state.fetch = nil
        return state.cache.finish(with: keys, at: clock.now())
      }
      let leftOut = LogValue.list(keys.leftOut.map { .string($0) })
      switch change {
      case .first: log.info("issuer keys fetched", ["leftOut": leftOut])
      case .recovery: log.info("issuer keys can be fetched again", ["leftOut": leftOut])
      case .outage, nil: log.debug("issuer keys fetched", ["leftOut": leftOut])
      }
    } catch {
      let (change, since) = state.withLock { state in
        state.fetch = nil
        return (state.cache.fail(at: clock.now()), state.cache.keysSince)
      }
      guard change == .outage, !Task.isCancelled else { return }
      log.warning(
        "issuer keys cannot be fetched",
        ["why": .string(error.description), "keysFrom": .string(since?.description ?? "never")])
    }
  }
}

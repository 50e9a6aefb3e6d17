import HTTP
import Identity
import Telemetry
import Wire

/// The issuer's discovery document: fetched when somebody first signs in, kept for an hour, and kept on when the issuer is away.
actor OpenIDMetadata {
  private let issuer: String
  private let location: ServiceURL
  private let caller: OpenIDCaller
  private let clock: GatewayClock
  private let log: Log
  private var kept: OpenIDDiscovery?
  private var fault: OpenIDFault?
  /// When it was last fetched or tried, and when that is due again.
  private var tried = UnixTime(seconds: 0)
  private var due = UnixTime(seconds: 0)
  private var fetching: Task<Result<OpenIDDiscovery, OpenIDFault>, Never>?

  private static let life: Int64 = 3600
  /// Soon enough for people who try again, and not with each of their tries.
  private static let pause: Int64 = 5

  init(issuer: String, location: ServiceURL, caller: OpenIDCaller, clock: GatewayClock, log: Log) {
    self.issuer = issuer
    self.location = location
    self.caller = caller
    self.clock = clock
    self.log = log
  }

  /// The last good one. Throws as long as there has been none.
  func current() async throws(OpenIDFault) -> OpenIDDiscovery {
    let now = clock.now()
    // A clock that was set back would put it off for long.
    if now >= due || now < tried { await refresh() }
    if let kept { return kept }
    throw fault ?? .unavailable("The issuer has not been asked yet.")
  }

  /// One call for all who wait for it, which does not end when the first of them goes away.
  private func refresh() async {
    let task = fetching ?? Task { [self] in await fetch() }
    fetching = task
    let result = await task.value
    guard fetching == task else { return }
    fetching = nil
    tried = clock.now()
    switch result {
    case .success(let discovery):
      kept = discovery
      fault = nil
      due = tried.adding(seconds: Self.life)
    case .failure(let error):
      fault = error
      due = tried.adding(seconds: Self.pause)
      log.warning(
        "OpenID Connect: no discovery document",
        ["issuer": .string(issuer), "why": .string(error.detail), "lastGoodKept": .bool(kept != nil)])
    }
  }

  private nonisolated func fetch() async -> Result<OpenIDDiscovery, OpenIDFault> {
    do throws(OpenIDFault) {
      let request = ClientRequest(.get, location, fields: HTTPFields([("accept", "application/json")]))
      let (status, body) = try await caller.send(request, limit: OpenIDDiscovery.lengthLimit)
      guard status == .ok else {
        throw .unavailable("The issuer answered \(status.code) where its discovery document should be.")
      }
      return .success(try OpenIDDiscovery(parsing: body, issuer: issuer))
    } catch {
      return .failure(error)
    }
  }
}

import Identity
import Journal
import Telemetry
import Wire

/// What is at work for identity while a gateway runs.
struct IdentityServices: Sendable {
  let identities: Identities
  let audit: AuditTrail
  let gate: AccessGate
  let grants: StreamGrants
  /// Where calls to issuers are made.
  let calls: CallLoop
  let links: LinkKeeper
  /// Nil where no issuer is configured.
  let openID: OpenIDSignIn?
  private let tending: Task<Void, Never>
  private let countSharing: Task<Void, Never>?

  /// Reads the files and opens the state folder. Throws with the file that is wrong; nothing is left open then.
  /// - Parameters:
  ///   - ledger: where sessions are that several gateways have together. Nil: they are this one's own, in a file.
  ///   - counts: where gateways tell each other what they count. Nil: rates and streams are this one's own.
  ///   - publicURL: where people reach the public listener; asked for once it listens.
  static func start(
    _ configuration: IdentityConfiguration, clock: GatewayClock, log: Log, metrics: MetricsRegistry,
    sharing ledger: (any SharedLedger)? = nil, counts: RedisCounts? = nil, publicURL: @escaping @Sendable () -> String
  ) async throws -> IdentityServices {
    try StateFolder.prepare(configuration.stateFolder)
    let policy = try loadPolicy(configuration)
    let audit = try AuditTrail(
      file: configuration.stateFolder + "/audit.jsonl", clock: clock, log: log, metrics: metrics)
    let shared = try ledger.map {
      try SharedSessions(
        folder: configuration.stateFolder, ledger: $0, limits: configuration.sessions, now: clock.now)
    }
    let sessions = try shared.map { .shared($0) } ?? ownSessions(configuration, clock: clock, log: log)
    let calls = CallLoop()
    var keys: (any KeySource)?
    if let tokens = configuration.tokens {
      keys = try await TokenKeys.make(tokens, clock: clock, log: log) { try await calls.loop() }
    }
    var openID: OpenIDSignIn?
    if let provider = configuration.openID {
      do {
        openID = try await OpenIDSignIn.make(
          provider, clock: clock, log: log, flows: FlowKeeper(shared: shared),
          redirectURI: { publicURL() + OpenIDEndpoints.callbackPath }
        ) { try await calls.loop() }
      } catch {
        await keys?.close()
        await calls.stop()
        throw error
      }
    }
    let identities = Identities(
      configuration: configuration, clock: clock, sessions: sessions, policy: policy, keys: keys)
    let grants = StreamGrants(identities: identities) { audit.write($0) }
    shared?.whenChanged { [weak grants] in grants?.reconsider() }
    await shared?.start()
    let figures = CountFigures(metrics, clock: clock)
    let gate = AccessGate(identities: identities, audit: audit, grants: grants)
    return IdentityServices(
      identities: identities, audit: audit, gate: gate,
      grants: grants, calls: calls,
      links: shared.map { .shared($0, life: configuration.linkLife) }
        ?? .own(SignInLinks(life: configuration.linkLife)),
      openID: openID,
      tending: tend(
        sessions, grants,
        shared.map {
          SharedSettings($0, log: log, settings: SharedSettings.settings(identities, publicURL: publicURL))
        },
        clock: clock, log: log),
      countSharing: counts.map {
        CountSharing(gate.rates, grants, $0, figures: figures, clock: clock, log: log).start()
      })
  }

  var desk: SessionDesk {
    SessionDesk(gate: gate, audit: { [audit] in audit.write($0) }, reconsider: { [grants] in grants.reconsider() })
  }

  static func loadPolicy(_ configuration: IdentityConfiguration) throws -> Policy {
    try configuration.policyFile.map { try Policy.load($0, issuers: configuration.issuers) } ?? .nobody
  }

  /// Reads policy and keys again. Throws, with the old policy in place, when a file is no good: what is wrong is in the audit trail too.
  /// - Parameter policyFile: where the policy is now.
  func readAgain(policyFile: String?) async throws -> Policy {
    do {
      var configuration = identities.configuration
      configuration.policyFile = policyFile
      let policy = try Self.loadPolicy(configuration)
      try await identities.keys?.reload()
      if let provider = identities.configuration.openID { try await openID?.reload(provider) }
      return policy
    } catch {
      var record = AuditRecord(.policyChange, .failed, from: "this machine")
      record.detail = "The policy \(identities.policy.digest) stays, because a file is no good: \(error)"
      audit.write(record)
      throw error
    }
  }

  /// The policy decides from now on; whoever is connected is judged by it at once.
  func put(_ policy: Policy) {
    let before = identities.policy.digest
    identities.policy = policy
    if policy.digest != before {
      var record = AuditRecord(.policyChange, .ok, from: "this machine")
      record.detail = "The policy \(before) was replaced by \(policy.digest)."
      audit.write(record)
    }
    grants.reconsider()
  }

  /// Tells what is to be kept of sessions, while there is somebody to tell it.
  func settle() async {
    tending.cancel()
    countSharing?.cancel()
    await tending.value
    await countSharing?.value
  }

  func stop() async {
    await settle()
    gate.finish()
    await identities.keys?.close()
    await openID?.close()
    await calls.stop()
    await audit.flush()
  }

  /// Each minute, sessions that are over go and the use of the others is written down. At the end everything is.
  private static func tend(
    _ sessions: SessionKeeper, _ grants: StreamGrants, _ settings: SharedSettings?, clock: GatewayClock, log: Log
  ) -> Task<Void, Never> {
    Task {
      while true {
        await settings?.compare(now: clock.now())
        let isOver = (try? await clock.sleepUntil(clock.now().adding(seconds: sessions.period))) == nil
        do {
          if isOver { try await sessions.close(now: clock.now()) } else { try await sessions.tend(now: clock.now()) }
        } catch {
          log.error("sessions not written", ["error": .string("\(error)")])
        }
        if isOver { return }
        // Nobody may have said that nothing is heard any more.
        if case .shared(let sessions) = sessions, sessions.isCutOff { grants.reconsider() }
      }
    }
  }

  private static func ownSessions(
    _ configuration: IdentityConfiguration, clock: GatewayClock, log: Log
  ) throws -> SessionKeeper {
    let store = try SessionStore(
      file: configuration.stateFolder + "/sessions.jsonl", limits: configuration.sessions, now: clock.now())
    if let repair = store.repair { log.warning("sessions mended", ["repair": .string(repair)]) }
    return .file(store)
  }
}

/// One loop for the calls that the gateway makes to issuers; none until there is one to make.
actor CallLoop {
  private var running: Task<Loop, any Error>?

  func loop() async throws -> Loop {
    let task = running ?? Task { try await Loop.start(name: "calls") }
    running = task
    return try await task.value
  }

  func stop() async {
    if let loop = try? await running?.value { await loop.stop() }
    running = nil
  }
}

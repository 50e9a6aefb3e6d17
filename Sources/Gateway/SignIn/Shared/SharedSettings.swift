import Identity
import JSON
import Telemetry

/// What must be alike at all gateways of a journal, or somebody may be let in at one and refused at the next. Each tells the
/// others what it has; whoever finds a difference says so in its log.
actor SharedSettings {
  /// Seconds after which a gateway that has not told anything more is forgotten.
  private static let life: Int64 = 180
  private static let prefix = "gateway:"

  private let sessions: SharedSessions
  private let settings: @Sendable () -> [(name: String, value: String)]
  private let name: String
  private let log: Log
  private var told: Set<String> = []

  /// - Parameter settings: what they are now, without anything secret.
  init(
    _ sessions: SharedSessions, log: Log, name: String = SecureRandom.token(),
    settings: @escaping @Sendable () -> [(name: String, value: String)]
  ) {
    self.sessions = sessions
    self.log = log
    self.name = name
    self.settings = settings
  }

  /// To be called now and then, more often than once in `life`.
  func compare(now: UnixTime) async {
    let own = settings()
    var value = JSONWriter()
    value.object { gateway in
      gateway.member("ends", now.adding(seconds: Self.life).seconds)
      for (name, value) in own { gateway.member(name, value) }
    }
    // Where the server is away there is nobody to compare with.
    try? await sessions.renew(Self.prefix + name, value.bytes)
    var found: Set<String> = []
    for (key, value) in sessions.kept(under: Self.prefix) where key != Self.prefix + name {
      guard let other = try? JSONValue(parsing: value), let ends = other["ends"]?.int, ends > now.seconds else {
        continue
      }
      for (name, value) in own {
        // An older gateway does not tell all of them.
        if let theirs = other[name], theirs.string != value { found.insert(name) }
      }
    }
    let new = found.subtracting(told)
    told = found
    guard !new.isEmpty else { return }
    log.error(
      "another gateway of this journal has other settings",
      [
        "settings": .list(new.sorted().map { .string($0) }),
        "meaning":
          "Sessions and counts are shared: give all gateways the same policy file, and the same of these settings.",
      ])
  }
}

extension SharedSettings {
  /// Those of a gateway: what decides who somebody is, where links lead, how long sessions last, and how much is too much.
  static func settings(
    _ identities: Identities, publicURL: @escaping @Sendable () -> String
  ) -> @Sendable () -> [(name: String, value: String)] {
    let configuration = identities.configuration
    let limits = configuration.sessions
    let rates = configuration.rates
    return {
      [
        ("policy", identities.policy.digest),
        ("publicUrl", configuration.publicURL == nil ? "" : publicURL()),
        ("tokens.issuer", configuration.tokens?.rules.issuer ?? ""),
        ("openId.issuer", configuration.openID?.issuer ?? ""),
        ("openId.clientId", configuration.openID?.clientID ?? ""),
        ("sessions", "\(limits.idle) \(limits.absolute) \(limits.rotation) \(limits.overlap)"),
        ("rates.requestsPerPrincipal", "\(rates.requestsPerPrincipal)"),
        ("rates.requestsPerAddress", "\(rates.requestsPerAddress)"),
        ("rates.signInsPerAddress", "\(rates.signInsPerAddress)"),
        ("rates.submitsPerPrincipal", "\(rates.submitsPerPrincipal)"),
        ("rates.commandsPerPrincipal", "\(rates.commandsPerPrincipal)"),
        ("rates.streamsPerPrincipal", "\(rates.streamsPerPrincipal)"),
        ("rates.streamsPerAddress", "\(rates.streamsPerAddress)"),
      ]
    }
  }
}

import A2A
import A2AWire
import AgentKit
import HTTP
import Telemetry
import Wire

/// What an agent was asked to be: its name, where it listens, for whom.
struct AgentOptions: Sendable {
  static let readyFile = "ready-file"
  static let stopAtInputEnd = "stop-at-stdin-end"
  static let data = "data"
  static let pace = "pace"
  static let paces = 0...60_000
  static let specialist = "specialist"
  private static let defaultAddress = "127.0.0.1:0"

  static let specifications: [OptionSpecification] = [
    .value("listen", "HOST:PORT", "A numeric address; port 0 takes a free one. Default: \(defaultAddress)."),
    .value("cert", "FILE", "The agent's certificate."),
    .value("key", "FILE", "Its key."),
    .value("ca", "FILE", "The authority of callers' certificates."),
    .value("crl", "FILE", "The revocation list of that authority."),
    .value(
      "allow", "SAN",
      "A URI or DNS name in a caller's certificate that may call; may be given more than once. Default: everyone whose "
        + "certificate is good.", isRepeated: true),
    .flag("plain-http", "No TLS and no certificates, on a loopback address only."),
    .value(
      "origin", "URL",
      "How callers reach the agent, such as https://agent.example:7443, for its card. Default: as it listens."),
    .value(
      "versions", "LIST",
      "Versions of A2A that are spoken, the preferred one first: 1.0, 0.3 or both. Default: 1.0,0.3."),
    .value("push-ca", "FILE", "The authority of the servers that push notifications go to."),
    .flag("push-private", "Sends push notifications to private and loopback addresses as well."),
    .value("max-tasks", "N", "Tasks that are kept, ended ones included. Default: \(TaskLimits().tasks)."),
    .value("grace", "SECONDS", "How long tasks may take to end once a stop was asked for. Default: 10."),
    .value(
      "without", "CAPABILITY",
      "Does without one: \(AgentCapability.list). For conformance suites; may be "
        + "given more than once.", isRepeated: true),
    .value(
      data, "DIR",
      "The reference data of insider-trading, wash-trade and reasoning: the folder that signalbox reference generate has made."
    ),
    .value(
      pace, "MILLISECONDS", "How long each step of a tool takes at least, so that people can follow. Default: 0."),
    .value(
      specialist, "NAME=URL",
      "An agent that the orchestrator has do a part of the work, such as insider-trading=https://agent.example:7443; once for "
        + "each, with --peer-ca, --peer-cert and --peer-key.", isRepeated: true),
    .value(
      "peer", "URL",
      "Another agent, which test-child calls, such as https://agent.example:7443; with --peer-ca, --peer-cert and --peer-key. A "
        + "http URL of this machine goes without them."),
    .value("peer-ca", "FILE", "The authority of that agent's certificate."),
    .value("peer-cert", "FILE", "The certificate that is shown to it."),
    .value("peer-key", "FILE", "Its key."),
    .value("log-level", "LEVEL", "trace, debug, info, warning or error. Default: info."),
    .value(
      readyFile, "FILE",
      "For supervisors: written once the agent listens, with the process id and the real address; removed at the end."),
    .flag(stopAtInputEnd, "For supervisors: stops when standard input ends."),
  ]

  let name: AgentName
  let without: Set<AgentCapability>
  let logLevel: LogLevel
  let readyFile: String?
  let stopsAtInputEnd: Bool
  let peer: AgentPeer?
  /// Whom the orchestrator calls.
  let specialists: [(name: AgentName, peer: AgentPeer)]
  /// Nil: the agent needs none.
  let dataFolder: String?
  /// Milliseconds.
  let pace: Int
  private let files: Files?
  private let pushAuthority: String?
  private let callers: [String]
  /// Without its certificates, which are read when the agent starts and again when they change.
  private let base: AgentServerConfiguration

  /// What TLS needs.
  private struct Files: Sendable {
    let certificate: String
    let key: String
    let authority: String
    let revocationList: String?
  }

  init(
    _ arguments: ParsedArguments, _ command: CommandSpecification, environment: [String: String] = [:]
  ) throws {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    let variables = AgentVariables(environment, refusal: refusal)
    name = try Self.name(arguments, variables, command, refusal)
    var without: Set<AgentCapability> = []
    for text in arguments.values("without") {
      guard let capability = AgentCapability(rawValue: text) else {
        throw refusal(
          "There is no capability \(text.debugDescription) to do without. There are: "
            + "\(AgentCapability.list).")
      }
      without.insert(capability)
    }
    self.without = without
    let level = try arguments.value("log-level") ?? variables.level() ?? "info"
    guard let logLevel = LogLevel(name: level) else {
      throw refusal("The option --log-level is trace, debug, info, warning or error, not \(level.debugDescription).")
    }
    self.logLevel = logLevel
    readyFile = arguments.value(Self.readyFile)
    stopsAtInputEnd = arguments.has(Self.stopAtInputEnd)
    callers = arguments.values("allow")
    pushAuthority = arguments.value("push-ca")
    let peers = PeerArguments(arguments, orElse: variables.specialists(of: name), refusal: refusal)
    peer = try peers.peer()
    specialists = try peers.specialists(of: name)
    dataFolder = try Self.dataFolder(arguments, name, refusal)
    pace = try Self.pace(arguments, name, refusal)

    files = try Self.files(arguments, refusal)
    base = try Self.base(arguments, variables, refusal)
    if files == nil, !base.address.isLoopback {
      throw refusal("The option --plain-http is for loopback addresses only, and \(base.address) is none.")
    }
    if files == nil, !callers.isEmpty {
      throw refusal("The option --allow needs certificates, and with --plain-http there are none.")
    }
  }

  private static func name(
    _ arguments: ParsedArguments, _ variables: AgentVariables, _ command: CommandSpecification,
    _ refusal: (String) -> UsageError
  ) throws -> AgentName {
    guard let word = arguments.words.first else {
      if let name = try variables.agent() { return name }
      throw refusal("\(command.invocation) needs NAME, or \(AgentVariables.type) in the environment. \(AgentName.list)")
    }
    guard let name = AgentName(rawValue: word) else {
      throw refusal("There is no agent \(word.debugDescription). \(AgentName.list)")
    }
    return name
  }

  private static func base(
    _ arguments: ParsedArguments, _ variables: AgentVariables, _ refusal: (String) -> UsageError
  ) throws -> AgentServerConfiguration {
    let place = try arguments.value("listen") ?? variables.address() ?? defaultAddress
    let address: SocketAddress
    do throws(WireError) {
      address = try AgentServerConfiguration.address(place)
    } catch {
      throw refusal("The option --listen is wrong: \(error.message)")
    }
    var base = AgentServerConfiguration(address: address, security: .plainOnLoopback)
    base.allowsPrivatePush = arguments.has("push-private")
    if let seconds = try variables.heartbeatSeconds() { base.heartbeat = .seconds(seconds) }
    if let streams = try variables.openStreams() { base.tasks.streams = streams }
    if let text = arguments.value("versions") {
      guard let versions = versions(text) else {
        throw refusal("The option --versions is 1.0, 0.3, or both with a comma between, not \(text.debugDescription).")
      }
      base.versions = versions
    }
    if let tasks = try arguments.number("max-tasks", in: 1...1_000_000, refusal) { base.tasks.tasks = tasks }
    if let seconds = try arguments.number("grace", in: 0...3600, refusal) { base.grace = .seconds(seconds) }
    if let origin = arguments.value("origin") {
      guard origin.contains("://"), !origin.hasSuffix("/") else {
        throw refusal(
          "The option --origin is a scheme, a host and a port, no slash behind it, not \(origin.debugDescription)."
        )
      }
      base.origin = origin
    }
    return base
  }

  /// Each version once; nil where one is not spoken here.
  private static func versions(_ text: String) -> [ProtocolVersion]? {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
    let versions = names.compactMap { ProtocolVersion(rawValue: String($0)) }
    return versions.count == names.count && Set(versions).count == versions.count ? versions : nil
  }

  /// Reads the files. Throws with the name of the one that is no good.
  func configuration() throws(WireError) -> AgentServerConfiguration {
    var configuration = base
    configuration.security = try security()
    if !callers.isEmpty { configuration.callers = .listed(Set(callers)) }
    if let pushAuthority { configuration.pushTrust = try ServerTrust.load(authorityFile: pushAuthority) }
    return configuration
  }

  func security() throws(WireError) -> AgentServerConfiguration.Security {
    guard let files else { return .plainOnLoopback }
    return try AgentServerConfiguration.mutualTLS(
      certificate: files.certificate, key: files.key, clientAuthority: files.authority,
      revocationList: files.revocationList, callers: callers)
  }

  private static func dataFolder(
    _ arguments: ParsedArguments, _ name: AgentName, _ refusal: (String) -> UsageError
  ) throws -> String? {
    guard name.needsReferenceData else {
      guard !arguments.has(data) else { throw refusal("The agent \(name.rawValue) needs no --data.") }
      return nil
    }
    guard let folder = arguments.value(data), !folder.isEmpty else {
      throw refusal(
        "The option --data is needed: the agent \(name.rawValue) works on reference data. Make some with signalbox reference generate."
      )
    }
    return folder
  }

  private static func pace(
    _ arguments: ParsedArguments, _ name: AgentName, _ refusal: (String) -> UsageError
  ) throws -> Int {
    guard arguments.has(pace) else { return 0 }
    guard name.needsReferenceData else {
      throw refusal("The option --pace is for agents with tools, and \(name.rawValue) has none.")
    }
    return try arguments.number(pace, in: paces, refusal) ?? 0
  }

  /// Nil for plain HTTP.
  private static func files(_ arguments: ParsedArguments, _ refusal: (String) -> UsageError) throws -> Files? {
    let names = ["cert", "key", "ca"]
    if arguments.has("plain-http") {
      for name in names + ["crl"] where arguments.has(name) {
        throw refusal("The options --plain-http and --\(name) do not go together.")
      }
      return nil
    }
    let values = try names.map { name in
      guard let value = arguments.value(name) else {
        throw refusal("The option --\(name) is needed: agents speak TLS with certificates on both sides.")
      }
      return value
    }
    return Files(
      certificate: values[0], key: values[1], authority: values[2], revocationList: arguments.value("crl"))
  }
}

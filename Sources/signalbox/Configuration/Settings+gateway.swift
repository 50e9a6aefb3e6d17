import Gateway
import HTTP
import Wire

extension Settings {
  /// What the gateway starts with. Throws only what reading the settings has already refused.
  func gateway(webFolder: String, cores: Int) throws(WireError) -> GatewayConfiguration {
    var gateway = GatewayConfiguration(
      publicListener: try listener(.public),
      agentListener: isOpen(.agents) ? try listener(.agents) : nil,
      adminListener: isOpen(.admin) ? try listener(.admin) : nil,
      loops: integer("loops") == 0 ? cores : integer("loops"), webFolder: webFolder,
      identity: identity, diagnostics: boolean("diagnostics"), shutdownGrace: .seconds(integer("shutdownGraceSeconds")))
    gateway.samplesFolder = path("samples")
    gateway.drain = .seconds(integer("drainSeconds"))
    gateway.journal = journal
    gateway.streams = streams
    gateway.streamIngest = streamIngest
    gateway.work = work
    return gateway
  }

  func address(_ role: ListenerRole) throws(WireError) -> SocketAddress {
    try SocketAddress(host: text(role.key("address")), port: integer(role.key("port")))
  }

  private func listener(_ role: ListenerRole) throws(WireError) -> GatewayConfiguration.Listener {
    var listener = GatewayConfiguration.Listener(
      address: try address(role), certificateFile: path(role.key("certificate")) ?? "",
      keyFile: path(role.key("key")) ?? "", clients: clients(role),
      strictTransportSeconds: integer(role.key("strictTransportSeconds")))
    listener.limits.total = integer(role.key("limits.connections"))
    listener.limits.perAddress = integer(role.key("limits.connectionsPerAddress"))
    listener.requestLimits = requestLimits(role)
    listener.deadlines = deadlines(role)
    return listener
  }

  private func clients(_ role: ListenerRole) -> GatewayConfiguration.Clients {
    let names = ClientNames(
      uriPrefixes: list(role.key("clientNames.uriPrefixes")), dnsNames: list(role.key("clientNames.dnsNames")))
    let trust = GatewayConfiguration.Trust(
      authorityFile: path(role.key("clientAuthority")) ?? "", revocationFile: path(role.key("revocationList")),
      names: names)
    return switch text(role.key("clientCertificates")) {
    case "none": .none
    case "optional": .optional(trust)
    default: .required(trust)
    }
  }

  private func requestLimits(_ role: ListenerRole) -> RequestLimits {
    var limits = RequestLimits()
    limits.maxRequestLine = integer(role.key("limits.requestLineBytes"))
    limits.maxFieldLine = integer(role.key("limits.fieldLineBytes"))
    limits.maxFieldSection = integer(role.key("limits.fieldSectionBytes"))
    limits.maxFieldCount = integer(role.key("limits.fieldCount"))
    limits.maxBody = integer(role.key("limits.bodyBytes"))
    return limits
  }

  private func deadlines(_ role: ListenerRole) -> Deadlines {
    func seconds(_ name: String) -> Duration { .seconds(integer(role.key("deadlines.\(name)Seconds"))) }
    var deadlines = Deadlines()
    deadlines.handshake = seconds("handshake")
    deadlines.head = seconds("head")
    deadlines.body = seconds("body")
    deadlines.answer = seconds("answer")
    deadlines.idle = seconds("idle")
    deadlines.linger = seconds("linger")
    deadlines.minimumRate.bytesPerSecond = integer(role.key("deadlines.minimumBytesPerSecond"))
    return deadlines
  }
}

import Gateway
import HTTP
import Testing
import Wire

@testable import signalbox

struct GatewaySettingsTests {
  private func gateway(_ flags: [(String, String)], cores: Int = 3) throws -> GatewayConfiguration {
    var sources = ConfigurationSources()
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    return try settings.gateway(webFolder: "/web", cores: cores)
  }

  @Test func `without settings, everything is as the libraries have it`() throws {
    let gateway = try gateway([])
    #expect(gateway.loops == 3)
    #expect(gateway.webFolder == "/web")
    #expect(gateway.diagnostics == false)
    #expect(gateway.shutdownGrace == .seconds(10))
    let listener = gateway.publicListener
    #expect(listener.address == (try SocketAddress(host: "127.0.0.1", port: 8443)))
    #expect(listener.limits == ConnectionLimits())
    #expect(listener.requestLimits == RequestLimits())
    #expect(listener.deadlines == Deadlines())
    #expect(listener.strictTransportSeconds == 31_536_000)
    guard case .none = listener.clients else { return #expect(Bool(false), "The public listener asks for nobody.") }
    #expect(gateway.agentListener?.address.port == 8444)
    #expect(gateway.adminListener?.address.port == 8445)
  }

  @Test func `loops are taken as they are, unless they are 0`() throws {
    #expect(try gateway([("loops", "7")]).loops == 7)
    #expect(try gateway([("loops", "0")], cores: 5).loops == 5)
  }

  @Test func `listeners that are not enabled are not there`() throws {
    let gateway = try gateway([("listeners.agents.enabled", "false"), ("listeners.admin.enabled", "false")])
    #expect(gateway.agentListener == nil)
    #expect(gateway.adminListener == nil)
  }

  @Test func `limits and deadlines reach the listener they are for`() throws {
    let key = ListenerRole.agents.key
    let gateway = try gateway([
      (key("limits.connections"), "11"), (key("limits.connectionsPerAddress"), "12"),
      (key("limits.requestLineBytes"), "113"), (key("limits.fieldLineBytes"), "114"),
      (key("limits.fieldSectionBytes"), "315"), (key("limits.fieldCount"), "16"), (key("limits.bodyBytes"), "17"),
      (key("deadlines.handshakeSeconds"), "21"), (key("deadlines.headSeconds"), "22"),
      (key("deadlines.bodySeconds"), "23"), (key("deadlines.answerSeconds"), "24"),
      (key("deadlines.idleSeconds"), "25"), (key("deadlines.lingerSeconds"), "26"),
      (key("deadlines.minimumBytesPerSecond"), "27"), (key("strictTransportSeconds"), "28"),
    ])
    let listener = try #require(gateway.agentListener)
    #expect([listener.limits.total, listener.limits.perAddress] == [11, 12])
    let request = listener.requestLimits
    #expect(
      [request.maxRequestLine, request.maxFieldLine, request.maxFieldSection, request.maxFieldCount, request.maxBody]
        == [
          113, 114, 315, 16, 17,
        ])
    let deadlines = listener.deadlines
    #expect(
      [deadlines.handshake, deadlines.head, deadlines.body, deadlines.answer, deadlines.idle, deadlines.linger]
        == (21...26).map { Duration.seconds($0) })
    #expect(deadlines.minimumRate.bytesPerSecond == 27)
    #expect(listener.strictTransportSeconds == 28)
    #expect(gateway.publicListener.limits == ConnectionLimits())
    #expect(gateway.adminListener?.deadlines == Deadlines())
  }

  @Test func `client certificates come with their authority, list and names`() throws {
    let key = ListenerRole.public.key
    let gateway = try gateway([
      (key("clientCertificates"), "optional"), (key("clientAuthority"), "ca.pem"), (key("revocationList"), "ca.crl"),
      (key("clientNames.uriPrefixes"), "spiffe://a/"), (key("clientNames.dnsNames"), "b.example"),
    ])
    guard case .optional(let trust) = gateway.publicListener.clients else {
      return #expect(Bool(false), "Optional was asked for.")
    }
    #expect(trust.authorityFile == "ca.pem")
    #expect(trust.revocationFile == "ca.crl")
    #expect(trust.names == ClientNames(uriPrefixes: ["spiffe://a/"], dnsNames: ["b.example"]))
    guard case .required = gateway.adminListener?.clients else {
      return #expect(Bool(false), "The admin listener always asks for a certificate.")
    }
  }
}

import Identity
import JSON

/// The configuration file that the demo writes for its gateway; paths are relative to it.
enum DemoConfiguration {
  /// Short, so that a browser does not remember for a year that localhost speaks https only.
  private static let strictTransportSeconds = 300

  static func content(
    _ options: DemoOptions, agents: [DemoAgent] = [], pki: PKILayout, web: String, samples: String? = nil
  ) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      object.member("web", web)
      object.member("samples", ifPresent: samples)
      object.member("diagnostics", options.hasDiagnostics)
      // Nobody balances a demo's load, and whoever ends it is waiting.
      object.member("drainSeconds", 0)
      object.member("state", "state")
      object.member("policy", "policy.json")
      object.object("tokens") { tokens in
        tokens.member("issuer", DemoToken.issuer)
        tokens.array("audiences") { $0.string(DemoToken.audience) }
        tokens.member("keys", "token-keys.json")
      }
      if let first = agents.first {
        object.object("agents") { list in
          for agent in agents { write(agent, pki, to: &list) }
        }
        object.object("work") { $0.member("defaultAgent", first.name.rawValue) }
      }
      object.object("listeners") { listeners in
        for (offset, role) in ListenerRole.allCases.enumerated() {
          listeners.object(role.rawValue) { listener in
            listener.member("address", "127.0.0.1")
            listener.member("port", options.port == 0 ? 0 : options.port + offset)
            listener.member("certificate", "pki/server.pem")
            listener.member("key", "pki/server.key")
            // People come with a browser and its cookie, operators' scripts with their certificate.
            if role == .public { listener.member("clientCertificates", "optional") }
            listener.member("clientAuthority", "pki/client-ca.pem")
            listener.member("revocationList", "pki/client-ca.crl")
            listener.member("strictTransportSeconds", strictTransportSeconds)
          }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Its certificate has to name the agent: that of another server on this machine is not good enough.
  private static func write(_ agent: DemoAgent, _ pki: PKILayout, to list: inout JSONWriter) {
    let gateway = pki.client(.gateway, name: DemoPKI.gateway)
    list.object(agent.name.rawValue) { entry in
      entry.member("url", agent.url)
      entry.member("certificate", gateway.certificate)
      entry.member("key", gateway.key)
      entry.member("authority", pki.serverAuthority.certificate)
      entry.array("serverNames") { $0.string(ClientKind.agent.identifier(name: agent.name.rawValue)) }
    }
  }
}

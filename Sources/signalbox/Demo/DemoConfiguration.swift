import JSON

/// The configuration file that the demo writes for its gateway; paths are relative to it.
enum DemoConfiguration {
  /// Short, so that a browser does not remember for a year that localhost speaks https only.
  private static let strictTransportSeconds = 300

  static func content(_ options: DemoOptions, web: String) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      object.member("web", web)
      object.member("diagnostics", options.hasDiagnostics)
      // Nobody balances a demo's load, and whoever ends it is waiting.
      object.member("drainSeconds", 0)
      object.member("state", "state")
      object.member("policy", "policy.json")
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
}

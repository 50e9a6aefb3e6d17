/// The gateway's three listeners, as the configuration names them.
enum ListenerRole: String, Sendable, CaseIterable {
  case `public`
  case agents
  case admin

  func key(_ name: String) -> String { "listeners.\(rawValue).\(name)" }

  var defaultPort: Int {
    switch self {
    case .public: 8443
    case .agents: 8444
    case .admin: 8445
    }
  }

  /// Who may come with a client certificate of the development PKI.
  var defaultPrefixes: [String] {
    switch self {
    case .public: ["spiffe://signalbox.local/agent/", "spiffe://signalbox.local/operator/"]
    case .agents: ["spiffe://signalbox.local/agent/"]
    case .admin: ["spiffe://signalbox.local/operator/"]
    }
  }
}

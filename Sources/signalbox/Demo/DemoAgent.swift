import Identity
import JSON

/// An agent of the demo: how it is started, and where it was found to listen.
struct DemoAgent: Sendable, Equatable {
  let name: AgentName
  let processID: Int32
  let url: String

  /// Reads what `agent --ready-file` wrote.
  init(_ name: AgentName, ready bytes: [UInt8]) throws(CommandFailure) {
    let json = try? JSONValue(parsing: bytes)
    guard let process = json?["pid"]?.int.flatMap({ Int32(exactly: $0) }), let url = json?["url"]?.string else {
      throw .failure(
        "The ready file of the agent \(name.rawValue) cannot be understood; this program and that one do not match.")
    }
    self.name = name
    processID = process
    self.url = url
  }

  /// The gateway may call it, and the agents that have work for it; the other clients of the demo's authority may not.
  /// - Parameter callees: those that it calls.
  static func arguments(
    _ name: AgentName, _ folder: DemoFolder, _ pki: DemoPKI, callees: [DemoAgent] = [], pace: Int? = nil
  ) -> [String] {
    let files = pki.layout.service(name.rawValue)
    var arguments = [
      "agent", name.rawValue, "--cert", files.certificate, "--key", files.key,
      "--ca", pki.layout.clientAuthority.certificate, "--crl", pki.layout.revocationList, "--allow", DemoPKI.gatewayURI,
      "--grace", "0", "--\(AgentOptions.readyFile)", folder.ready(of: .agent(name)), "--\(AgentOptions.stopAtInputEnd)",
    ]
    for caller in AgentName.allCases where caller.callees.contains(name) {
      arguments += ["--allow", ClientKind.agent.identifier(name: caller.rawValue)]
    }
    if name.needsReferenceData { arguments += ["--\(AgentOptions.data)", folder.reference] }
    if name.needsReferenceData, let pace { arguments += ["--\(AgentOptions.pace)", String(pace)] }
    guard !callees.isEmpty else { return arguments }
    for callee in callees { arguments += ["--\(AgentOptions.specialist)", "\(callee.name.rawValue)=\(callee.url)"] }
    let shown = pki.layout.client(.agent, name: name.rawValue)
    arguments += [
      "--peer-ca", pki.layout.serverAuthority.certificate, "--peer-cert", shown.certificate, "--peer-key", shown.key,
    ]
    return arguments
  }
}

import HTTP

/// The other agents that an agent was told of: --peer, or --specialist for each.
struct PeerArguments {
  private static let files = ["peer-ca", "peer-cert", "peer-key"]

  private let arguments: ParsedArguments
  /// Specialists, as the environment has them. It says nothing where an option does.
  private let others: [String]
  private let refusal: (String) -> UsageError

  init(_ arguments: ParsedArguments, orElse others: [String], refusal: @escaping (String) -> UsageError) {
    self.arguments = arguments
    self.others = others
    self.refusal = refusal
  }

  /// Nil: there is none.
  func peer() throws -> AgentPeer? {
    guard let text = arguments.value("peer") else {
      for name in Self.files where arguments.has(name) && !arguments.has(AgentOptions.specialist) && others.isEmpty {
        throw refusal("The option --\(name) is for the agent of --peer or --specialist, and there is none.")
      }
      return nil
    }
    return try peer(at: text, of: "peer")
  }

  /// Each agent that this one calls, once.
  func specialists(of agent: AgentName) throws -> [(name: AgentName, peer: AgentPeer)] {
    let texts = arguments.has(AgentOptions.specialist) ? arguments.values(AgentOptions.specialist) : others
    let known = agent.callees.map(\.rawValue).joined(separator: ", ")
    guard !agent.callees.isEmpty else {
      guard texts.isEmpty else { throw refusal("The agent \(agent.rawValue) calls no others; leave --specialist out.") }
      return []
    }
    var found: [(name: AgentName, peer: AgentPeer)] = []
    for text in texts {
      let halves = text.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, let name = AgentName(rawValue: String(halves[0])), agent.callees.contains(name) else {
        throw refusal(
          "The option --specialist is NAME=URL with one of the names \(known), not \(text.debugDescription).")
      }
      guard !found.contains(where: { $0.name == name }) else {
        throw refusal("The option --specialist names \(name.rawValue) twice.")
      }
      var peer = try peer(at: String(halves[1]), of: AgentOptions.specialist)
      peer.name = name
      found.append((name, peer))
    }
    guard !found.isEmpty else {
      throw refusal("The option --specialist is needed: name who works for the \(agent.rawValue), of \(known).")
    }
    return found
  }

  private func peer(at text: String, of option: String) throws -> AgentPeer {
    let url: ServiceURL
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: text, allowingPlainOnLoopback: true)
    } catch {
      let isOption = option != AgentOptions.specialist || arguments.has(option)
      let said = isOption ? "option --\(option)" : "environment's URL \(text.debugDescription)"
      throw refusal("The \(said) is wrong: \(error.description)")
    }
    guard url.scheme.isEncrypted else {
      for name in Self.files where arguments.has(name) {
        throw refusal("The option --\(name) is for https, and --\(option) is \(url.scheme.rawValue).")
      }
      return AgentPeer(url: url, files: nil)
    }
    let files = try Self.files.map { name in
      guard let file = arguments.value(name) else {
        throw refusal(
          "The option --\(name) is needed for --\(option): agents speak TLS with certificates on both sides.")
      }
      return file
    }
    return AgentPeer(url: url, files: AgentPeer.Files(authority: files[0], certificate: files[1], key: files[2]))
  }
}

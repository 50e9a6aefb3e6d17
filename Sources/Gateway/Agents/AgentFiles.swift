import Identity
import Wire

/// What the files of an agent's configuration hold, checked.
struct AgentFiles: Sendable {
  let tls: ClientTLS
  /// Nil: signatures of its card are not looked at.
  let cardKeys: KeySet?

  /// Throws with the file's name. Blocks.
  static func load(_ agent: AgentConfiguration) throws -> AgentFiles {
    var identity: TLSIdentity?
    if let certificate = agent.certificateFile, let key = agent.keyFile {
      identity = try TLSIdentity.load(chainFile: certificate, keyFile: key)
    }
    let tls = ClientTLS(
      trust: try ServerTrust.load(authorityFile: agent.authorityFile, revocationFile: agent.revocationFile),
      identity: identity, names: agent.serverNames.isEmpty ? nil : ServerNames(agent.serverNames))
    let keys = try agent.cardKeysFile.map { file in
      try KeySet(jwks: try FileContents.read(file, limit: KeySet.sizeLimit), source: file)
    }
    return AgentFiles(tls: tls, cardKeys: keys)
  }
}

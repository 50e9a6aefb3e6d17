import A2AWire
import HTTP
import Identity
import Wire

/// Another agent that this one may call: where it is, and as whom we call it.
struct AgentPeer: Sendable, Equatable {
  /// What TLS needs; nil for plain HTTP.
  struct Files: Sendable, Equatable {
    let authority: String
    let certificate: String
    let key: String
  }

  let url: ServiceURL
  let files: Files?
  /// Whose certificate it must show. Nil: any of the authority's that is good for the host.
  var name: AgentName?

  /// Reads the files. Throws with the name of the one that is no good.
  func tls() throws(WireError) -> ClientTLS {
    guard let files else { return ClientTLS(trust: .nobody()) }
    return ClientTLS(
      trust: try ServerTrust.load(authorityFile: files.authority),
      identity: try TLSIdentity.load(chainFile: files.certificate, keyFile: files.key),
      names: name.map { ServerNames([ClientKind.agent.identifier(name: $0.rawValue)]) })
  }
}

/// The line to it, from the agent's start to its end.
struct PeerConnection: Sendable {
  let client: AgentClient
  private let peer: AgentPeer
  private let http: HTTPClient
  private let loop: Loop

  static func open(
    _ peer: AgentPeer, options: AgentClientOptions = AgentClientOptions()
  ) async throws -> PeerConnection {
    let configuration = ClientConfiguration(tls: try peer.tls())
    var options = options
    // Its card names what it speaks, and that is not encrypted then.
    if !peer.url.scheme.isEncrypted { options.interfaces.allowsPlainOnLoopback = true }
    let loop = try await Loop.start(name: "peer")
    do {
      let http = try HTTPClient(loop: loop, configuration: configuration)
      return PeerConnection(
        client: try AgentClient(at: peer.url, over: http, options: options), peer: peer, http: http, loop: loop)
    } catch {
      await loop.stop()
      throw error
    }
  }

  /// New connections show and demand what is in the files now.
  func reload() async throws { try await http.reload(try peer.tls()) }

  func close() async {
    await http.close()
    await loop.stop()
  }
}

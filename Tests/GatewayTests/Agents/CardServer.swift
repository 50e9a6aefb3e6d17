import A2A
import Foundation
import HTTP
import Identity
import JSON
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// As much of an agent as can be looked at: a card behind TLS, which may change.
final class CardServer: Sendable {
  private struct State {
    var body: [UInt8] = []
    var status = HTTPStatus.ok
    var asked = 0
  }

  let port: Int
  private let state = Mutex(State())

  /// How often its card was asked for.
  var asked: Int { state.withLock { $0.asked } }

  private init(port: Int) {
    self.port = port
  }

  /// Serves its card while `body` runs.
  static func run<Value>(
    showing credential: TestCredential? = nil, clients: ClientCertificates = .none,
    _ body: (CardServer) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let log = Log(sink: KeptLines(), minimumLevel: .error, clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: log, metrics: MetricsRegistry()))
    let identity = try TLSIdentity(credential ?? CertificateFiles.certificates()[server: .local])
    let place = Place()
    var router = Router()
    for path in ["/.well-known/agent-card.json", "/cards/one.json"] {
      router.on(.get, path) { _ in place.answer() }
    }
    let addresses = try await server.start([
      ListenerConfiguration(
        name: "agent", address: try SocketAddress(host: "127.0.0.1", port: 0),
        security: .tls(try TLSConfiguration(identity: identity, clients: clients)), router: router)
    ])
    let made = CardServer(port: addresses[0].port)
    made.show(made.card())
    place.set(made)
    do {
      let value = try await body(made)
      await server.stop(grace: .seconds(5))
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  /// The routes are there before the server that they are of.
  private final class Place: Sendable {
    private let server = Mutex<CardServer?>(nil)

    func set(_ server: CardServer) { self.server.withLock { $0 = server } }
    func answer() -> Response { server.withLock { $0 }?.answer() ?? .text("not yet", status: .serviceUnavailable) }
  }

  private func answer() -> Response {
    state.withLock { state in
      state.asked += 1
      let fields = HTTPFields([("content-type", "application/json"), ("cache-control", "max-age=3600")])
      return Response(state.status, fields: fields, body: .bytes(state.body))
    }
  }

  func card(_ change: (inout AgentCard) -> Void = { _ in }) -> AgentCard {
    var card = AgentCard(
      name: "Scripted", description: "Shows its card.", version: "1.2.3",
      interfaces: [AgentInterface(url: "https://localhost:\(port)/rpc", binding: .jsonRPC)],
      skills: [AgentSkill(id: "s", name: "Skill", description: "Does it.", tags: ["t"])])
    card.capabilities.streaming = true
    change(&card)
    return card
  }

  func show(_ card: AgentCard) { show(card.encoded()) }

  func show(_ body: [UInt8], status: HTTPStatus = .ok) {
    state.withLock { state in
      state.body = body
      state.status = status
    }
  }

  /// The card with a signature over it.
  func show(_ card: AgentCard, signedBy signer: TokenSigner) throws {
    let canonical = try JSONValue(parsing: card.encoded()).canonical() ?? []
    let parts = try signer.sign(try JSONValue(parsing: canonical)).split(separator: ".").map(String.init)
    var signed = card
    signed.signatures = [AgentCardSignature(protected: parts[0], signature: parts[2])]
    show(signed)
  }

  func configuration(_ name: String, host: String = "localhost", path: String = "") throws -> AgentConfiguration {
    AgentConfiguration(
      name: name, url: "https://\(host):\(port)\(path)", authorityFile: try AgentScene.authorityFile())
  }
}

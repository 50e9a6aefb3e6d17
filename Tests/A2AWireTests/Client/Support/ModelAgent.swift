import A2A
import A2AWire
import HTTP
import Synchronization
import Telemetry
import TestSupport
import Wire

/// An agent that behaves, over `Wire`'s server: it understands every dialect, remembers what it was asked, and answers what the test
/// says.
final class ModelAgent: Sendable {
  typealias Answering = @Sendable (A2A.Operation) -> Answer

  enum Answer: Sendable {
    case result(OperationResult)
    case refusal(A2AError)
    case stream([TaskEvent])
  }

  /// One question, and how it was put.
  struct Asked: Sendable {
    let operation: A2A.Operation
    let dialect: Dialect
    let method: HTTPMethod
    let fields: HTTPFields
  }

  private let kept = Mutex<[Asked]>([])
  private let cards = Mutex<[HTTPFields]>([])
  private let answering: Answering
  /// What the request for the card is answered with, given its fields and the address.
  private let card: @Sendable (HTTPFields, String) -> Response

  var asked: [Asked] { kept.withLock { $0 } }
  /// The fields of each request for the card.
  var cardRequests: [HTTPFields] { cards.withLock { $0 } }

  private init(
    card: @escaping @Sendable (HTTPFields, String) -> Response, answering: @escaping Answering
  ) {
    self.card = card
    self.answering = answering
  }

  /// An agent while `body` runs.
  static func run<Value>(
    clients: ClientCertificates = .none, subscribeByPost: HTTPStatus? = nil,
    card: @escaping @Sendable (HTTPFields, String) -> Response = { _, authority in
      Response(body: .bytes(ModelAgent.card(Dialect.everyOne.map { ModelAgent.interface($0, authority) }).encoded()))
    },
    answering: @escaping Answering = { _ in .refusal(A2AError(.methodNotFound, "Not here.")) },
    _ body: (ModelAgent, Int) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let agent = ModelAgent(card: card, answering: answering)
    let log = Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: log, metrics: MetricsRegistry()))
    let identity = try TLSIdentity(try TestCertificates.shared()[server: .local])
    let addresses = try await server.start([
      ListenerConfiguration(
        name: "agent", address: try SocketAddress(host: "127.0.0.1", port: 0),
        security: .tls(try TLSConfiguration(identity: identity, clients: clients)),
        router: agent.router(subscribeByPost: subscribeByPost))
    ])
    do {
      let value = try await body(agent, addresses[0].port)
      await server.stop(grace: .seconds(5))
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  static let declaredExtension = "https://extensions.example/one"

  static func card(_ interfaces: [AgentInterface]) -> AgentCard {
    var card = AgentCard(
      name: "Model", description: "d", version: "1", interfaces: interfaces,
      skills: [AgentSkill(id: "s", name: "s", description: "s", tags: ["s"])])
    card.capabilities = AgentCapabilities(
      streaming: true, pushNotifications: true, extendedAgentCard: true,
      extensions: [AgentExtension(uri: declaredExtension)])
    return card
  }

  /// The interface of a dialect; those of 1.0 have a tenant.
  static func interface(_ dialect: Dialect, _ authority: String) -> AgentInterface {
    let isRPC = dialect.binding == .jsonRPC
    return AgentInterface(
      url: "https://\(authority)/\(isRPC ? "rpc" : "rest/")", binding: isRPC ? .jsonRPC : .httpJSON,
      protocolVersion: dialect.version.rawValue, tenant: dialect.version == .v1 ? "acme" : nil)
  }

  // MARK: Serving

  /// - Parameter subscribeByPost: what POST is answered with where GET is meant.
  private func router(subscribeByPost: HTTPStatus?) -> Router {
    var router = Router()
    router.on(.get, "/.well-known/agent-card.json") { [self] request in
      cards.withLock { $0.append(request.head.fields) }
      return card(request.head.fields, request.head.authority)
    }
    router.on(.post, "/rpc") { [self] request in
      let body = try await request.body.collect()
      let head = request.head
      return try answer(head) { () throws(CallRefused) in
        try JSONRPCReader.read(body: body, fields: head.fields, query: head.target.queryItems)
      }
    }
    for method in [HTTPMethod.get, .post, .delete] {
      router.on(method, "/rest/{path...}") { [self] request in
        let body = try await request.body.collect()
        let head = request.head
        var path = Array(head.target.decodedSegments.dropFirst())
        let tenant = path.first == "acme" ? path.removeFirst() : nil
        if let subscribeByPost, method == .post, path.last?.hasSuffix(":subscribe") == true {
          return .text("no", status: subscribeByPost)
        }
        return try answer(head) { [path] () throws(CallRefused) in
          try HTTPJSONReader.read(
            method: method, path: path, tenant: tenant, query: head.target.queryItems, fields: head.fields, body: body)
        }
      }
    }
    return router
  }

  private func answer(_ head: RequestHead, _ read: () throws(CallRefused) -> ServerCall?) throws -> Response {
    let call: ServerCall
    do throws(CallRefused) {
      guard let found = try read() else { return .text("nothing here", status: .notFound) }
      call = found
    } catch {
      return Response(error.answer)
    }
    kept.withLock {
      $0.append(Asked(operation: call.operation, dialect: call.dialect, method: head.method, fields: head.fields))
    }
    switch answering(call.operation) {
    case .result(let result): return Response(call.replies.answer(result))
    case .refusal(let error): return Response(call.replies.refusal(error))
    case .stream(let events):
      return .events { stream in
        for (index, event) in events.enumerated() {
          try await stream.send(
            ServerSentEvent(data: call.replies.event(event, isLast: index == events.count - 1)))
        }
      }
    }
  }
}

extension Response {
  init(_ answer: EncodedAnswer) {
    self.init(answer.status, fields: HTTPFields([("content-type", answer.mediaType)]), body: .bytes(answer.body))
  }
}

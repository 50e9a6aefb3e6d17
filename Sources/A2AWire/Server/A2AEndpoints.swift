package import A2A
package import HTTP
import Synchronization
import Telemetry
package import Wire

/// A2A on a listener: both bindings, both versions, and the card, for what a `TaskService` does.
///
/// Below the prefix: JSON-RPC at `EndpointOptions.jsonRPCPath`, the card at `/.well-known/agent-card.json` and at its older address, and
/// HTTP+JSON at every other path, with or without a tenant before it. A few of these paths are those of the first alert analyzers.
package final class A2AEndpoints: Sendable {
  /// Gives the service that a request is for, nil when there is none under its path.
  package typealias Services = @Sendable (Request) async -> (any TaskService)?
  /// Gives the service that a call means by its tenant.
  package typealias Tenants = @Sendable (String?) async throws(A2AError) -> any TaskService

  let options: EndpointOptions
  let telemetry: EndpointTelemetry
  let census: StreamCensus
  private let services: Services
  private let cards: CardShelf
  private let origin = Mutex<String?>(nil)

  /// Several services behind one prefix with parameters, such as `/agents/{name}`.
  package init(
    options: EndpointOptions = EndpointOptions(), telemetry: EndpointTelemetry, services: @escaping Services
  ) {
    self.options = options
    self.telemetry = telemetry
    self.services = services
    census = StreamCensus(options.streams, open: telemetry.streamsOpen)
    cards = CardShelf(maxAge: options.cardMaxAge)
  }

  package convenience init(
    _ service: any TaskService, options: EndpointOptions = EndpointOptions(), telemetry: EndpointTelemetry
  ) {
    self.init(options: options, telemetry: telemetry) { _ in service }
  }

  /// Says under which scheme, host and port clients reach this listener (`https://agent.example:7443`), for the card. Until then the
  /// card is answered with 503: the port is known only after listening.
  package func publish(origin: String) {
    precondition(origin.contains("://") && !origin.hasSuffix("/"), "An origin has a scheme and no path.")
    self.origin.withLock { $0 = origin }
  }

  /// One route, for whoever lets callers in themselves.
  package struct Route: Sendable {
    package enum Answer: Sendable {
      /// The card with the addresses of this listener.
      case card(@Sendable (Request, AgentCard) -> Response)
      case call(@Sendable (Request, Caller, @escaping Tenants) async throws -> Response)
    }

    package let method: HTTPMethod
    package let pattern: String
    package let options: Router.Options
    package let answer: Answer
  }

  /// Adds the routes. A prefix begins with a slash and does not end with one.
  package func install(into router: inout Router, under prefix: String = "") {
    for route in routes(under: prefix) {
      router.on(route.method, route.pattern, options: route.options) { request in
        try await self.admitted(request) { caller, service in
          switch route.answer {
          case .card(let answer): answer(request, await service.card)
          case .call(let answer): try await answer(request, caller, { _ in service })
          }
        }
      }
    }
  }

  package func routes(under prefix: String = "") -> [Route] {
    precondition(prefix.isEmpty || (prefix.hasPrefix("/") && !prefix.hasSuffix("/")), "\(prefix) is no prefix.")
    let depth = prefix.isEmpty ? 0 : prefix.dropFirst().split(separator: "/", omittingEmptySubsequences: false).count
    let call = Router.Options(
      bodyLimit: options.bodyLimit, answerWithin: options.answerWithin, endsWithPeer: true)
    var routes = cardRoutes(prefix) { [self] request in base(of: request, depth) }
    let jsonRPC = prefix + options.jsonRPCPath
    for path in Set([jsonRPC.isEmpty ? "/" : jsonRPC, jsonRPC.hasSuffix("/") ? jsonRPC : jsonRPC + "/"]) {
      routes.append(
        Route(
          method: .post, pattern: path, options: call,
          answer: .call { [self] request, caller, tenants in
            try await answerJSONRPC(request, caller, tenants, depth)
          }))
    }
    for method in [HTTPMethod.get, .post, .delete] {
      routes.append(
        Route(
          method: method, pattern: prefix + "/{path...}", options: call,
          answer: .call { [self] request, caller, tenants in
            try await answerHTTPJSON(request, caller, tenants, depth)
          }))
    }
    return routes
  }

  /// The card of what is under the prefix, at the origin's own well-known place: for clients that know the origin alone.
  package func originCards(of prefix: String) -> [Route] {
    cardRoutes("") { [self] _ in origin.withLock { $0 }.map { $0 + prefix } }
  }

  private func cardRoutes(_ prefix: String, at base: @escaping @Sendable (Request) -> String?) -> [Route] {
    CardEdition.allCases.map { edition in
      Route(
        method: .get, pattern: prefix + edition.path, options: Router.Options(),
        answer: .card { [self] request, card in answer(card, edition, at: base(request), request) })
    }
  }

  /// Who may not call learns so before anything else, and nothing else.
  private func admitted(
    _ request: Request, _ answer: (Caller, any TaskService) async throws -> Response
  ) async rethrows -> Response {
    let caller: Caller
    do throws(CallerRefused) {
      caller = try options.callers.admit(request.peer.session?.peer)
    } catch {
      telemetry.callersRefused.add()
      telemetry.log.info(
        "a2a caller refused",
        ["request": .string(request.id), "caller": .string(error.name), "why": .string("\(error)")])
      return StatusBody.forbidden(error).response()
    }
    guard let service = await services(request) else { return StatusBody.nothingHere.response() }
    return try await answer(caller, service)
  }

  // MARK: The card

  private func answer(_ card: AgentCard, _ edition: CardEdition, at base: String?, _ request: Request) -> Response {
    guard let base else { return StatusBody.noAddressYet.response() }
    let card = withInterfaces(card, at: base)
    return cards.answer(edition.document(of: card, at: base), at: base + edition.path, to: request.head.fields)
  }

  /// The card with the interfaces that are served here. What signatures it had were made for others.
  func withInterfaces(_ card: AgentCard, at base: String) -> AgentCard {
    var card = card
    card.interfaces = options.versions.flatMap { version in
      [
        AgentInterface(url: base + options.jsonRPCPath, binding: .jsonRPC, protocolVersion: version.rawValue),
        AgentInterface(url: base, binding: .httpJSON, protocolVersion: version.rawValue),
      ]
    }
    card.signatures = []
    return card
  }

  /// The address that paths are relative to: the origin with the prefix as this request had it. Nil before the origin is known.
  func base(of request: Request, _ depth: Int) -> String? {
    guard let origin = origin.withLock({ $0 }) else { return nil }
    let prefix = request.head.target.decodedSegments.prefix(depth).map { "/" + PercentEncoding.encode($0) }
    return origin + prefix.joined()
  }
}

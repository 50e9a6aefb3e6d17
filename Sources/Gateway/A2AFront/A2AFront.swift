import A2A
import A2AWire
import HTTP
import Identity
import Wire

/// A2A on one of the gateway's listeners: the default agent below `/a2a`, or the one that a tenant names, and each agent below
/// `/agents/{name}`.
struct A2AFront: Sendable {
  static let prefix = "/a2a"

  let records: RecordServices
  let work: WorkServices
  let gate: AccessGate
  let grants: StreamGrants
  let endpoints: A2AEndpoints
  let cards: FrontCard

  init(
    records: RecordServices, work: WorkServices, identity: IdentityServices, cards: FrontCard,
    telemetry: EndpointTelemetry
  ) {
    (self.records, self.work, self.cards) = (records, work, cards)
    (gate, grants) = (identity.gate, identity.grants)
    var options = EndpointOptions()
    options.jsonRPCPath = ""
    // They are counted where all streams are.
    options.streams.total = .max
    options.streams.perCaller = .max
    endpoints = A2AEndpoints(options: options, telemetry: telemetry) { _ in nil }
  }

  func install(into router: inout SecuredRouter) {
    let routes = endpoints.routes(under: Self.prefix) + endpoints.originCards(of: Self.prefix)
    for route in routes + endpoints.routes(under: "/agents/{name}") { install(route, into: &router) }
  }

  private func install(_ route: A2AEndpoints.Route, into router: inout SecuredRouter) {
    switch route.answer {
    case .card(let answer):
      router.on(route.method, route.pattern, .anyone, options: route.options) { request, asker in
        let name = request.parameters["name"] ?? work.directory.defaultName
        guard let agent = name.flatMap({ work.directory[$0] }), agent.showsCard(to: asker?.principal) else {
          throw Refusal.noSuchAgent
        }
        guard agent.quarantine == nil, let card = agent.card else { throw Refusal.noCard(agent.name) }
        var response = answer(request, cards.card(of: agent.name, from: card))
        // What is not for everybody is for nobody else's cache.
        if agent.configuration.principals != nil { response.fields["cache-control"] = "private, no-cache" }
        return response
      }
    case .call(let answer):
      let row = SecuredRouter.Row(method: route.method, pattern: route.pattern, access: .known)
      router.on(route.method, route.pattern, .known, options: route.options) { request, asker in
        guard let asker else { throw Refusal.notSignedIn }
        let visit = FrontVisit(request, route: "\(row.method) \(row.pattern)") {
          gate.record($0, of: asker, request, row)
        }
        let named = try request.parameters["name"].map { name throws(Refusal) in
          try work.directory.agent(name, for: asker.principal)
        }
        return try await answer(request, .named(asker.principal.name)) { tenant throws(A2AError) in
          do throws(Refusal) {
            let directory = work.directory
            let agent =
              if let named {
                named
              } else {
                try directory.agent(tenant ?? directory.defaultName, for: asker.principal)
              }
            return FrontService(front: self, agent: agent, asker: asker, visit: visit)
          } catch {
            throw A2AError(error)
          }
        }
      }
    }
  }
}

import HTTP
import Identity
import JSON
import Wire

/// `GET /api/agents` and `GET /api/agents/{name}`: which agents there are for whoever asks, and how they are.
struct AgentEndpoints: Sendable {
  let directory: AgentDirectory
  let operations: OperationsSources

  static let path = "/api/agents"

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .known) { _, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return list(for: asker.principal)
    }
    router.on(.get, "\(Self.path)/{name}", .known) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      let agent = try directory.agent(request.parameters["name"], for: asker.principal)
      let figures = AgentFigures(of: agent, work: await operations.runs.load, operations)
      var writer = JSONWriter()
      AgentDocument.write(agent, figures, isDefault: isDefault(agent), for: asker.principal, to: &writer)
      return .json(writer.bytes)
    }
  }

  private func list(for principal: Principal) -> Response {
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("agents") { list in
        for agent in directory.all(for: principal) {
          AgentDocument.write(agent, nil, isDefault: isDefault(agent), for: principal, to: &list)
        }
      }
    }
    return .json(writer.bytes)
  }

  private func isDefault(_ agent: KnownAgent) -> Bool { directory.defaultName == agent.name }
}

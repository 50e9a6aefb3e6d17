import HTTP

extension APITable {
  /// A2A describes itself by its cards; here is where it is, and who may come.
  static let a2a =
    cards("", "a2aOrigin", "The card of the default agent.", [])
    + below(A2AFront.prefix, "a2a", "the default agent, or the one that the tenant names", [])
    + below(
      "/agents/{name}", "agentA2A", "this agent", [APIParameter(.path, "name", "The agent, as the gateway calls it.")])

  private static func below(
    _ prefix: String, _ name: String, _ agent: String, _ parameters: [APIParameter]
  ) -> [APIOperation] {
    let path =
      parameters + [
        APIParameter(.path, "path...", "A path of HTTP+JSON, such as `message:send` or `tasks/{id}`.")
      ]
    return cards(prefix, name, "The card of \(agent).", parameters) + [
      call(.post, prefix, "\(name)Call", "A2A by JSON-RPC with \(agent).", parameters),
      call(.post, prefix + "/", "\(name)SlashCall", "The same.", parameters),
      call(.get, prefix + "/{path...}", "\(name)Get", "A2A by HTTP+JSON with \(agent): reading.", path),
      call(.post, prefix + "/{path...}", "\(name)Post", "A2A by HTTP+JSON with \(agent): sending.", path),
      call(.delete, prefix + "/{path...}", "\(name)Delete", "A2A by HTTP+JSON with \(agent): deleting.", path),
    ]
  }

  private static func cards(
    _ prefix: String, _ name: String, _ summary: String, _ parameters: [APIParameter]
  ) -> [APIOperation] {
    [
      card("\(prefix)/.well-known/agent-card.json", "\(name)Card", summary, parameters),
      card("\(prefix)/.well-known/agent.json", "\(name)FirstCard", "\(summary) At its older address.", parameters),
    ]
  }

  private static func card(
    _ path: String, _ name: String, _ summary: String, _ parameters: [APIParameter]
  ) -> APIOperation {
    var row = APIOperation(
      .get, path, .anyone, name, summary, parameters: parameters,
      .json("An AgentCard of A2A, for 1.0 and 0.3.", .anything, fields: ["etag"]),
      APIAnswer(304, "It is as the client has it."), refusals: [404: ["no-such-agent"], 503: ["no-card"]])
    row.protocolErrors = [503]
    return row
  }

  private static func call(
    _ method: HTTPMethod, _ path: String, _ name: String, _ summary: String, _ parameters: [APIParameter]
  ) -> APIOperation {
    var row = APIOperation(
      method, path, .known, name, summary,
      details: """
        A2A 1.0 and 0.3; docs/a2a-gateway.md tells more. Streams come as text/event-stream. What is refused behind the door is told in \
        the words of the protocol: in JSON-RPC with the status 200.
        """,
      parameters: parameters, body: method == .post ? APIBody("application/json", schema: .anything) : nil,
      .json("What the operation answers.", .anything),
      refusals: [404: ["no-such-agent"], 413: ["content-too-large"], 503: ["answer-too-slow", "draining"]])
    row.protocolErrors = [400, 401, 403, 404, 409, 415, 429, 500, 502, 503, 507]
    return row
  }
}

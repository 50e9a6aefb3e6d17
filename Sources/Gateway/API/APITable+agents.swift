import HTTP

extension APITable {
  static let agents = [
    APIOperation(
      .get, "/api/agents", .known, "listAgents", "The agents that one may know of, by name.",
      .json("All of them.", .object([APIMember("agents", .array(of: .named("Agent")))]))),
    APIOperation(
      .get, "/api/agents/{name}", .known, "getAgent", "An agent, and how it is.",
      parameters: [APIParameter(.path, "name", "The agent.")],
      .json("The agent.", .named("AgentDetails")), refusals: [404: ["no-such-agent"]]),
  ]
}

import JSON

extension AgentCard {
  /// The card at its first address, `/.well-known/agent.json`: what `agent-card.json` has, and beside it what clients of that time look
  /// for: `id`, `endpoint`, `authentication.schemes` and `capabilities.authenticated`.
  package func encodedForAnalyzers(at base: String) -> [UInt8] {
    let card = encoded()
    guard let value = try? JSONValue(parsing: card) else { return card }
    var writer = JSONWriter(reserving: card.count + 256)
    writer.object { object in
      for (name, member) in value.members where name != "capabilities" { object.member(name, member) }
      object.object("capabilities") { capabilities in
        let shown = value["capabilities"].map { Array($0.members) } ?? []
        for (name, member) in shown { capabilities.member(name, member) }
        capabilities.member("authenticated", !securityRequirements.isEmpty)
      }
      object.member("id", name)
      object.member("endpoint", base)
      object.object("authentication") { authentication in
        authentication.array("schemes") { list in for scheme in securitySchemes { list.string(scheme.scheme.word) } }
      }
    }
    return writer.bytes
  }
}

extension SecurityScheme {
  fileprivate var word: String {
    switch self {
    case .apiKey: "ApiKey"
    case .http(let scheme, _, _): scheme
    case .oauth2: "OAuth2"
    case .openIDConnect: "OpenIdConnect"
    case .mutualTLS: "mTLS"
    }
  }
}

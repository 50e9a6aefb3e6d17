import A2A
import JSON
import Testing

struct AgentCardTests {
  private func read(_ json: String) throws -> AgentCard { try AgentCard(reading: Array(json.utf8)) }

  private static let required =
    #""name":"n","description":"d","version":"1","capabilities":{},"#
    + #""defaultInputModes":["a/b"],"defaultOutputModes":["c/d"],"skills":[{"id":"s","name":"S","description":"x","tags":["t"]}]"#

  @Test func `a card of an agent that speaks 1.0 alone has no field of 0.3`() throws {
    var card = AgentCard(
      name: "n", description: "d", version: "1", interfaces: [AgentInterface(url: "https://e/a", binding: .jsonRPC)],
      skills: [AgentSkill(id: "s", name: "S", description: "x", tags: ["t"])])
    card.securitySchemes = [("m", .mutualTLS(description: "A certificate."))]
    card.securityRequirements = [SecurityRequirement(schemes: ["m": []])]
    card.capabilities = AgentCapabilities(streaming: true, pushNotifications: false)
    #expect(
      String(decoding: card.encoded(), as: UTF8.self)
        == #"{"name":"n","description":"d","supportedInterfaces":[{"url":"https://e/a","protocolBinding":"JSONRPC","#
        + #""protocolVersion":"1.0"}],"version":"1","capabilities":{"streaming":true,"pushNotifications":false},"#
        + #""securitySchemes":{"m":{"mtlsSecurityScheme":{"description":"A certificate."}}},"#
        + #""securityRequirements":[{"schemes":{"m":{}}}],"defaultInputModes":["text/plain"],"#
        + #""defaultOutputModes":["text/plain"],"skills":[{"id":"s","name":"S","description":"x","tags":["t"]}]}"#)
  }

  @Test func `a card of an agent that speaks both has the fields of both`() throws {
    var card = AgentCard(
      name: "n", description: "d", version: "1",
      interfaces: [
        AgentInterface(url: "https://e/a", binding: .jsonRPC),
        AgentInterface(url: "https://e/b", binding: .httpJSON, protocolVersion: "0.3"),
        AgentInterface(url: "https://e/c", binding: .jsonRPC, protocolVersion: "0.3"),
      ], skills: [])
    card.capabilities.extendedAgentCard = true
    card.securitySchemes = [("k", .apiKey(name: "X-Key", location: "header"))]
    card.securityRequirements = [SecurityRequirement(schemes: ["k": ["s"]])]
    let value = try JSONValue(parsing: card.encoded())
    #expect(value["supportedInterfaces"]?.count == 3)
    #expect(value["protocolVersion"]?.string == "0.3.0")
    #expect(value["url"]?.string == "https://e/b")
    #expect(value["preferredTransport"]?.string == "HTTP+JSON")
    let others = #"[{"url":"https://e/b","transport":"HTTP+JSON"},{"url":"https://e/c","transport":"JSONRPC"}]"#
    #expect(try value["additionalInterfaces"] == parsed(others))
    #expect(value["supportsAuthenticatedExtendedCard"]?.bool == true)
    let scheme =
      #"{"apiKeySecurityScheme":{"location":"header","name":"X-Key"},"#
      + #""type":"apiKey","in":"header","name":"X-Key"}"#
    #expect(try value["securitySchemes"]?["k"] == parsed(scheme))
    #expect(try value["security"] == parsed(#"[{"k":["s"]}]"#))
    #expect(try value["securityRequirements"] == parsed(#"[{"schemes":{"k":{"list":["s"]}}}]"#))
  }

  @Test(arguments: [["1.0"], ["0.3"], ["1.0", "0.3"]])
  func `a card that is an answer has the fields of the version that was asked in`(_ versions: [String]) throws {
    let interfaces = versions.map { AgentInterface(url: "https://e/\($0)", binding: .jsonRPC, protocolVersion: $0) }
    let card = AgentCard(name: "n", description: "d", version: "1", interfaces: interfaces, skills: [])
    for dialect in Dialect.all {
      let call = ClientCall(.getExtendedCard(GetExtendedCardRequest()), in: dialect, id: 1)
      let text = try #require(try received(call)).replies.answer(.card(card)).text
      let isOld = dialect.version == .v0_3
      #expect(text.contains(#""protocolVersion":"\#(versions.last ?? "").0","url":"https://e/"#) == isOld)
    }
  }

  @Test func `a card of 0.3 is read`() throws {
    let card = try read(
      #"{\#(Self.required),"protocolVersion":"0.3.0","url":"https://e/a","preferredTransport":"GRPC","#
        + #""additionalInterfaces":[{"url":"https://e/a","transport":"GRPC"},"#
        + #"{"url":"https://e/b","transport":"HTTP+JSON"}],"#
        + #""supportsAuthenticatedExtendedCard":true,"security":[{"m":[],"o":["x"]}],"securitySchemes":{"#
        + #""m":{"type":"mutualTLS"},"o":{"type":"oauth2","#
        + #""flows":{"clientCredentials":{"tokenUrl":"u","scopes":{"x":"X"}}}},"#
        + #""k":{"type":"apiKey","in":"query","name":"n"},"h":{"type":"http","scheme":"bearer","bearerFormat":"JWT"},"#
        + #""i":{"type":"openIdConnect","openIdConnectUrl":"u"}}}"#)
    #expect(
      card.interfaces == [
        AgentInterface(url: "https://e/a", binding: .grpc, protocolVersion: "0.3"),
        AgentInterface(url: "https://e/b", binding: .httpJSON, protocolVersion: "0.3"),
      ])
    #expect(card.capabilities.extendedAgentCard == true)
    #expect(card.securityRequirements == [SecurityRequirement(schemes: ["m": [], "o": ["x"]])])
    var flow = OAuthFlow(kind: .clientCredentials, scopes: ["x": "X"])
    flow.tokenURL = "u"
    #expect(card.securitySchemes.map(\.name) == ["m", "o", "k", "h", "i"])
    #expect(
      card.securitySchemes.map(\.scheme) == [
        .mutualTLS(), .oauth2(flow), .apiKey(name: "n", location: "query"),
        .http(scheme: "bearer", bearerFormat: "JWT"), .openIDConnect(url: "u"),
      ])
    #expect(card.skills == [AgentSkill(id: "s", name: "S", description: "x", tags: ["t"])])
    #expect(card.defaultInputModes == ["a/b"] && card.defaultOutputModes == ["c/d"])
  }

  @Test(arguments: [(#","protocolVersion":"0.3.2""#, "0.3"), (#","protocolVersion":"0.2.6""#, "0.2"), ("", "0.3")])
  func `an old card that says little means JSON-RPC`(_ more: String, _ version: String) throws {
    let card = try read(#"{"name":"n","url":"https://e"\#(more)}"#)
    #expect(card.interfaces == [AgentInterface(url: "https://e", binding: .jsonRPC, protocolVersion: version)])
  }

  @Test func `the interfaces of 1.0 come before those of 0.3, and patches do not count`() throws {
    let interface = #"{"url":"https://e/1","protocolBinding":"urn:x","protocolVersion":"1.0.1","tenant":"t"}"#
    let card = try read(#"{\#(Self.required),"url":"https://e/0","supportedInterfaces":[\#(interface)]}"#)
    #expect(card.interfaces == [AgentInterface(url: "https://e/1", binding: .other("urn:x"), tenant: "t")])
  }

  @Test func `a scheme of an unknown kind does not make a card unreadable`() throws {
    let schemes = #"{"a":{"type":"telepathy"},"b":{"mtlsSecurityScheme":{}}}"#
    let card = try read(#"{"name":"n","url":"u","securitySchemes":\#(schemes)}"#)
    #expect(card.securitySchemes.map(\.name) == ["b"])
  }

  @Test(arguments: [
    ("", "is no JSON"), ("[]", "must be an object"), ("{}", "the field name is required"),
    (#"{"name":"n"}"#, "the field supportedInterfaces is required"),
    (#"{"name":"n","supportedInterfaces":[{"url":"u"}]}"#, "supportedInterfaces[0].protocolBinding is required"),
    (#"{"name":"n","url":"u","additionalInterfaces":[{"url":"u"}]}"#, "additionalInterfaces[0].transport is required"),
    (#"{"name":"n","url":"u","skills":[{}]}"#, "skills[0].id is required"),
    (#"{"name":"n","url":"u","capabilities":{"streaming":"yes"}}"#, "capabilities.streaming must be true or false"),
    (#"{"name":"n","url":"u","securitySchemes":{"a":{"type":"apiKey"}}}"#, "securitySchemes[0].location is required"),
    (#"{"name":"n","url":"u","securitySchemes":{"a":{"oauth2SecurityScheme":{}}}}"#, "oauth2SecurityScheme.flows is"),
    (#"{"name":"n","url":"u","security":[{"a":"b"}]}"#, "security[0].schemes must be a list of scopes"),
    (#"{"name":"n","url":"u","security":[{"a":[1]}]}"#, "security[0].schemes must be a list of strings"),
  ])
  func `what is no card is named`(_ json: String, _ problem: String) throws {
    let error = #expect(throws: A2AError.self) { try read(json) }
    #expect(error?.code == .invalidAgentResponse)
    #expect(error?.message.contains(problem) == true)
    #expect(error?.message.hasPrefix("The agent card") == true)
  }
}

import A2A
import HTTP
import Testing

@testable import A2AWire

/// Which interface of a card is chosen, and what is said when none is.
@Suite struct InterfaceRulesTests {
  private static let cardURL = "https://agent.example/.well-known/agent-card.json"

  private static func card(_ interfaces: AgentInterface...) -> AgentCard {
    AgentCard(name: "Test", description: "", version: "1", interfaces: interfaces, skills: [])
  }

  /// `JSONRPC 1.0 https://…`, with a tenant behind it if there is one.
  private static func interface(_ text: String) -> AgentInterface {
    let words = text.split(separator: " ").map(String.init)
    let binding: AgentInterface.Binding =
      switch words[0] {
      case "JSONRPC": .jsonRPC
      case "HTTP+JSON": .httpJSON
      case "GRPC": .grpc
      default: .other(words[0])
      }
    return AgentInterface(
      url: words[2], binding: binding, protocolVersion: words[1], tenant: words.count > 3 ? words[3] : nil)
  }

  private static func choose(
    _ interfaces: [String], _ change: (inout InterfaceRules) -> Void = { _ in }
  ) throws -> ChosenInterface {
    var rules = InterfaceRules()
    change(&rules)
    var card = Self.card()
    card.interfaces = interfaces.map(Self.interface)
    return try rules.choose(from: card, at: try ServiceURL(parsing: Self.cardURL))
  }

  @Test(arguments: [
    (["JSONRPC 1.0 https://agent.example/rpc", "HTTP+JSON 1.0 https://agent.example/rest"], 0),
    (["HTTP+JSON 1.0 https://agent.example/rest", "JSONRPC 1.0 https://agent.example/rpc"], 0),
    (["GRPC 1.0 agent.example:50051", "JSONRPC 1.0 https://agent.example/rpc"], 1),
    (["https://ws.example/binding 1.0 wss://agent.example/", "HTTP+JSON 0.3 https://agent.example/"], 1),
    (["JSONRPC 2.0 https://agent.example/", "JSONRPC 0.3 https://agent.example/old"], 1),
    (["JSONRPC 0.2 https://agent.example/", "JSONRPC 1.4 https://agent.example/new"], 1),
    // Not permitted: on to the next.
    (["JSONRPC 1.0 https://other.example/", "JSONRPC 0.3 https://agent.example/"], 1),
    (["JSONRPC 1.0 http://agent.example/", "JSONRPC 1.0 https://agent.example:8443/"], 1),
    (["HTTP+JSON 1.0 https://agent.example/?key=1", "JSONRPC 1.0 https://agent.example/?key=1"], 1),
    (["JSONRPC 1.0 wss://agent.example/", "JSONRPC 1.0 https://AGENT.example/"], 1),
  ])
  func `the first usable interface wins`(_ interfaces: [String], _ index: Int) throws {
    let chosen = try Self.choose(interfaces)
    let expected = Self.interface(interfaces[index])
    let url = try ServiceURL(parsing: expected.url)
    #expect(chosen.url == url)
    #expect(chosen.dialect.binding == (expected.binding == .jsonRPC ? .jsonRPC : .httpJSON))
    #expect(chosen.dialect.version == (expected.protocolVersion.hasPrefix("1") ? .v1 : .v0_3))
  }

  @Test func `the tenant comes along as it is`() throws {
    let chosen = try Self.choose(["JSONRPC 1.0 https://agent.example/ Acme"])
    #expect(chosen.tenant == "Acme")
    let without = try Self.choose(["JSONRPC 1.0 https://agent.example/"])
    #expect(without.tenant == nil)
  }

  @Test(arguments: [
    ([Dialect(.httpJSON, .v0_3)], 3), ([Dialect(.jsonRPC, .v0_3), Dialect(.jsonRPC, .v1)], 2),
    ([Dialect(.httpJSON, .v1), Dialect(.jsonRPC, .v1)], 1),
  ])
  func `the caller's order replaces the card's`(_ order: [Dialect], _ index: Int) throws {
    let interfaces = [
      "JSONRPC 1.0 https://agent.example/0", "HTTP+JSON 1.0 https://agent.example/1",
      "JSONRPC 0.3.0 https://agent.example/2", "HTTP+JSON 0.3 https://agent.example/3",
    ]
    let chosen = try Self.choose(interfaces) { $0.dialects = order }
    #expect(chosen.url.path == "/\(index)")
  }

  @Test func `a dialect that the card lacks is passed over in the caller's order`() throws {
    let chosen = try Self.choose(["JSONRPC 1.0 https://agent.example/rpc"]) {
      $0.dialects = [Dialect(.httpJSON, .v1), Dialect(.jsonRPC, .v1)]
    }
    #expect(chosen.dialect == Dialect(.jsonRPC, .v1))
    #expect(throws: NoUsableInterface.self) {
      try Self.choose(["JSONRPC 1.0 https://agent.example/rpc"]) { $0.dialects = [Dialect(.httpJSON, .v1)] }
    }
  }

  @Test func `another host has to be permitted`() throws {
    let other = ["JSONRPC 1.0 https://other.example/"]
    #expect(throws: NoUsableInterface.self) { try Self.choose(other) }
    #expect(throws: NoUsableInterface.self) { try Self.choose(other) { $0.hosts = .ofCard(and: ["example"]) } }
    let listed = try Self.choose(other) { $0.hosts = .ofCard(and: ["Other.example"]) }
    #expect(listed.url.host == "other.example")
    let any = try Self.choose(other) { $0.hosts = .any }
    #expect(any == listed)
  }

  @Test func `an interface without TLS has to be permitted, and to be on this machine`() throws {
    let plain = ["JSONRPC 1.0 http://agent.example/", "JSONRPC 1.0 ws://localhost/", "JSONRPC 1.0 http://localhost:1/"]
    #expect(throws: NoUsableInterface.self) { try Self.choose(plain) { $0.hosts = .any } }
    // Its host has to be permitted besides.
    #expect(throws: NoUsableInterface.self) { try Self.choose(plain) { $0.allowsPlainOnLoopback = true } }
    let chosen = try Self.choose(plain) {
      $0.hosts = .any
      $0.allowsPlainOnLoopback = true
    }
    #expect(chosen.url.description == "http://localhost:1/")
  }

  @Test func `an error lists what is offered, why it is not used, and what is spoken`() {
    let error = #expect(throws: NoUsableInterface.self) {
      try Self.choose([
        "GRPC 1.0 agent.example:50051", "urn:x 1.0 https://agent.example/x", "JSONRPC 2.0 https://agent.example/two",
        "JSONRPC 1.0 http://agent.example/plain", "HTTP+JSON 1.0 https://other.example/\u{e9}",
        "HTTP+JSON 1.0 https://other.example/",
      ])
    }
    #expect(error?.offers.map(\.reason).prefix(3) == [.binding, .binding, .version])
    #expect(error?.offers.last?.reason == .host("other.example"))
    let text = error?.text ?? ""
    for part in [
      "GRPC \"1.0\" at \"agent.example:50051\" (this binding is not spoken)", "\"urn:x\"", "\"2.0\" at",
      "is not encrypted",
      "(its host \"other.example\" is not the card's; permit it to use it)",
      "spoken here are JSONRPC and HTTP+JSON in the versions 1.x and 0.3",
    ] {
      #expect(text.contains(part), "\(part) is not in: \(text)")
    }
    #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(text)")
  }

  @Test func `an error about a thousand interfaces stays short`() {
    let error = #expect(throws: NoUsableInterface.self) {
      try Self.choose(Array(repeating: "GRPC 1.0 \(String(repeating: "x", count: 5000))", count: 1000))
    }
    #expect(error?.offers.count == 1000)
    #expect((error?.text.utf8.count ?? 0) < 4000)
    #expect(error?.text.contains("and 990 more") == true)
  }

  @Test(arguments: [
    ("1.0", ProtocolVersion?.some(.v1)), ("1.0.1", .v1), ("1.17", .v1), ("0.3", .v0_3), ("0.3.0", .v0_3),
    ("0.2.6", nil),
    ("2.0", nil), ("1", nil), ("", nil), ("1.x", nil), ("v1.0", nil), ("-1.0", nil), ("10.0", nil), ("0.30", nil),
  ])
  func `versions are told by major and minor`(_ text: String, _ version: ProtocolVersion?) {
    #expect(ProtocolVersion(offered: text) == version)
  }
}

import Identity
import Testing

@testable import signalbox

struct DemoPolicyTests {
  private let end = UnixTime(seconds: 2_000_000_000)

  private func identify(_ claims: CredentialClaims) throws -> Principal {
    let policy = try Policy(parsing: DemoPolicy.content, source: "policy.json")
    guard case .known(let principal) = policy.identify(claims) else {
      throw CommandFailure.failure("Nobody is known by \(claims).")
    }
    return principal
  }

  private func certificate(_ uri: String) -> CredentialClaims {
    .certificate(CertificateClaims(uris: [uri], dnsNames: [], fingerprint: "f", serial: "01", expires: end))
  }

  @Test func `the operator's certificate administers`() throws {
    let name = try identify(certificate("spiffe://signalbox.local/operator/\(DemoPKI.operator)"))
    #expect(name.name == DemoPolicy.operator)
    #expect(name.decide(.administer, on: .gateway).isAllowed)
    #expect(name.decide(.observe, on: .gateway).isAllowed)
    // In a browser, too.
    #expect(try identify(.link(name: DemoPolicy.operator)) == name)
  }

  @Test func `the token is the operator's, for as long as it is good, and there only`() throws {
    let now = UnixTime(seconds: 1_900_000_000)
    let token = try DemoToken.make(now: now)
    let verifier = TokenVerifier(rules: TokenRules(issuer: DemoToken.issuer, audiences: [DemoToken.audience]))
    let keys = try KeySet(jwks: Array(token.keySet.utf8), source: "token-keys.json")
    let claims = try verifier.verify(token.text, keys: keys, now: now).claims
    #expect(try identify(.token(claims)).name == DemoPolicy.operator)
    #expect(token.expires == now.adding(days: 30))
    #expect(throws: TokenFault.self) { try verifier.verify(token.text, keys: keys, now: token.expires.adding(days: 1)) }
    // Another start signs with another key.
    let other = try DemoToken.make(now: now)
    #expect(throws: TokenFault.self) { try verifier.verify(other.text, keys: keys, now: now) }
  }

  @Test func `the analyst comes by a link, works, observes, and does not administer`() throws {
    let analyst = try identify(.link(name: DemoPolicy.analyst))
    #expect(analyst.name == DemoPolicy.analyst)
    #expect(analyst.roles == [.analyst])
    #expect(analyst.decide(.submit, on: .newTask(agent: "any")).isAllowed)
    #expect(analyst.decide(.observe, on: .gateway).isAllowed)
    #expect(!analyst.decide(.administer, on: .gateway).isAllowed)
  }

  @Test func `an agent has its own tasks, and nobody else's`() throws {
    let agent = try identify(certificate("spiffe://signalbox.local/agent/\(DemoPKI.agent)"))
    let own = Subject.task(TaskFacts(owner: agent.name, tenant: agent.tenant, agent: "any"))
    let other = Subject.task(TaskFacts(owner: DemoPolicy.analyst, tenant: agent.tenant, agent: "any"))
    #expect(agent.decide(.submit, on: .newTask(agent: "any")).isAllowed)
    for action in [Action.watch, .submit, .cancel, .answer] {
      #expect(agent.decide(action, on: own).isAllowed)
      #expect(!agent.decide(action, on: other).isAllowed)
    }
    for action in [Action.observe, .administer] { #expect(!agent.decide(action, on: .gateway).isAllowed) }
  }

  @Test(arguments: ["spiffe://signalbox.local/operator/other", "spiffe://elsewhere/agent/demo-agent"])
  func `another certificate is nobody's`(uri: String) {
    #expect(throws: CommandFailure.self) { try identify(certificate(uri)) }
  }
}

import Identity
import Testing

@testable import signalbox

/// The words of `signalbox policy explain`.
struct PolicyQuestionTests {
  private func question(_ line: String) throws -> PolicyQuestion {
    let words = ["policy", "explain"] + line.split(separator: " ").map(String.init)
    guard case .run(_, let arguments, let command) = try ArgumentParser(root: CommandTree.root).parse(words) else {
      throw CancellationError()
    }
    return try PolicyQuestion(arguments, command)
  }

  private func certificate(
    uris: [String] = [], dns: [String] = [], fingerprint: String = ""
  ) -> PolicyQuestion.Who {
    .credential(
      .certificate(
        CertificateClaims(
          uris: uris, dnsNames: dns, fingerprint: fingerprint, serial: "", expires: UnixTime(seconds: 0))))
  }

  private func token(_ subject: String, _ issuer: String, roles: [String] = [], tenant: String? = nil)
    -> PolicyQuestion.Who
  {
    .credential(
      .token(
        TokenClaims(
          issuer: issuer, subject: subject, tenant: tenant, roles: roles, expires: UnixTime(seconds: 0), id: nil)))
  }

  @Test func `somebody is a name, or what is shown`() throws {
    let digits = String(repeating: "0a", count: 32)
    let openSSL = (0..<32).map { _ in "0A" }.joined(separator: ":")
    let cases: [(String, PolicyQuestion.Who)] = [
      ("kim", .named("kim", roles: [], tenant: nil)),
      (
        "kim --role viewer --role admin --tenant acme",
        .named("kim", roles: ["viewer", "admin"], tenant: "acme")
      ),
      ("certificate:spiffe://h/a:b", certificate(uris: ["spiffe://h/a:b"])),
      ("dns:box.example", certificate(dns: ["box.example"])),
      ("fingerprint:\(digits)", certificate(fingerprint: digits)),
      ("fingerprint:\(openSSL)", certificate(fingerprint: digits)),
      ("token:a:b", token("a:b", "some issuer")),
      ("token:a --issuer i --role viewer --tenant t", token("a", "i", roles: ["viewer"], tenant: "t")),
      ("link:kim", .credential(.link(name: "kim"))),
    ]
    for (words, who) in cases { #expect(try question("\(words) watch own").who == who, "\(words)") }
  }

  @Test func `a task is one's own, a new one, or what is known of it`() throws {
    let cases: [(String, PolicyQuestion.Target, String?)] = [
      ("own", .own, nil), ("new --agent one", .new, "one"), ("gateway", .gateway, nil),
      ("owner=kim", .other(owner: "kim", tenant: nil), nil),
      ("agent=one,owner=a=b,tenant=acme", .other(owner: "a=b", tenant: "acme"), "one"),
      ("owner=kim --agent two", .other(owner: "kim", tenant: nil), "two"),
    ]
    for (words, target, agent) in cases {
      let question = try question("kim watch \(words)")
      #expect(question.target == target && question.agent == agent, "\(words)")
    }
  }

  @Test(arguments: [
    ("kim wach own", "There is no action \"wach\". Did you mean watch?"),
    ("kim fly own", "There is no action \"fly\". There are: watch, submit, cancel, answer, observe, administer."),
    (
      "kim watch mine",
      "\"mine\" is no task: give own, new, gateway, or facts such as owner=kim,tenant=acme,agent=one."
    ),
    (
      "kim watch owner=a,owner=b",
      "\"owner=a,owner=b\" is no task: give own, new, gateway, or facts such as owner=kim,tenant=acme,agent=one."
    ),
    (
      "kim watch owner=",
      "\"owner=\" is no task: give own, new, gateway, or facts such as owner=kim,tenant=acme,agent=one."
    ),
    (
      "kim watch owner=a,color=red",
      "\"owner=a,color=red\" is no task: give own, new, gateway, or facts such as owner=kim,tenant=acme,agent=one."
    ),
    ("kim watch tenant=acme", "A task has an owner, and \"tenant=acme\" does not say who: owner=NAME."),
    ("kim watch owner=a,agent=b --agent b", "The agent is given twice, in the task and with --agent."),
    ("kim watch own --issuer i", "The option --issuer is for token:SUBJECT."),
    (
      "link:kim watch own --role viewer",
      "The options --role, --tenant and --issuer say what a token says, and this is link."
    ),
    (
      "user:kim watch own",
      "\"user:kim\" is no principal: give a name of the policy, or certificate:URI, dns:NAME, fingerprint:HEX, "
        + "token:SUBJECT or link:NAME."
    ),
    (
      "fingerprint:ABC watch own",
      "A fingerprint is SHA-256 of the certificate, in 64 hexadecimal digits; openssl x509 -fingerprint -sha256 prints it."
    ),
  ])
  func `other words are refused with what would be right`(line: String, message: String) throws {
    let error = try #require(throws: UsageError.self) { _ = try question(line) }
    #expect(error.message == message)
    #expect(error.invocation == "signalbox policy explain")
  }
}

import Foundation
import TestSupport
import Testing

@testable import signalbox

/// `signalbox policy …` as people type it.
@Suite(.timeLimit(.minutes(2)))
struct PolicyProcessTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write("policy.json", PolicyExample.text + "\n")
  }

  private func run(_ line: String, environment: [String: String] = [:]) async throws -> RunningProgram.Result {
    try await RunningProgram.run(
      line.split(separator: " ").map(String.init), environment: environment, folder: scratch.path)
  }

  @Test func `the example is a policy that is right`() async throws {
    let example = try await run("policy example")
    #expect(example.status == 0)
    try scratch.write("example.json", example.output)
    let check = try await run("policy check example.json")
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.output.hasPrefix("example.json is right: 4 entries, SHA-256 "))
  }

  @Test func `all that is wrong is told at once, and 78`() async throws {
    try scratch.write("bad.json", "{\"principals\": [\n {\"nam\": \"a\"},\n 3\n]}")
    let result = try await run("policy check bad.json")
    #expect(result.status == 78 && result.output.isEmpty)
    let lines = result.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("signalbox: bad.json:2: A principal has no member \"nam\"."))
    #expect(lines[1] == "signalbox: bad.json:3: A principal must be an object: { ... }.")
    #expect(try await run("policy explain --policy bad.json a watch own").status == 78)
    #expect(try await run("policy check none.json").errors == "signalbox: none.json does not exist.\n")
  }

  private static let answers: [(String, String)] = [
    (
      "alex administer gateway",
      """
      yes
        who  alex (policy.json line 3), roles admin, tenant acme
        why  Allowed by the role admin (built in).
      """
    ),
    (
      "kim cancel owner=alex,tenant=acme",
      """
      no
        who       kim (policy.json line 11), roles analyst, tenant acme
        why       The role analyst (built in) has cancel for own tasks, and this task is "alex"'s.
        it takes  One of the roles operator, admin, or a grant of cancel for the tasks "tenant" or "all".
      """
    ),
    (
      "kim administer gateway",
      """
      no
        who       kim (policy.json line 11), roles analyst, tenant acme
        why       No role or grant of "kim" has the action administer.
        it takes  The role admin, or a grant of administer for the tasks "all".
      """
    ),
    (
      "alex administer own",
      """
      no
        who       alex (policy.json line 3), roles admin, tenant acme
        why       The role admin (built in) has administer for the gateway, and not for tasks.
        it takes  Another action: administer is about the gateway, and not about tasks.
      """
    ),
    (
      "alex watch gateway",
      """
      no
        who       alex (policy.json line 3), roles admin, tenant acme
        why       The role admin (built in) has watch for tasks, and not for the gateway.
        it takes  The action observe or administer: watch is about tasks, and not about the gateway.
      """
    ),
    (
      "certificate:spiffe://signalbox.local/agent/one submit new",
      """
      yes
        who  certificate:spiffe://signalbox.local/agent/one (policy.json line 20), no roles, no tenant
        why  Allowed by the grant (policy.json line 23).
      """
    ),
    (
      "token:zoe watch owner=kim,tenant=acme --role viewer --tenant acme",
      """
      yes
        who  token:zoe (policy.json line 26), roles viewer, tenant acme
        why  Allowed by the role viewer (built in).
      """
    ),
    (
      "link:zoe watch own",
      """
      no
        why       No entry of policy.json fits a sign-in link for "zoe".
        it takes  An entry of policy.json that fits this credential.
      """
    ),
  ]

  @Test(arguments: answers)
  func `an answer says who, why, and what it takes`(question: String, answer: String) async throws {
    let result = try await run("policy explain --policy policy.json \(question)")
    #expect(result.output == answer + "\n")
    #expect(result.errors.isEmpty)
    #expect(result.status == (answer.hasPrefix("yes") ? 0 : 1))
  }

  @Test(arguments: [
    ("kin watch own", "policy.json has no entry called \"kin\". Did you mean kim?"),
    (
      "someone watch own",
      "policy.json has no entry called \"someone\". Whoever has no name in it is asked for by a credential, such as "
        + "token:SUBJECT."
    ),
    (
      "kim watch own --role viewer",
      "The options --role and --tenant say what a token says, and kim does not come with a token alone."
    ),
  ])
  func `who is not meant by the policy is no answer`(question: String, message: String) async throws {
    let result = try await run("policy explain --policy policy.json \(question)")
    #expect(result.status == 64)
    #expect(result.errors == "signalbox: \(message) See: signalbox policy explain --help\n")
  }

  @Test func `whoever is disabled is told the entry, and where the agent counts it is asked for`() async throws {
    try scratch.write(
      "other.json",
      """
      {"principals": [
       {"name": "old", "token": {"subject": "old"}, "disabled": true},
       {"name": "bot", "token": {"subject": "bot"}, "grants": [{"actions": ["submit"], "tasks": "own", "agents": ["b", "a"]}]}
      ]}
      """)
    let old = try await run("policy explain --policy other.json old watch own")
    #expect(old.status == 1)
    #expect(old.output.contains("  why       The entry on other.json line 2 has disabled whoever shows a token"))
    #expect(old.output.contains("  it takes  The entry on other.json line 2 without \"disabled\": true."))
    let bot = try await run("policy explain --policy other.json bot submit new")
    #expect(bot.status == 64)
    #expect(bot.errors.contains("The answer depends on the agent. Give --agent NAME; the policy names a, b."))
    #expect(try await run("policy explain --policy other.json bot submit new --agent a").status == 0)
    let wrong = try await run("policy explain --policy other.json bot submit new --agent c")
    #expect(wrong.status == 1)
    #expect(
      wrong.output.contains("The grant (other.json line 3) has submit for the agents a, b, and not for \"c\"."))
  }

  @Test func `without --policy it is that of the configuration`() async throws {
    try scratch.write("s.json", "{\"policy\": \"policy.json\"}")
    #expect(try await run("policy explain --config s.json kim watch own").status == 0)
    #expect(try await run("policy explain kim watch own", environment: ["SIGNALBOX_POLICY": "policy.json"]).status == 0)
    let none = try await run("policy explain kim watch own")
    #expect(none.status == 78)
    #expect(
      none.errors == "signalbox: The configuration names no policy. Give one with --policy FILE, or set policy in the "
        + "configuration.\n")
    try scratch.write("wrong.json", "{\"loops\": -1}")
    #expect(try await run("policy explain --config wrong.json kim watch own").status == 78)
  }
}

import TestSupport
import Testing

@testable import Identity

/// Everything that can be wrong with a policy file, each with its line.
struct PolicyProblemTests {
  private static let noPolicies: [(String, String)] = [
    ("", "line 1: A policy must be JSON, but the text ends before its value is complete."),
    (
      "{\n\"principals\": [],\n\"principals\": []}",
      "line 3: A policy must be JSON, but the object has this key already, found: \"\\\"principals\\\"\"."
    ),
    ("[]", "line 1: A policy must be an object: { ... }."),
    ("\n{}", "line 2: A policy must have the member principals, a list of who is known here."),
    ("{\"principals\":\n{}}", "line 2: principals must be a list with something in it: [ ... ]."),
    ("{\"principals\":\n[]}", "line 2: principals must be a list with something in it: [ ... ]."),
    ("{\"principals\":\n[3]}", "line 2: A principal must be an object: { ... }."),
  ]

  @Test(arguments: noPolicies)
  func `a file that is no policy`(text: String, problem: String) {
    #expect(PolicyTexts.problems(text) == [problem])
  }

  private static let administerRule =
    "The action administer is about the whole gateway: a grant with it must have \"tasks\": \"all\" and no agents. Give the "
    + "other actions a grant of their own."

  private static let observeRule = administerRule.replacing("administer", with: "observe")

  private static let wrongRoles: [(String, [String])] = [
    ("[]", ["line 2: roles must be an object: { ... }."]),
    (
      "{\"pilot\":\n[]}", ["line 3: roles has no member \"pilot\". It may have: viewer, analyst, operator, admin."]
    ),
    ("{\"viewer\":\n[]}", ["line 3: The role viewer must be a list with something in it: [ ... ]."]),
    ("{\"viewer\": [\n3]}", ["line 3: A grant must be an object: { ... }."]),
    (
      "{\"viewer\": [\n{\"tasks\": \"own\"}]}",
      ["line 3: A grant must say actions and tasks, and may say agents."]
    ),
    (
      "{\"viewer\": [\n{\"actions\": [\"watch\"]}]}",
      ["line 3: A grant must say actions and tasks, and may say agents."]
    ),
    (
      "{\"viewer\": [{\"actions\":\n[], \"tasks\": \"own\"}]}",
      ["line 3: actions must be a list with something in it: [ ... ]."]
    ),
    (
      "{\"viewer\": [{\"actions\": \"watch\",\n\"tasks\":\n\"mine\"}]}",
      [
        "line 2: actions must be a list with something in it: [ ... ].",
        "line 4: tasks must be one of own, tenant, all, not \"mine\".",
      ]
    ),
    (
      "{\"viewer\": [{\"actions\": [\"wach\",\n1, \"watch\",\n\"watch\"], \"tasks\": \"own\"}]}",
      [
        "line 2: An action must be one of watch, submit, cancel, answer, observe, administer, not \"wach\".",
        "line 3: An action must be one of watch, submit, cancel, answer, observe, administer.",
        "line 4: actions has \"watch\" twice. Leave one of them out.",
      ]
    ),
    (
      "{\"viewer\": [{\"actions\": [\"watch\"], \"tasks\": \"own\",\n\"agents\": []}]}",
      ["line 3: agents must be a list with something in it: [ ... ]."]
    ),
    (
      "{\"viewer\": [{\"actions\": [\"watch\"], \"tasks\": \"own\",\n\"agents\": [\"a b\"]}]}",
      [
        "line 3: The name of an agent must be 1 to 128 of the characters A-Z, a-z, 0-9, dot, underscore, @ and hyphen, "
          + "not \"a b\"."
      ]
    ),
    (
      "{\"viewer\": [{\"actions\": [\"watch\"], \"tasks\": \"own\", \"agents\": [\"a\",\n\"a\"]}]}",
      ["line 3: agents has \"a\" twice. Leave one of them out."]
    ),
    (
      "{\"viewer\": [{\"actions\": [\"watch\"], \"tasks\": \"own\",\n\"task\": 1}]}",
      ["line 3: A grant has no member \"task\". It may have: actions, tasks, agents."]
    ),
    (
      "{\"admin\": [\n{\"actions\": [\"administer\"], \"tasks\": \"own\"},\n"
        + "{\"actions\": [\"administer\"], \"tasks\": \"all\", \"agents\": [\"a\"]}]}",
      ["line 3: \(administerRule)", "line 4: \(administerRule)"]
    ),
    (
      "{\"viewer\": [\n{\"actions\": [\"watch\", \"observe\"], \"tasks\": \"tenant\"},\n"
        + "{\"actions\": [\"observe\"], \"tasks\": \"all\", \"agents\": [\"a\"]}]}",
      ["line 3: \(observeRule)", "line 4: \(observeRule)"]
    ),
    (
      "{\"viewer\": [{\"actions\": [\"watch\", \"cancel\"], \"tasks\": \"own\"},\n"
        + "{\"tasks\": \"own\", \"actions\": [\"cancel\", \"watch\"]}]}",
      ["line 3: This grant says what another one above it says. Leave one of them out."]
    ),
  ]

  @Test(arguments: wrongRoles)
  func `wrong roles and grants`(roles: String, problems: [String]) {
    let entry = "{\"name\": \"a\", \"link\": true, \"roles\": [\"viewer\"]}"
    #expect(PolicyTexts.problems("{\"principals\": [\(entry)], \"roles\":\n\(roles)}") == problems)
  }

  private static let nameRule =
    "must be 1 to 128 of the characters A-Z, a-z, 0-9, dot, underscore, @ and hyphen"
  private static let uriRule =
    "A URI must be a URI such as spiffe://example.org/agent/one, of visible ASCII and at most 2048 characters"
  private static let starRule =
    "A URI with a star must end in /* behind a whole name, such as spiffe://example.org/agent/*."

  private static let wrongEntries: [(String, String)] = [
    (
      #"{"name": "a", "link": true, "roles": ["viewer"], "role": 1}"#,
      "A principal has no member \"role\". It may have: name, certificate, token, link, roles, grants, tenant, disabled."
    ),
    (#"{"name": "a b", "link": true, "roles": ["viewer"]}"#, "A name \(nameRule), not \"a b\"."),
    (#"{"name": "certificate:x", "link": true, "roles": ["viewer"]}"#, "A name \(nameRule), not \"certificate:x\"."),
    (#"{"name": "", "link": true, "roles": ["viewer"]}"#, "A name \(nameRule), not \"\"."),
    (#"{"name": 1, "link": true, "roles": ["viewer"]}"#, "A name \(nameRule)."),
    (#"{"name": "é", "link": true, "roles": ["viewer"]}"#, "A name \(nameRule), not \"\\xc3\\xa9\"."),
    (#"{"name": "a", "link": 1, "token": {"subject": "a"}, "roles": ["viewer"]}"#, "link must be true or false."),
    (#"{"name": "a", "link": true, "disabled": "no", "roles": ["viewer"]}"#, "disabled must be true or false."),
    (
      #"{"link": true, "roles": ["viewer"]}"#,
      "A sign-in link is made out to a name. Give this entry one."
    ),
    (
      #"{"name": "a", "roles": ["viewer"]}"#,
      "This entry fits nobody. Give it a certificate, a token, or a name with \"link\": true."
    ),
    (
      #"{"name": "a", "link": false, "roles": ["viewer"]}"#,
      "This entry fits nobody. Give it a certificate, a token, or a name with \"link\": true."
    ),
    (
      #"{"name": "a", "certificate": "x", "roles": ["viewer"]}"#, "certificate must be an object: { ... }."
    ),
    (
      #"{"name": "a", "certificate": {}, "roles": ["viewer"]}"#,
      "certificate must have one of uri, dns, fingerprint, and only one."
    ),
    (
      #"{"name": "a", "certificate": {"uri": "a:b", "dns": "a"}, "roles": ["viewer"]}"#,
      "certificate must have one of uri, dns, fingerprint, and only one."
    ),
    (
      #"{"name": "a", "certificate": {"url": "a:b"}, "roles": ["viewer"]}"#,
      "certificate has no member \"url\". It may have: uri, dns, fingerprint."
    ),
    (#"{"name": "a", "certificate": {"uri": "nothing"}, "roles": ["viewer"]}"#, "\(uriRule), not \"nothing\"."),
    (#"{"name": "a", "certificate": {"uri": "a:b c"}, "roles": ["viewer"]}"#, "\(uriRule), not \"a:b c\"."),
    (#"{"certificate": {"uri": "spiffe://*"}, "roles": ["viewer"]}"#, starRule),
    (#"{"certificate": {"uri": "spiffe:///*"}, "roles": ["viewer"]}"#, starRule),
    (#"{"certificate": {"uri": "spiffe:/a/*"}, "roles": ["viewer"]}"#, starRule),
    (#"{"certificate": {"uri": "spiffe://a/b*"}, "roles": ["viewer"]}"#, starRule),
    (#"{"certificate": {"uri": "spiffe://a/*/b/*"}, "roles": ["viewer"]}"#, starRule),
    (#"{"certificate": {"uri": "spiffe://a/*/b"}, "roles": ["viewer"]}"#, starRule),
    (
      #"{"name": "a", "certificate": {"dns": "*.example.org"}, "roles": ["viewer"]}"#,
      "A DNS name must be a whole DNS name in lower case, such as agent.example.org, not \"*.example.org\"."
    ),
    (
      #"{"name": "a", "certificate": {"dns": "A.example.org"}, "roles": ["viewer"]}"#,
      "A DNS name must be a whole DNS name in lower case, such as agent.example.org, not \"A.example.org\"."
    ),
    (
      #"{"name": "a", "certificate": {"dns": "a..b"}, "roles": ["viewer"]}"#,
      "A DNS name must be a whole DNS name in lower case, such as agent.example.org, not \"a..b\"."
    ),
    (
      #"{"name": "a", "certificate": {"fingerprint": "AB:CD"}, "roles": ["viewer"]}"#,
      "A fingerprint must be SHA-256 of the certificate, as 64 hexadecimal digits in lower case, not \"AB:CD\"."
    ),
    (#"{"name": "a", "token": "a", "roles": ["viewer"]}"#, "token must be an object: { ... }."),
    (
      #"{"name": "a", "token": {"issuer": "https://a.example"}, "roles": ["viewer"]}"#,
      "token must have a subject, or \"*\" for any."
    ),
    (
      #"{"name": "a", "token": {"subject": "a", "sub": "a"}, "roles": ["viewer"]}"#,
      "token has no member \"sub\". It may have: subject, issuer."
    ),
    (
      #"{"name": "a", "token": {"subject": "a", "issuer": "a#b"}, "roles": ["viewer"]}"#,
      "An issuer must be 1 to 255 characters of visible ASCII without #, not \"a#b\"."
    ),
    (
      #"{"name": "a", "token": {"subject": "é"}, "roles": ["viewer"]}"#,
      "A subject must be 1 to 255 characters of printable ASCII, not \"\\xc3\\xa9\"."
    ),
    (
      #"{"name": "a", "token": {"subject": "team-*"}, "roles": ["viewer"]}"#,
      "A star stands for any subject only when it stands alone."
    ),
    (
      #"{"name": "a", "token": {"subject": "*"}, "roles": ["viewer"]}"#,
      "This entry has a name, but the token subject \"*\" fits many, who would all be that one. Leave the name out: each "
        + "is then called what the credential says."
    ),
    (
      #"{"name": "a", "certificate": {"uri": "spiffe://a/*"}, "roles": ["viewer"]}"#,
      "This entry has a name, but the certificate URI \"spiffe://a/*\" fits many, who would all be that one. Leave the "
        + "name out: each is then called what the credential says."
    ),
    (
      #"{"token": {"subject": "a"}, "roles": ["viewer"]}"#,
      "This entry needs a name, because the token subject \"a\" is not a pattern. Give it one."
    ),
    (
      #"{"certificate": {"uri": "spiffe://a/*"}, "token": {"subject": "a"}, "roles": ["viewer"]}"#,
      "This entry needs a name, because the token subject \"a\" is not a pattern. Give it one."
    ),
    (
      #"{"name": "a", "link": true, "roles": "all"}"#,
      "roles must be a list such as [\"analyst\"], or \"claims\" for those that a token names."
    ),
    (
      #"{"name": "a", "link": true, "roles": ["pilot"]}"#,
      "A role must be one of viewer, analyst, operator, admin, not \"pilot\"."
    ),
    (
      #"{"name": "a", "link": true, "roles": ["viewer", "viewer"]}"#,
      "roles has \"viewer\" twice. Leave one of them out."
    ),
    (#"{"name": "a", "link": true, "roles": []}"#, "roles must be a list with something in it: [ ... ]."),
    (#"{"name": "a", "link": true, "grants": []}"#, "grants must be a list with something in it: [ ... ]."),
    (#"{"name": "a", "link": true, "roles": ["viewer"], "tenant": "a b"}"#, "A tenant \(nameRule), not \"a b\"."),
    (#"{"name": "a", "link": true, "roles": ["viewer"], "tenant": null}"#, "A tenant \(nameRule)."),
    (
      #"{"name": "a", "link": true}"#,
      "Whoever this entry fits may do nothing. Give it roles or grants, or \"disabled\": true."
    ),
    (
      #"{"name": "a", "link": true, "disabled": false}"#,
      "Whoever this entry fits may do nothing. Give it roles or grants, or \"disabled\": true."
    ),
    (
      #"{"name": "a", "link": true, "token": {"subject": "a"}, "roles": "claims"}"#,
      "Only a token has claims, and this entry fits more than tokens. Give the token an entry of its own, or name roles "
        + "and tenant."
    ),
    (
      #"{"name": "a", "certificate": {"dns": "a"}, "roles": ["viewer"], "tenant": "claim"}"#,
      "Only a token has claims, and this entry fits more than tokens. Give the token an entry of its own, or name roles "
        + "and tenant."
    ),
    (
      #"{"name": "a", "link": true, "grants": [{"actions": ["watch"], "tasks": "tenant"}]}"#,
      "A grant of this entry is for tasks of its tenant, and it has none. Give it a tenant, or say \"own\"."
    ),
  ]

  @Test(arguments: wrongEntries)
  func `a wrong entry`(entry: String, problem: String) {
    #expect(PolicyTexts.problems(entries: entry) == ["line 2: \(problem)"])
  }

  @Test(arguments: [
    #"{"name": "a", "link": true, "tenant": "t", "grants": [{"actions": ["watch"], "tasks": "tenant"}]}"#,
    #"{"token": {"subject": "*"}, "tenant": "claim", "grants": [{"actions": ["watch"], "tasks": "tenant"}]}"#,
    #"{"name": "a", "link": true, "roles": ["analyst"]}"#,
    #"{"name": "a", "link": true, "disabled": true, "roles": ["analyst"]}"#,
    #"{"certificate": {"uri": "x://h/*"}, "token": {"subject": "*"}, "roles": ["viewer"], "disabled": false}"#,
  ])
  func `a right entry is none`(entry: String) {
    #expect(PolicyTexts.problems(entries: entry) == [])
  }
}

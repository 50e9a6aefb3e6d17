import Identity

extension CommandTree {
  static let policy = CommandSpecification(
    ["policy"], summary: "Checks a policy, and says what it allows whom, and why.",
    discussion: "A policy says who is who, and who may do what. docs/policy.md describes the file.",
    examples: ["signalbox policy check policy.json", "signalbox policy explain --policy policy.json kim cancel own"],
    .commands([
      CommandSpecification(
        ["policy", "check"], summary: "Says whether a policy is right, and if not, all that is wrong.",
        arguments: [ArgumentSpecification(name: "FILE", help: "The policy.")],
        examples: ["signalbox policy check policy.json"], .action(.policyCheck)),
      CommandSpecification(
        ["policy", "example"], summary: "Prints a policy to begin with.",
        examples: ["signalbox policy example > policy.json"], .action(.policyExample)),
      explain,
    ]))

  private static let explain = CommandSpecification(
    ["policy", "explain"], summary: "Says whether somebody may do something, and which line decides.",
    discussion: """
      Prints yes or no, who that is, and why. Ends with 0 for yes and 1 for no. Credentials are taken at their word here: \
      whether a certificate or a token is good is not looked at.
      """,
    arguments: [
      ArgumentSpecification(
        name: "PRINCIPAL",
        help:
          "A name of the policy, or what somebody shows: certificate:URI, dns:NAME, fingerprint:HEX, token:SUBJECT, "
          + "link:NAME."),
      ArgumentSpecification(name: "ACTION", help: Action.allCases.map(\.rawValue).joined(separator: ", ") + "."),
      ArgumentSpecification(
        name: "TASK",
        help:
          "own, new, gateway, or the facts of a task: owner=NAME,tenant=NAME,agent=NAME. A tenant and an agent may be "
          + "left out."),
    ],
    options: [
      .value(
        PolicyCommand.file, "FILE", "The policy. Default: that of the configuration."),
      ConfigurationFlags.fileOption,
      .value(PolicyQuestion.agent, "NAME", "The agent of the task."),
      .value(
        PolicyQuestion.role, "ROLE", "A role that the token names; may be given more than once.", isRepeated: true),
      .value(PolicyQuestion.tenant, "NAME", "The tenant that the token names."),
      .value(PolicyQuestion.issuer, "ISSUER", "Who has signed the token."),
    ],
    examples: [
      "signalbox policy explain --policy policy.json alex administer gateway",
      "signalbox policy explain token:kim watch owner=alex,tenant=acme --role viewer --tenant acme",
      "signalbox policy explain certificate:spiffe://signalbox.local/agent/one submit new",
    ], .action(.policyExplain))
}

extension CommandTree {
  static let signInLink = CommandSpecification(
    ["sign-in-link"], summary: "Makes a link by which one person signs in to the dashboard, once.",
    discussion: """
      Asks the gateway's admin listener with an operator's certificate. The person needs an entry with "link": true in the \
      policy, the operator one with the role admin. Send the link to nobody else: whoever opens it first is signed in. \
      Without options, the demo that runs here is asked.
      """,
    arguments: [ArgumentSpecification(name: "PRINCIPAL", help: "The name that the policy has for the person.")],
    options: SignInLinkOptions.specifications,
    examples: [
      "signalbox sign-in-link analyst",
      "signalbox sign-in-link alex --admin https://box:8445 --cert op.pem --key op.key --ca ca.pem",
    ], .action(.signInLink))
}

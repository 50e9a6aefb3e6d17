extension CommandTree {
  static let certs = CommandSpecification(
    ["certs"], summary: "Makes and looks after a PKI for development.",
    discussion: """
      Two authorities, one for the server and one for clients, and what they have issued. Keys are P-256 with mode \
      0600; certificates last 365 days at most; nothing is ever overwritten.
      """,
    examples: ["signalbox certs init", "signalbox certs issue agent insider-trading", "signalbox certs list"],
    .commands([initialize, issue, renew, revoke, list, show]))

  private static let directory = OptionSpecification.value(
    CertsCommand.directory, "DIR", "The folder of the PKI. Default: \(CertsCommand.defaultDirectory).")
  private static let names = OptionSpecification.value(
    CertsCommand.name, "NAME",
    "A DNS name or IP address of the server; may be given more than once. Default: localhost, 127.0.0.1 and ::1.",
    isRepeated: true)
  private static let sameNames = OptionSpecification.value(
    CertsCommand.name, "NAME",
    "A DNS name or IP address of the server; may be given more than once. Default: the names it has.", isRepeated: true)
  private static let clientName = ArgumentSpecification(
    name: "NAME", help: "1 to 63 characters from a-z, 0-9 and the hyphen; the first is no hyphen.")

  private static let initialize = CommandSpecification(
    ["certs", "init"], summary: "Makes a PKI: two authorities, a server certificate, a revocation list.",
    options: [directory, names],
    examples: ["signalbox certs init", "signalbox certs init --dir pki --name box.example"],
    .action(.certsInit))

  private static let issue = CommandSpecification(
    ["certs", "issue"], summary: "Issues a certificate.",
    examples: ["signalbox certs issue agent insider-trading", "signalbox certs issue operator alex"],
    .commands([
      CommandSpecification(
        ["certs", "issue", "agent"], summary: "Issues a client certificate for an agent service.",
        discussion: "It names spiffe://signalbox.local/agent/NAME.", arguments: [clientName], options: [directory],
        examples: ["signalbox certs issue agent insider-trading"], .action(.certsIssueAgent)),
      CommandSpecification(
        ["certs", "issue", "operator"], summary: "Issues a client certificate for a person or a script.",
        discussion: "It names spiffe://signalbox.local/operator/NAME.", arguments: [clientName], options: [directory],
        examples: ["signalbox certs issue operator alex"], .action(.certsIssueOperator)),
      CommandSpecification(
        ["certs", "issue", "gateway"], summary: "Issues a client certificate for a gateway, which it shows to agents.",
        discussion: "It names spiffe://signalbox.local/gateway/NAME.", arguments: [clientName], options: [directory],
        examples: ["signalbox certs issue gateway box"], .action(.certsIssueGateway)),
      CommandSpecification(
        ["certs", "issue", "service"], summary: "Issues a server certificate for an agent service.",
        discussion: "It names spiffe://signalbox.local/agent/NAME, beside the names by which the service is reached.",
        arguments: [clientName], options: [directory, names],
        examples: ["signalbox certs issue service insider-trading --name agents.example"], .action(.certsIssueService)),
      CommandSpecification(
        ["certs", "issue", "server"], summary: "Issues the server certificate of a PKI whose own was moved away.",
        discussion: "To replace the one that is there, run: signalbox certs renew server",
        options: [directory, names], examples: ["signalbox certs issue server --name box.example"],
        .action(.certsIssueServer)),
    ]))

  private static let renew = CommandSpecification(
    ["certs", "renew"], summary: "Replaces a certificate by a new one.", examples: ["signalbox certs renew server"],
    .commands([
      CommandSpecification(
        ["certs", "renew", "server"], summary: "Replaces the server's certificate and key.",
        discussion: "A running gateway takes them in when it gets SIGHUP.", options: [directory, sameNames],
        examples: ["signalbox certs renew server", "signalbox certs renew server --name localhost --name box.example"],
        .action(.certsRenewServer))
    ]))

  private static let revoke = CommandSpecification(
    ["certs", "revoke"], summary: "Revokes client certificates: those of a name, or one by its serial number.",
    discussion: "A running gateway heeds it when it gets SIGHUP.",
    arguments: [
      ArgumentSpecification(
        name: "agent|operator|gateway|SERIAL", help: "agent, operator or gateway and a NAME, or a serial number."),
      ArgumentSpecification(name: "NAME", help: "The name of the agent, operator or gateway.", isOptional: true),
    ], options: [directory],
    examples: ["signalbox certs revoke agent insider-trading", "signalbox certs revoke 4A1F09C2D35E77B8"],
    .action(.certsRevoke))

  private static let list = CommandSpecification(
    ["certs", "list"], summary: "Lists everything issued, oldest first.", options: [directory],
    examples: ["signalbox certs list"], .action(.certsList))

  private static let show = CommandSpecification(
    ["certs", "show"], summary: "Describes the first certificate in a PEM file.",
    arguments: [ArgumentSpecification(name: "FILE", help: "A PEM file with a certificate.")],
    examples: ["signalbox certs show certs/dev/server.pem"], .action(.certsShow))
}

extension CommandTree {
  static let agent = CommandSpecification(
    ["agent"], summary: "Runs one of the agents that come with Signalbox.",
    discussion: """
      The agent speaks A2A over TLS and lets in whoever has a good certificate, or those alone who are named with --allow. \
      Its address goes to standard output, the log as JSON lines to standard error. \(AgentName.list)

      The environment says whether insider-trading and wash-trade may ask a language model for better words, and reasoning what to \
      look up: \
      \(LanguageSettings.variables.map(\.name).joined(separator: ", ")). The chapter "The surveillance agents" of \
      docs/agents.md has what each of them means; without them, no model is asked.

      Where an option does not say it, the environment may: \(AgentVariables.names.joined(separator: ", ")). These are the names \
      that alert analyzers have had before; docs/agents.md has them, too.

      Signals: SIGHUP reads certificates, authority and revocation list again; SIGINT and SIGTERM take no new tasks, let \
      those under way end, fail the rest and stop; a second one stops at once.
      """,
    arguments: [
      ArgumentSpecification(
        name: "NAME", help: "Which agent; needed, unless AGENT_TYPE says it. \(AgentName.list)", isOptional: true)
    ],
    options: AgentOptions.specifications,
    examples: [
      "signalbox agent conformance --cert server.pem --key server.key --ca client-ca.pem",
      "signalbox agent conformance --listen 127.0.0.1:0 --plain-http --push-private",
    ], .action(.agent))
}

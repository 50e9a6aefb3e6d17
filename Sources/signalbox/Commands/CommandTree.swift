/// All commands of the program, with their help.
enum CommandTree {
  static let root = CommandSpecification(
    [], summary: "Signalbox: a TLS gateway between people and agent services.",
    examples: ["signalbox demo", "signalbox serve --config signalbox.json", "signalbox help certs issue"],
    .commands([
      demo, serve, taskSubmit, taskList, taskTail, taskWatch, taskCancel, taskAnswer, taskQuestions, taskPause,
      taskResume,
      signInLink, drain, agent, reference, config, policy, certs, token, version, help,
    ]))

  private static let demo = CommandSpecification(
    ["demo"], summary: "Runs everything on this machine, with certificates of its own.",
    discussion: """
      Makes a folder with a development PKI, starts the gateway as a process of its own on loopback addresses, and \
      prints where to find it. While it runs, ready.json in that folder says the same to programs. Ctrl-C stops it.
      """,
    options: DemoOptions.specifications,
    examples: ["signalbox demo", "signalbox demo --port 0 --dir /tmp/signalbox-demo --no-browser"], .action(.demo))

  private static let serve = CommandSpecification(
    ["serve"], summary: "Runs the gateway as it is configured.",
    discussion: """
      A flag beats the environment, the environment beats the file, the file beats the default. Addresses go to \
      standard output, the log as JSON lines to standard error.

      Signals: SIGHUP reads certificates, authorities and revocation lists again; SIGINT and SIGTERM finish what is \
      under way and stop; a second one stops at once.
      """,
    options: ConfigurationFlags.options + ServeCommand.specifications,
    examples: ["signalbox serve --config signalbox.json", "signalbox serve --public-port 9443 --set loops=2"],
    .action(.serve))

  private static let config = CommandSpecification(
    ["config"], summary: "Checks a configuration, or prints what can be configured.",
    examples: ["signalbox config check --config signalbox.json", "signalbox config defaults > signalbox.json"],
    .commands([
      CommandSpecification(
        ["config", "check"], summary: "Says whether a configuration is right, and if not, all that is wrong.",
        discussion: """
          Looks at values, at what must hold between them, at every file they name, and whether the policy knows the name in which a \
          stream is published (ingest.redis.principal). Starts nothing.
          """,
        options: ConfigurationFlags.options, examples: ["signalbox config check --config signalbox.json"],
        .action(.configCheck)),
      CommandSpecification(
        ["config", "defaults"], summary: "Prints every key with its default, as JSON.",
        examples: ["signalbox config defaults > signalbox.json"], .action(.configDefaults)),
      CommandSpecification(
        ["config", "keys"], summary: "Prints every key with its values, variable, flag and meaning, as Markdown.",
        examples: ["signalbox config keys | less"], .action(.configKeys)),
    ]))

  private static let version = CommandSpecification(
    ["version"], summary: "Prints the version, and those of the libraries.", examples: ["signalbox version"],
    .action(.version))

  private static let help = CommandSpecification(
    ["help"], summary: "Shows the help of a command.",
    arguments: [
      ArgumentSpecification(name: "COMMAND", help: "The command's words.", isOptional: true, isRepeated: true)
    ],
    examples: ["signalbox help certs issue"], .action(.help))
}

import Foundation

/// The program: reads the command line, runs one command, and ends with its code.
@main
struct Signalbox {
  static func main() async {
    // A reader that goes away is an error of the write that notices it, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    let code = await run(Array(CommandLine.arguments.dropFirst()))
    // Without the libraries' own tidying up: threads that still run would use, or free again, what OpenSSL frees then. Nothing of ours waits in
    // a buffer (see `Terminal`), and to flush C's would wait for a thread that reads the terminal.
    _exit(code.rawValue)
  }

  private static func run(_ words: [String]) async -> ExitCode {
    do {
      switch try ArgumentParser(root: CommandTree.root).parse(words) {
      case .help(let command): Terminal.print(String(HelpText(command: command).description.dropLast()))
      case .run(let action, let arguments, let command): try await perform(action, arguments, command)
      }
      return .ok
    } catch let error as UsageError {
      Terminal.complain([error.description])
      return .usage
    } catch let error as CommandFailure {
      Terminal.complain(error.messages)
      return error.code
    } catch {
      Terminal.complain(["\(error)"])
      return .failure
    }
  }

  private static func perform(
    _ action: CommandAction, _ arguments: ParsedArguments, _ command: CommandSpecification
  ) async throws {
    let environment = ProcessInfo.processInfo.environment
    switch action {
    case .serve:
      try await ServeCommand(arguments, command, environment: environment).run()
    case .demo:
      try await DemoCommand(options: DemoOptions(arguments, command), environment: environment).run()
    case .agent:
      try await AgentCommand(
        options: AgentOptions(arguments, command, environment: environment), environment: environment
      ).run()
    case .submit:
      try await SubmitCommand(options: SubmitOptions(arguments, command), environment: environment).run()
    case .list:
      try await ListCommand(options: ListOptions(arguments, command)).run()
    case .tail:
      try await TailCommand(options: TailOptions(arguments, command), environment: environment).run()
    case .watch:
      try await WatchCommand(options: WatchOptions(arguments, command), environment: environment).run()
    case .cancel:
      try await CancelCommand(options: CancelOptions(arguments, command)).run()
    case .answer:
      try await AnswerCommand(options: AnswerOptions(arguments, command)).run()
    case .questions:
      try await QuestionsCommand(options: QuestionsOptions(arguments, command)).run()
    case .pause, .resume:
      try await PauseCommand(options: PauseOptions(arguments, command), resumes: action == .resume).run()
    case .signInLink:
      try await SignInLinkCommand(options: SignInLinkOptions(arguments, command)).run()
    case .drain:
      try await DrainCommand(options: DrainOptions(arguments, command)).run()
    case .configCheck, .configDefaults, .configKeys:
      try ConfigCommand(arguments, command, environment: environment).run(action)
    case .policyCheck, .policyExample, .policyExplain:
      try PolicyCommand(arguments, command, environment: environment).run(action)
    case .certsInit, .certsIssueAgent, .certsIssueOperator, .certsIssueGateway, .certsIssueService, .certsIssueServer,
      .certsRenewServer, .certsRevoke, .certsList, .certsShow:
      try CertsCommand(arguments).run(action)
    case .tokenKey, .tokenIssue, .tokenShow:
      try TokenCommand(arguments, command).run(action)
    case .referenceGenerate, .referenceCheck:
      try ReferenceCommand(arguments, command).run(action)
    case .version:
      Terminal.print(Version.text)
    case .help:
      preconditionFailure("The parser turns this command into the help it asks for.")
    }
  }
}

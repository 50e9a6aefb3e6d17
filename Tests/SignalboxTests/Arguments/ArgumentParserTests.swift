import Testing

@testable import signalbox

struct ArgumentParserTests {
  private func parse(_ line: String) throws -> ArgumentParser.Invocation {
    try ArgumentParser(root: CommandTree.root).parse(line.split(separator: " ").map(String.init))
  }

  private func run(_ line: String) throws -> (CommandAction, ParsedArguments) {
    guard case .run(let action, let arguments, _) = try parse(line) else {
      throw UsageError(message: "\(line) gives help.", invocation: "")
    }
    return (action, arguments)
  }

  @Test(arguments: [
    ("version", CommandAction.version), ("--version", .version), ("serve", .serve), ("demo --port 0", .demo),
    ("config check", .configCheck), ("config defaults", .configDefaults), ("config keys", .configKeys),
    ("drain --plan --at 300", .drain),
    ("watch", .watch), ("cancel t", .cancel), ("answer t", .answer), ("questions", .questions), ("pause t", .pause),
    ("resume t", .resume), ("certs init", .certsInit), ("certs issue agent a", .certsIssueAgent),
    ("certs issue gateway g", .certsIssueGateway), ("certs issue service s", .certsIssueService),
    ("certs issue operator o", .certsIssueOperator), ("certs issue server", .certsIssueServer),
    ("certs renew server", .certsRenewServer), ("certs revoke agent a", .certsRevoke), ("certs list", .certsList),
    ("certs show file.pem", .certsShow), ("reference check --dir r", .referenceCheck),
    ("reference generate --trades 5 --seed 4", .referenceGenerate),
  ])
  func `each command line runs its command`(line: String, action: CommandAction) throws {
    #expect(try run(line).0 == action)
  }

  @Test func `an option that may lack its value never takes the next word`() throws {
    #expect(try run("cancel --wait t-1").1.words == ["t-1"])
    #expect(try run("cancel --wait=7 t-1").1.value("wait") == "7")
    #expect(throws: UsageError.self) { try parse("cancel --wait= t-1") }
  }

  @Test func `a value stands behind its option or behind an equals sign`() throws {
    let spaced = try run("serve --config a.json --set loops=2 --diagnostics --set log.level=debug").1
    let equated = try run("serve --config=a.json --set=loops=2 --diagnostics --set=log.level=debug").1
    #expect(spaced == equated)
    #expect(spaced.value("config") == "a.json")
    #expect(spaced.values("set") == ["loops=2", "log.level=debug"])
    #expect(spaced.has("diagnostics"))
  }

  @Test func `a value may be empty, may begin with a hyphen, and may look like an option behind an equals sign`() throws
  {
    #expect(try run("serve --config=").1.value("config")?.isEmpty == true)
    #expect(try run("serve --public-port -5").1.value("public-port") == "-5")
    #expect(try run("serve --config=--x").1.value("config") == "--x")
  }

  @Test func `behind two hyphens everything is a word`() throws {
    #expect(try run("certs show -- --dir").1.words == ["--dir"])
  }

  @Test(arguments: [
    ("", "A command is missing behind signalbox."),
    ("certs", "A command is missing behind signalbox certs."),
    ("certs issue", "A command is missing behind signalbox certs issue."),
    ("srve", "There is no command \"srve\" in signalbox. Did you mean serve?"),
    (
      "xyzzy",
      "There is no command \"xyzzy\" in signalbox. There are: demo, serve, submit, list, tail, watch, cancel, answer, questions, pause, resume, sign-in-link, drain, agent, reference, config, policy, certs, token, version, help."
    ),
    ("config chekc", "There is no command \"chekc\" in signalbox config. Did you mean check?"),
    ("help certs shwo", "There is no command \"shwo\" in signalbox certs. Did you mean show?"),
    ("--verson", "signalbox has no option --verson."),
    ("serve --confg=x", "signalbox serve has no option --confg. Did you mean --config?"),
    ("serve -c x", "signalbox serve has no option -c."),
    ("version --dir x", "signalbox version has no option --dir."),
    ("serve --config", "The option --config needs a value: --config FILE."),
    ("serve --config --loops 2", "The option --config needs a value: --config FILE."),
    ("serve --loops 1 --loops 2", "The option --loops is given twice."),
    ("serve --diagnostics=no", "The option --diagnostics takes no value."),
    ("serve now", "signalbox serve does not take \"now\"."),
    ("certs show", "signalbox certs show needs FILE: A PEM file with a certificate."),
    ("certs issue agent a b", "signalbox certs issue agent does not take \"b\"."),
  ])
  func `a wrong command line says what is wrong`(line: String, message: String) throws {
    let error = try #require(throws: UsageError.self) { _ = try parse(line) }
    #expect(error.message == message)
    #expect(error.description.hasSuffix("See: \(error.invocation) --help"))
  }
}

/// One command as data: what it is called, what it takes, and what its help says.
struct CommandSpecification: Sendable {
  /// The words that name it, without the program's: `["certs", "issue", "agent"]`. The program itself has none.
  let path: [String]
  /// One line, for the list of the command above.
  let summary: String
  /// A paragraph or more, for its own help.
  let discussion: String
  let arguments: [ArgumentSpecification]
  let options: [OptionSpecification]
  let examples: [String]
  /// What a command does; one with commands below it does nothing itself.
  let content: Content

  enum Content: Sendable {
    case action(CommandAction)
    case commands([CommandSpecification])
  }

  init(
    _ path: [String], summary: String, discussion: String = "", arguments: [ArgumentSpecification] = [],
    options: [OptionSpecification] = [], examples: [String], _ content: Content
  ) {
    self.path = path
    self.summary = summary
    self.discussion = discussion
    self.arguments = arguments
    self.options = options
    self.examples = examples
    self.content = content
  }

  /// The command below this one that is called `name`.
  func command(_ name: String) -> CommandSpecification? {
    commands.first { $0.path.last == name }
  }

  var commands: [CommandSpecification] {
    switch content {
    case .action: []
    case .commands(let commands): commands
    }
  }

  /// As it is typed: `signalbox certs issue`.
  var invocation: String { (["signalbox"] + path).joined(separator: " ") }
}

/// A word that stands by itself behind a command.
struct ArgumentSpecification: Sendable {
  let name: String
  let help: String
  var isOptional = false
  /// Takes all the words that are left.
  var isRepeated = false
}

/// What a command does when it is run.
enum CommandAction: Sendable, Equatable {
  case serve
  case demo
  case agent
  case submit
  case list
  case tail
  case watch
  case cancel
  case answer
  case questions
  case pause
  case resume
  case signInLink
  case drain
  case configCheck
  case configDefaults
  case configKeys
  case policyCheck
  case policyExample
  case policyExplain
  case certsInit
  case certsIssueAgent
  case certsIssueOperator
  case certsIssueGateway
  case certsIssueService
  case certsIssueServer
  case certsRenewServer
  case certsRevoke
  case certsList
  case certsShow
  case referenceGenerate
  case referenceCheck
  case tokenKey
  case tokenIssue
  case tokenShow
  case version
  case help
}

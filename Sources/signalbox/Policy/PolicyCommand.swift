import Identity

/// `signalbox policy …`: a policy file looked at, and asked.
struct PolicyCommand {
  static let file = "policy"

  let arguments: ParsedArguments
  let command: CommandSpecification
  let environment: [String: String]

  init(_ arguments: ParsedArguments, _ command: CommandSpecification, environment: [String: String]) {
    self.arguments = arguments
    self.command = command
    self.environment = environment
  }

  func run(_ action: CommandAction) throws {
    switch action {
    case .policyCheck: try check(arguments.words[0])
    case .policyExample: Terminal.print(PolicyExample.text)
    case .policyExplain: try explain()
    default: preconditionFailure("\(action) is no command about policies.")
    }
  }

  private func check(_ path: String) throws {
    let policy = try read(path)
    let entries = policy.entryCount == 1 ? "1 entry" : "\(policy.entryCount) entries"
    Terminal.print("\(path) is right: \(entries), SHA-256 \(policy.digest).")
  }

  private func explain() throws {
    let question = try PolicyQuestion(arguments, command)
    let path = try file()
    let answer = try PolicyAnswer(question, policy: try read(path), source: path, command: command)
    Terminal.print(answer.text)
    // The answer says it all; the code says it to scripts.
    guard answer.isYes else { throw CommandFailure(.failure, []) }
  }

  /// The policy that is asked: the one that is named, or that of the configuration.
  private func file() throws -> String {
    if let path = arguments.value(Self.file) { return path }
    let (settings, problems) = try LoadedConfiguration.read(arguments, command, environment: environment)
    guard problems.isEmpty else { throw CommandFailure(.configuration, problems.map(\.description)) }
    guard let path = settings.path("policy") else {
      throw CommandFailure(
        .configuration,
        ["The configuration names no policy. Give one with --policy FILE, or set policy in the configuration."])
    }
    return path
  }

  private func read(_ path: String) throws -> Policy {
    let bytes = try LocalFile.read(path)
    do throws(PolicyError) {
      return try Policy(parsing: bytes, source: path)
    } catch {
      throw CommandFailure(.configuration, error.sentences)
    }
  }
}

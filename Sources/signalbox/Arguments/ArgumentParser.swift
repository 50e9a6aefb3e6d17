/// Reads a command line against a tree of commands. A value: nothing is run here.
struct ArgumentParser: Sendable {
  let root: CommandSpecification

  enum Invocation: Sendable {
    case run(CommandAction, ParsedArguments, CommandSpecification)
    case help(CommandSpecification)
  }

  /// `words` are those behind the program's name.
  func parse(_ words: [String]) throws(UsageError) -> Invocation {
    var rest = words[...]
    var command = root
    while let word = rest.first, case .commands = command.content {
      if Self.asksForHelp(word) { return .help(command) }
      // The one option of the program itself, because people and scripts try it first.
      if word == "--version", command.path.isEmpty, let version = root.command("version") {
        return try parse(version, [])
      }
      if word.hasPrefix("-") { throw .unknownOption(word, in: command) }
      guard let next = command.command(word) else { throw .unknownCommand(word, in: command) }
      command = next
      rest = rest.dropFirst()
    }
    if case .commands = command.content {
      throw UsageError(message: "A command is missing behind \(command.invocation).", invocation: command.invocation)
    }
    return try parse(command, rest)
  }

  private func parse(_ command: CommandSpecification, _ words: ArraySlice<String>) throws(UsageError) -> Invocation {
    guard case .action(let action) = command.content else { return .help(command) }
    var parsed = ParsedArguments()
    var rest = words
    var takesOptions = true
    while let word = rest.popFirst() {
      if takesOptions, word == "--" {
        takesOptions = false
      } else if takesOptions, Self.asksForHelp(word) {
        return .help(command)
      } else if takesOptions, word.hasPrefix("-"), word != "-" {
        try readOption(word, &rest, command, into: &parsed)
      } else {
        parsed.words.append(word)
      }
    }
    try checkCount(of: parsed.words, command)
    if action == .help { return .help(try self.command(at: parsed.words)) }
    return .run(action, parsed, command)
  }

  private func readOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ command: CommandSpecification,
    into parsed: inout ParsedArguments
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard name.hasPrefix("--"), let option = command.options.first(where: { "--\($0.name)" == name }) else {
      throw .unknownOption(name, in: command)
    }
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    if !option.isRepeated, parsed.has(option.name) { throw refusal("The option \(name) is given twice.") }
    var value = parts.count == 2 ? String(parts[1]) : nil
    if let placeholder = option.placeholder {
      if option.mayLackValue, value?.isEmpty == true {
        throw refusal("The option \(name) needs a value behind its equals sign: \(option.usage).")
      }
      if option.mayLackValue, value == nil { value = "" }
      // A word with two hyphens is the next option, not a value that was left out; `--name=--value` says otherwise.
      if value == nil, let next = rest.first, !next.hasPrefix("--") { value = rest.popFirst() }
      guard value != nil else { throw refusal("The option \(name) needs a value: \(name) \(placeholder).") }
    } else if value != nil {
      throw refusal("The option \(name) takes no value.")
    }
    parsed.options.append(.init(name: option.name, value: value ?? ""))
  }

  private func checkCount(of words: [String], _ command: CommandSpecification) throws(UsageError) {
    let required = command.arguments.filter { !$0.isOptional }
    if words.count < required.count {
      throw UsageError(
        message: "\(command.invocation) needs \(required[words.count].name): \(required[words.count].help)",
        invocation: command.invocation)
    }
    if words.count > command.arguments.count, command.arguments.last?.isRepeated != true {
      throw UsageError(
        message: "\(command.invocation) does not take \(words[command.arguments.count].debugDescription).",
        invocation: command.invocation)
    }
  }

  private func command(at path: [String]) throws(UsageError) -> CommandSpecification {
    var command = root
    for word in path {
      guard let next = command.command(word) else { throw .unknownCommand(word, in: command) }
      command = next
    }
    return command
  }

  private static func asksForHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }
}

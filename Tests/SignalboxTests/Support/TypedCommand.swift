@testable import signalbox

/// A command line as the program reads it.
enum TypedCommand {
  static func parse(_ words: [String]) throws -> (ParsedArguments, CommandSpecification) {
    guard case .run(_, let arguments, let command) = try ArgumentParser(root: CommandTree.root).parse(words) else {
      throw UsageError(message: "\(words) gives help.", invocation: "")
    }
    return (arguments, command)
  }

  static func parse(_ line: String) throws -> (ParsedArguments, CommandSpecification) {
    try parse(line.split(separator: " ").map(String.init))
  }
}

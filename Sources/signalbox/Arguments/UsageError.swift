/// A command line that says nothing Signalbox understands, in a sentence that says what it would.
struct UsageError: Error, Equatable, CustomStringConvertible {
  let message: String
  /// The command whose help has the answer: `signalbox certs`.
  let invocation: String

  var description: String { "\(message) See: \(invocation) --help" }

  static func unknownCommand(_ word: String, in command: CommandSpecification) -> UsageError {
    let known = command.commands.compactMap(\.path.last)
    let hint =
      Suggestion.nearest(to: word, among: known).map { "Did you mean \($0)?" }
      ?? "There are: \(known.joined(separator: ", "))."
    return UsageError(
      message: "There is no command \(word.debugDescription) in \(command.invocation). \(hint)",
      invocation: command.invocation)
  }

  static func unknownOption(_ text: String, in command: CommandSpecification) -> UsageError {
    let known = command.options.map { "--\($0.name)" } + ["--help"]
    let hint = Suggestion.nearest(to: text, among: known).map { " Did you mean \($0)?" } ?? ""
    return UsageError(
      message: "\(command.invocation) has no option \(text).\(hint)", invocation: command.invocation)
  }
}

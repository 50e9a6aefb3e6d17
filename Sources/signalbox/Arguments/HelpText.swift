/// The help of a command, made from its specification.
struct HelpText: CustomStringConvertible {
  static let width = 92
  let command: CommandSpecification

  var description: String {
    var parts = [command.summary, usage]
    if !command.discussion.isEmpty { parts.append(TextLayout.wrapped(command.discussion, width: Self.width)) }
    parts += table("Commands", command.commands.compactMap { item in item.path.last.map { ($0, item.summary) } })
    parts += table("Arguments", command.arguments.map { ($0.name, $0.help) })
    parts += table("Options", command.options.map { ($0.usage, $0.help) } + [("--help, -h", "Shows this text.")])
    parts.append("Examples:\n" + command.examples.map { "  \($0)" }.joined(separator: "\n"))
    if command.path.isEmpty { parts.append(ExitCode.help) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var usage: String {
    var words = ["Usage:", command.invocation]
    if !command.commands.isEmpty { words.append("COMMAND") }
    if !command.options.isEmpty { words.append("[options]") }
    for argument in command.arguments {
      let name = argument.name + (argument.isRepeated ? "…" : "")
      words.append(argument.isOptional ? "[\(name)]" : name)
    }
    return words.joined(separator: " ")
  }

  private func table(_ title: String, _ rows: [(String, String)]) -> [String] {
    rows.isEmpty ? [] : ["\(title):\n" + TextLayout.columns(rows, width: Self.width)]
  }
}

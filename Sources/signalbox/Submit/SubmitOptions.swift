/// What `signalbox submit` was asked for.
struct SubmitOptions: Sendable, Equatable {
  private static let file = "file"
  private static let type = "type"
  private static let data = "data"
  private static let title = "title"
  /// Not `key`: that is the certificate's.
  private static let key = "task-key"
  private static let context = "context"
  private static let wait = "wait"
  private static let json = "json"

  static let specifications: [OptionSpecification] =
    [
      .value(file, "FILE", "A file for the agent. May be given more than once.", isRepeated: true),
      .value(
        type, "TYPE", "The media type of the --file before it. Default: what the file's name says.", isRepeated: true),
      .value(data, "JSON", "A JSON value for the agent. May be given more than once.", isRepeated: true),
      .value(title, "TITLE", "What lists call the task. Default: the beginning of what is said."),
      .value(
        key, "KEY",
        "A word of one's own against beginning it twice: the same word gives the same task. Default: a new one."),
      .value(context, "ID", "The conversation to go on with, as an earlier submit --json gave it."),
      .flag(wait, "Follows the task to its end, as tail does."),
      .flag(json, "Prints what the gateway answers as one line of JSON; with --wait, the records instead."),
    ] + GatewayOptions.specifications

  /// A piece of what is said, in the order in which it was typed.
  enum Piece: Sendable, Equatable {
    case text(String)
    /// - Parameter type: nil: as its name says.
    case file(String, type: String?)
    case data(String)
  }

  let gateway: GatewayOptions
  /// Nil: the gateway's default.
  let agent: String?
  let pieces: [Piece]
  let title: String?
  /// Nil: one is found.
  let key: String?
  let context: String?
  let waits: Bool
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    gateway = try GatewayOptions(arguments, command)
    for name in [Self.title, Self.key, Self.context] where arguments.value(name)?.isEmpty == true {
      throw refusal("The option --\(name) needs a value.")
    }
    let words = arguments.words
    guard let first = words.first, !first.isEmpty else {
      throw refusal(
        "The agent is missing. Name one, signalbox submit AGENT TEXT, or a file for the gateway's own choice.")
    }
    var pieces: [Piece] = []
    if Self.isFile(first) {
      agent = nil
      pieces.append(.file(first, type: nil))
    } else {
      agent = first
    }
    if words.count > 1 {
      guard !words[1].isEmpty else { throw refusal("The text is empty. Say something, or leave it out.") }
      pieces.append(.text(words[1]))
    }
    for option in arguments.options {
      switch option.name {
      case Self.file:
        guard !option.value.isEmpty else { throw refusal("The option --file needs the name of a file.") }
        pieces.append(.file(option.value, type: nil))
      case Self.type:
        guard case .file(let file, nil)? = pieces.last, !option.value.isEmpty else {
          throw refusal("The option --type says what the --file right before it is. Put it there, once.")
        }
        pieces[pieces.count - 1] = .file(file, type: option.value)
      case Self.data: pieces.append(.data(option.value))
      default: break
      }
    }
    guard !pieces.isEmpty else {
      throw refusal("There is nothing for the agent to do. Give a text, --file or --data.")
    }
    self.pieces = pieces
    title = arguments.value(Self.title)
    key = arguments.value(Self.key)
    context = arguments.value(Self.context)
    waits = arguments.has(Self.wait)
    printsJSON = arguments.has(Self.json)
  }

  /// No agent has a name with a slash or a dot in it.
  private static func isFile(_ word: String) -> Bool { word.contains { $0 == "/" || $0 == "." } }
}

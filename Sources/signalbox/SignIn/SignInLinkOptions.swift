/// What `signalbox sign-in-link` was asked for.
struct SignInLinkOptions: Sendable, Equatable {
  static let specifications: [OptionSpecification] =
    AdminOptions.specifications + [.flag("json", "Prints one JSON object.")]

  let principal: String
  let gateway: AdminOptions
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    principal = arguments.words[0]
    printsJSON = arguments.has("json")
    gateway = try AdminOptions(arguments, command)
  }
}

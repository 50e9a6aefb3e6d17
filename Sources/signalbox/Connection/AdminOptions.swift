/// Which gateway's admin listener a command means, and with what it goes there: `--admin` with its files, or a demo's folder.
enum AdminOptions: Sendable, Equatable {
  case demo(folder: String)
  case other(AdminAccess)

  static let specifications: [OptionSpecification] = [
    .value(
      "admin", "URL", "The gateway's admin listener, such as https://localhost:8445. Needs --cert, --key and --ca, too."
    ),
    .value("cert", "FILE", "An operator's certificate."),
    .value("key", "FILE", "Its key."),
    .value("ca", "FILE", "The authority of the gateway's certificate."),
    .value(
      "dir", "DIR", "The folder of a running demo, which knows all of these. Default: \(DemoOptions.defaultFolder)."),
  ]

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    let names = ["admin", "cert", "key", "ca"]
    guard names.contains(where: arguments.has) else {
      self = .demo(folder: arguments.value("dir") ?? DemoOptions.defaultFolder)
      return
    }
    guard !arguments.has("dir") else {
      throw refusal("The option --dir names a demo, and the others a gateway. Give one or the other.")
    }
    var values: [String: String] = [:]
    for name in names {
      guard let value = arguments.value(name), !value.isEmpty else {
        throw refusal(
          "The option --\(name) is needed: a gateway is named with --admin, --cert, --key and --ca together.")
      }
      values[name] = value
    }
    self = .other(
      AdminAccess(
        url: values["admin"] ?? "", certificate: values["cert"] ?? "", key: values["key"] ?? "",
        authority: values["ca"] ?? ""))
  }

  func access() throws(CommandFailure) -> AdminAccess {
    switch self {
    case .demo(let folder): try AdminAccess(demo: DemoFolder(folder))
    case .other(let access): access
    }
  }
}

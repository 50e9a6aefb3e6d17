/// Which gateway a command is about, and as whom it comes.
struct GatewayOptions: Sendable, Equatable {
  private static let url = "gateway"
  private static let authority = "ca"
  private static let certificate = "cert"
  private static let key = "key"
  private static let token = "token"
  private static let folder = "dir"
  private static let ready = "ready"

  static let specifications: [OptionSpecification] = [
    .value(
      url, "URL", "The gateway's public listener, such as https://localhost:8443. Needs --ca and a credential, too."),
    .value(authority, "FILE", "The authority of the gateway's certificate."),
    .value(certificate, "FILE", "A client certificate to come with. Needs --key, too."),
    .value(key, "FILE", "Its key."),
    .value(token, "FILE", "A file with a bearer token to come with; read again for each connection."),
    .value(
      folder, "DIR",
      "The folder of a running demo, which knows all of these; its operator's certificate is shown unless another "
        + "credential is given. Default: \(DemoOptions.defaultFolder)."),
    .value(ready, "FILE", "The ready.json of a running demo, in the place of its folder."),
  ]

  enum Place: Sendable, Equatable {
    /// - Parameter ready: the file in which it has written down where it is.
    case demo(ready: String)
    case other(url: String, authority: String)
  }

  let place: Place
  /// Nil: that of the demo's operator.
  let credential: GatewayAccess.Credential?

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    for option in Self.specifications where arguments.value(option.name)?.isEmpty == true {
      throw refusal("The option --\(option.name) needs a value: \(option.usage).")
    }
    switch (arguments.value(Self.certificate), arguments.value(Self.key), arguments.value(Self.token)) {
    case (nil, nil, nil): credential = nil
    case (nil, nil, let token?): credential = .token(file: token)
    case (let certificate?, let key?, nil): credential = .certificate(file: certificate, key: key)
    case (_, _, _?):
      throw refusal("The option --token goes without --cert and --key. Come with a token or with a certificate.")
    case (_?, nil, nil): throw refusal("The option --key is needed: a certificate comes with its key.")
    case (nil, _?, nil): throw refusal("The option --cert is needed: a key comes with its certificate.")
    }
    switch (arguments.value(Self.url), arguments.value(Self.authority)) {
    case (nil, nil):
      guard !arguments.has(Self.ready) || !arguments.has(Self.folder) else {
        throw refusal("The options --dir and --ready name a demo, each in its way. Give one or the other.")
      }
      place = .demo(
        ready: arguments.value(Self.ready)
          ?? DemoFolder(arguments.value(Self.folder) ?? DemoOptions.defaultFolder).ready)
    case (let url?, let authority?):
      for name in [Self.folder, Self.ready] where arguments.has(name) {
        throw refusal("The option --\(name) names a demo, and --gateway another gateway. Give one or the other.")
      }
      guard credential != nil else {
        throw refusal("A credential is needed: --cert and --key, or --token.")
      }
      place = .other(url: url, authority: authority)
    case (nil, _?), (_?, nil):
      throw refusal("A gateway is named with --gateway and --ca together.")
    }
  }

  func access() throws(CommandFailure) -> GatewayAccess {
    switch place {
    case .demo(let ready):
      let demo = try RunningDemo(
        ready: LocalFile.absolute(ready), otherwise: "--gateway and --ca, and --cert with --key or --token")
      return GatewayAccess(
        url: demo.url, authority: demo.authority,
        credential: credential ?? .certificate(file: demo.certificate, key: demo.key))
    case .other(let url, let authority):
      guard let credential else { preconditionFailure("A gateway that is no demo was named without a credential.") }
      return GatewayAccess(url: url, authority: authority, credential: credential)
    }
  }
}

import Identity

/// `signalbox certs …`: the development PKI by hand.
struct CertsCommand {
  static let directory = "dir"
  static let defaultDirectory = "certs/dev"
  static let name = "name"

  let arguments: ParsedArguments
  private let now = UnixTime.now()

  init(_ arguments: ParsedArguments) {
    self.arguments = arguments
  }

  private var directory: String { arguments.value(Self.directory) ?? Self.defaultDirectory }

  func run(_ action: CommandAction) throws {
    switch action {
    case .certsInit: try initialize()
    case .certsIssueAgent: report(try open().issueClient(.agent, name: arguments.words[0], now: now))
    case .certsIssueOperator: report(try open().issueClient(.operator, name: arguments.words[0], now: now))
    case .certsIssueGateway: report(try open().issueClient(.gateway, name: arguments.words[0], now: now))
    case .certsIssueService: try issueService()
    case .certsIssueServer: try issueServer()
    case .certsRenewServer:
      report(try open().renewServer(names: try names(), now: now))
      Terminal.print("A running gateway takes it in when it gets SIGHUP: kill -HUP PID")
    case .certsRevoke: try revoke()
    case .certsList: Terminal.print(CertificateTable.text(try open().list(), now: now))
    case .certsShow: Terminal.print(try DevelopmentPKI.show(arguments.words[0]).description)
    default: preconditionFailure("\(action) is no command about certificates.")
    }
  }

  private func open() throws -> DevelopmentPKI { try DevelopmentPKI(opening: directory) }

  /// Nil when none are given.
  private func names() throws -> [ServerName]? {
    let names = try arguments.values(Self.name).map { text in try ServerName(text) }
    return names.isEmpty ? nil : names
  }

  private func initialize() throws {
    let names = try names() ?? ServerName.local
    if let slash = directory.lastIndex(of: "/"), slash != directory.startIndex {
      try LocalFile.makeFolder(String(directory[..<slash]))
    }
    let pki = try DevelopmentPKI.create(at: directory, names: names, now: now)
    let rows = [
      ("server", "\(pki.layout.server.certificate), for \(names.map(\.description).joined(separator: ", "))"),
      ("clients trust", pki.layout.serverAuthority.certificate),
      ("servers trust", pki.layout.clientAuthority.certificate),
      ("revoked", pki.layout.revocationList),
    ]
    let option = arguments.has(Self.directory) ? " --dir \(directory)" : ""
    Terminal.print(
      "A development PKI is in \(directory).\n\(TextLayout.columns(rows, width: .max))\n"
        + "Next: signalbox certs issue operator NAME\(option)")
  }

  private func issueService() throws {
    report(try open().issueService(arguments.words[0], names: try names() ?? ServerName.local, now: now))
  }

  private func issueServer() throws {
    let pki = try open()
    let names = try names() ?? ServerName.local
    do throws(PKIError) {
      report(try pki.issueServer(names: names, now: now))
    } catch {
      guard case .alreadyExists(let path, _) = error else { throw error }
      throw CommandFailure.failure(
        "\(path) already exists, and was left as it is. To replace it, run: signalbox certs renew server")
    }
  }

  private func report(_ issued: IssuedFiles) {
    let rows = [
      ("certificate", issued.certificate), ("key", issued.key), ("serial", issued.entry.serialNumber.description),
      ("not after", issued.entry.notAfter.description),
    ]
    Terminal.print("Issued \(issued.entry.holder).\n\(TextLayout.columns(rows, width: .max))")
  }

  private func revoke() throws {
    let words = arguments.words
    let revoked: [IndexEntry]
    switch (ClientKind(rawValue: words[0]), words.count) {
    case (let kind?, 2): revoked = try open().revoke(kind, name: words[1], now: now)
    case (_?, _):
      throw CommandFailure(.usage, ["signalbox certs revoke \(words[0]) needs a NAME. See: signalbox certs list"])
    case (nil, 1): revoked = [try open().revoke(serialNumber: words[0], now: now)]
    case (nil, _):
      throw CommandFailure(
        .usage,
        ["There are no clients of the kind \(words[0].debugDescription): give agent, operator or gateway and a NAME."])
    }
    for entry in revoked { Terminal.print("Revoked \(entry.holder), serial \(entry.serialNumber).") }
    Terminal.print("A running gateway heeds it when it gets SIGHUP: kill -HUP PID")
  }
}

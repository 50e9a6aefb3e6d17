import Identity

/// What `signalbox policy explain` is asked: may this principal do that to this task?
struct PolicyQuestion: Sendable, Equatable {
  static let role = "role"
  static let tenant = "tenant"
  static let issuer = "issuer"
  static let agent = "agent"
  /// Said in answers, where no issuer is given.
  static let someIssuer = "some issuer"

  enum Who: Sendable, Equatable {
    /// A name of the policy, and what the token says if it comes with one.
    case named(String, roles: [String], tenant: String?)
    case credential(CredentialClaims)
  }

  enum Target: Sendable, Equatable {
    case own
    case new
    case gateway
    case other(owner: String, tenant: String?)
  }

  let who: Who
  let action: Action
  let target: Target
  let agent: String?

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    let words = arguments.words
    who = try Self.who(words[0], arguments, refusal)
    guard let action = Action(rawValue: words[1]) else {
      let known = Action.allCases.map(\.rawValue)
      let hint =
        Suggestion.nearest(to: words[1], among: known).map { "Did you mean \($0)?" }
        ?? "There are: \(known.joined(separator: ", "))."
      throw refusal("There is no action \(words[1].debugDescription). \(hint)")
    }
    self.action = action
    let (target, agent) = try Self.target(words[2], refusal)
    let flag = arguments.value(Self.agent)
    guard agent == nil || flag == nil else { throw refusal("The agent is given twice, in the task and with --agent.") }
    self.target = target
    self.agent = agent ?? flag
  }

  private static func who(
    _ word: String, _ arguments: ParsedArguments, _ refusal: (String) -> UsageError
  ) throws(UsageError) -> Who {
    let roles = arguments.values(role)
    let tenant = arguments.value(tenant)
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 1 {
      guard !arguments.has(issuer) else { throw refusal("The option --issuer is for token:SUBJECT.") }
      return .named(word, roles: roles, tenant: tenant)
    }
    if parts[0] == "token" {
      return .credential(
        .token(
          TokenClaims(
            issuer: arguments.value(issuer) ?? someIssuer, subject: parts[1], tenant: tenant, roles: roles,
            expires: UnixTime(seconds: 0), id: nil)))
    }
    guard roles.isEmpty, tenant == nil, !arguments.has(issuer) else {
      throw refusal("The options --role, --tenant and --issuer say what a token says, and this is \(parts[0]).")
    }
    switch parts[0] {
    case "certificate": return .credential(certificate(uris: [parts[1]]))
    case "dns": return .credential(certificate(dns: [parts[1]]))
    case "fingerprint":
      // As OpenSSL prints it: in capitals, with colons.
      let digits = parts[1].lowercased().filter { $0 != ":" }
      guard digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else {
        throw refusal(
          "A fingerprint is SHA-256 of the certificate, in 64 hexadecimal digits; openssl x509 -fingerprint -sha256 prints it."
        )
      }
      return .credential(certificate(fingerprint: digits))
    case "link": return .credential(.link(name: parts[1]))
    default:
      throw refusal(
        "\(word.debugDescription) is no principal: give a name of the policy, or certificate:URI, dns:NAME, "
          + "fingerprint:HEX, token:SUBJECT or link:NAME.")
    }
  }

  private static func certificate(
    uris: [String] = [], dns: [String] = [], fingerprint: String = ""
  ) -> CredentialClaims {
    .certificate(
      CertificateClaims(
        uris: uris, dnsNames: dns, fingerprint: fingerprint, serial: "", expires: UnixTime(seconds: 0)))
  }

  private static func target(
    _ word: String, _ refusal: (String) -> UsageError
  ) throws(UsageError) -> (Target, agent: String?) {
    switch word {
    case "own": return (.own, nil)
    case "new": return (.new, nil)
    case "gateway": return (.gateway, nil)
    default: break
    }
    var facts: [String: String] = [:]
    for part in word.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2, ["owner", "tenant", "agent"].contains(halves[0]), !halves[1].isEmpty,
        facts.updateValue(halves[1], forKey: halves[0]) == nil
      else {
        throw refusal(
          "\(word.debugDescription) is no task: give own, new, gateway, or facts such as owner=kim,tenant=acme,agent=one."
        )
      }
    }
    guard let owner = facts["owner"] else {
      throw refusal("A task has an owner, and \(word.debugDescription) does not say who: owner=NAME.")
    }
    return (.other(owner: owner, tenant: facts["tenant"]), facts["agent"])
  }
}

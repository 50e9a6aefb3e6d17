import Foundation
import Identity
import JSON

/// `signalbox token …`: bearer tokens by hand.
struct TokenCommand {
  static let algorithm = "alg"
  static let out = "out"
  static let keySet = "jwks"
  static let key = "key"
  static let issuer = "issuer"
  static let audience = "audience"
  static let subject = "subject"
  static let role = "role"
  static let tenant = "tenant"
  static let minutes = "minutes"

  static let defaultAlgorithm = TokenAlgorithm.es256
  static let algorithms = "ES256, EdDSA, RS256 or PS256"
  static let defaultMinutes = 60
  /// A year.
  static let longest = 525_600

  let arguments: ParsedArguments
  let command: CommandSpecification
  private let now = UnixTime.now()

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) {
    self.arguments = arguments
    self.command = command
  }

  func run(_ action: CommandAction) throws {
    switch action {
    case .tokenKey: try makeKey()
    case .tokenIssue: try issue()
    case .tokenShow: try show()
    default: preconditionFailure("\(action) is no command about tokens.")
    }
  }

  private func makeKey() throws {
    let path = try required(Self.out)
    let name = arguments.value(Self.algorithm) ?? Self.defaultAlgorithm.rawValue
    guard let algorithm = TokenAlgorithm(rawValue: name), algorithm != .hs256 else {
      throw refusal("There are no key pairs for \(name.debugDescription). Give \(Self.algorithms).")
    }
    let signer = try TokenSigner.generate(algorithm)
    guard let keySet = arguments.value(Self.keySet) else {
      try signer.create(privateKey: path)
      return Terminal.print(String(signer.keySetText.dropLast()))
    }
    try signer.create(privateKey: path, keySet: keySet)
    let rows = [
      ("private key", path), ("public key set", keySet), ("algorithm", algorithm.rawValue), ("key id", signer.keyID),
    ]
    Terminal.print(
      "A key pair for tokens was made.\n\(TextLayout.columns(rows, width: .max))\n"
        + "Next: signalbox token issue --key \(Shell.quoted(path)) --issuer URL --audience NAME --subject NAME")
  }

  private func issue() throws {
    let issuer = try required(Self.issuer)
    let audiences = [try required(Self.audience)] + arguments.values(Self.audience).dropFirst()
    let subject = try required(Self.subject)
    let ends = now.adding(seconds: try life())
    let signer = try TokenSigner.load(try required(Self.key))
    var claims = JSONWriter()
    claims.object { claims in
      claims.member("iss", issuer)
      claims.member("sub", subject)
      if audiences.count == 1 {
        claims.member("aud", audiences[0])
      } else {
        claims.array("aud") { for audience in audiences { $0.string(audience) } }
      }
      claims.member("iat", now.seconds)
      claims.member("exp", ends.seconds)
      claims.member("jti", SecureRandom.token())
      let roles = arguments.values(Self.role)
      if !roles.isEmpty { claims.array("roles") { for role in roles { $0.string(role) } } }
      claims.member("tenant", ifPresent: arguments.value(Self.tenant))
    }
    Terminal.print(try signer.sign(try JSONValue(parsing: claims.bytes)))
  }

  /// In seconds.
  private func life() throws -> Int64 {
    guard let text = arguments.value(Self.minutes) else { return Int64(Self.defaultMinutes) * 60 }
    guard let minutes = Int(text), (1...Self.longest).contains(minutes) else {
      throw refusal("--\(Self.minutes) is \(text.debugDescription). Give a whole number from 1 to \(Self.longest).")
    }
    return Int64(minutes) * 60
  }

  private func show() throws {
    var text = arguments.words[0]
    if text == "-" {
      let input = try FileHandle.standardInput.read(upToCount: UnverifiedToken.lengthLimit + 1) ?? Data()
      text = String(decoding: input, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    do throws(TokenFault) {
      Terminal.print(TokenText.description(of: try UnverifiedToken(text), now: now))
    } catch {
      throw CommandFailure.failure(error.description)
    }
  }

  private func required(_ option: String) throws -> String {
    guard let value = arguments.value(option), !value.isEmpty else { throw refusal("--\(option) must be given.") }
    return value
  }

  private func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
}

import JSON
import Testing

@testable import Identity

/// Somebody who issues tokens to the service `box`, with a key pair for each algorithm.
struct Issuer {
  let signers: [TokenAlgorithm: TokenSigner]
  let keys: KeySet

  /// Key pairs take a while to make, and most tests are content with any.
  static let shared = Result { try Issuer() }

  init() throws {
    var signers: [TokenAlgorithm: TokenSigner] = [:]
    for algorithm in [TokenAlgorithm.rs256, .ps256, .es256, .edDSA] {
      signers[algorithm] = try TokenSigner.generate(algorithm)
    }
    self.signers = signers
    keys = try KeySet(jwks: Array(try Self.keySetText(Array(signers.values)).utf8), source: "keys.json")
  }

  /// The public halves as one set.
  static func keySetText(_ signers: [TokenSigner]) throws -> String {
    let keys = try signers.map { try #require(try JSONValue(parsing: $0.keySetText)["keys"]?[0]) }
    return #"{"keys":[\#(keys.map(\.description).joined(separator: ","))]}"#
  }

  /// The public half of one key, changed member by member; nil takes a member away.
  static func publicKey(_ signer: TokenSigner, changing changes: [String: String?] = [:]) throws -> String {
    let key = try #require(try JSONValue(parsing: signer.keySetText)["keys"]?[0])
    var members = Dictionary(uniqueKeysWithValues: key.members.map { ($0.key, $0.value.description) })
    for (name, change) in changes { members[name] = change }
    return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  func signer(_ algorithm: TokenAlgorithm = .es256) throws -> TokenSigner { try #require(signers[algorithm]) }

  /// - Parameter header: raw JSON; nil is the usual one.
  func token(_ claims: Claims = Claims(), by algorithm: TokenAlgorithm = .es256, header: String? = nil) throws -> String
  {
    let signer = try signer(algorithm)
    let header = header ?? #"{"alg":"\#(algorithm.rawValue)","kid":"\#(signer.keyID)"}"#
    return try signer.sign(header: Array(header.utf8), payload: Array(claims.text.utf8))
  }
}

/// A payload, member by member, in raw JSON.
struct Claims {
  static let now = UnixTime(seconds: 1_800_000_000)
  static let rules = TokenRules(issuer: "https://issuer.example", audiences: ["box", "box-too"])

  var members: [(name: String, value: String)] = [
    ("iss", #""https://issuer.example""#), ("aud", #""box""#), ("sub", #""alex""#), ("iat", "1799999990"),
    ("exp", "1800000600"),
  ]

  /// With another value, or without a member.
  func with(_ name: String, _ value: String?) -> Claims {
    var claims = self
    claims.members.removeAll { $0.name == name }
    if let value { claims.members.append((name, value)) }
    return claims
  }

  var text: String { "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}" }
}

/// What becomes of a token: its claims, or the fault.
func judge(
  _ token: String, keys: KeySet, now: UnixTime = Claims.now, rules change: (inout TokenRules) -> Void = { _ in }
) -> Result<TokenClaims, TokenFault> {
  var rules = Claims.rules
  change(&rules)
  do throws(TokenFault) {
    return .success(try TokenVerifier(rules: rules).verify(token, keys: keys, now: now).claims)
  } catch {
    return .failure(error)
  }
}

extension Result where Success == TokenClaims, Failure == TokenFault {
  var isGood: Bool { (try? get()) != nil }

  var fault: TokenFault? {
    if case .failure(let fault) = self { fault } else { nil }
  }

  /// The kind of fault, without its sentence.
  var faultName: String? {
    switch fault {
    case nil: nil
    case .malformed: "malformed"
    case .algorithm: "algorithm"
    case .unknownKey: "unknownKey"
    case .signature: "signature"
    case .issuer: "issuer"
    case .audience: "audience"
    case .expired: "expired"
    case .notYetValid: "notYetValid"
    case .claim: "claim"
    case .keysUnavailable: "keysUnavailable"
    }
  }
}

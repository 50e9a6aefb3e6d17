import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox token …` as people type it.
@Suite(.timeLimit(.minutes(2)))
struct TokenProcessTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func run(_ line: String) async throws -> RunningProgram.Result {
    try await RunningProgram.run(line.split(separator: " ").map(String.init), folder: scratch.path)
  }

  private func content(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/\(name)")))
  }

  private func mode(_ name: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(scratch.path)/\(name)")
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }

  private func verify(_ token: String, _ keys: [UInt8], at now: UnixTime = .now()) throws -> TokenClaims {
    let rules = TokenRules(issuer: "https://box.example", audiences: ["box"])
    return try TokenVerifier(rules: rules).verify(token, keys: KeySet(jwks: keys, source: "keys.json"), now: now).claims
  }

  private static let names = "--issuer https://box.example --audience box --subject alex"

  @Test(arguments: ["", "--alg EdDSA", "--alg RS256", "--alg PS256"])
  func `a key is made, a token issued, and the set takes it`(option: String) async throws {
    let made = try await run("token key --out token.jwk --jwks keys.json \(option)")
    #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
    #expect(made.output.hasPrefix("A key pair for tokens was made.\n  private key     token.jwk\n"))
    #expect(try mode("token.jwk") == 0o600)

    let issued = try await run("token issue --key token.jwk \(Self.names) --role viewer --role operator --tenant north")
    #expect(issued.status == 0 && issued.output.split(separator: "\n").count == 1, "\(issued.errors)")
    let claims = try verify(String(issued.output.dropLast()), try content("keys.json"))
    #expect(claims.subject == "alex" && claims.tenant == "north" && claims.roles == ["viewer", "operator"])
    #expect(claims.id?.isEmpty == false)
    let left = claims.expires.seconds - UnixTime.now().seconds
    #expect((1...3600).contains(left))
  }

  @Test func `without a file for it, the key set is what is printed`() async throws {
    let made = try await run("token key --out token.jwk")
    #expect(made.status == 0)
    let token = try await run("token issue --key token.jwk \(Self.names) --minutes 1").output.dropLast()
    let claims = try verify(String(token), Array(made.output.utf8))
    #expect(claims.roles.isEmpty && claims.tenant == nil)
    #expect(throws: TokenFault.expired(claims.expires)) {
      try verify(String(token), Array(made.output.utf8), at: .now().adding(seconds: 120))
    }
  }

  @Test func `a token may be made out for several`() async throws {
    let keys = try await run("token key --out token.jwk").output
    let token = try await run("token issue --key token.jwk --audience other \(Self.names)").output.dropLast()
    #expect(try verify(String(token), Array(keys.utf8)).subject == "alex")
    let payload = try UnverifiedToken(String(token)).payload
    #expect(payload["aud"]?.elements.compactMap(\.string) == ["other", "box"])
  }

  @Test func `show says what a token says, and that nobody has checked it`() async throws {
    _ = try await run("token key --out token.jwk")
    let token = try await run("token issue --key token.jwk \(Self.names)").output.dropLast()
    let shown = try await run("token show \(token)")
    #expect(shown.status == 0)
    #expect(shown.output.hasPrefix("NOT CHECKED: "))
    for part in ["\"alg\": \"ES256\"", "\"sub\": \"alex\"", "good until  20", "which is to come"] {
      #expect(shown.output.contains(part), "\(part)")
    }
    let read = try await RunningProgram.with(["token", "show", "-"]) { program in
      try program.input.fileHandleForWriting.write(contentsOf: Data("  \(token)\n".utf8))
      try program.input.fileHandleForWriting.close()
      return try await program.result()
    }
    #expect(read.output == shown.output)
  }

  @Test func `show does not let a token write on the terminal`() async throws {
    let parts = [#"{"alg":"none"}"#, "{\"sub\":\"a\u{9B}31m\u{202E}b\u{7F}\\u001b[0m\u{E9}\",\"exp\":1e30}"]
    let token = parts.map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".") + "."
    let shown = try await run("token show \(token)")
    #expect(shown.output.contains(#""sub": "a\u009b31m\u202eb\u007f\u001b[0mé""#), "\(shown.output)")
    #expect(!shown.output.contains("good until"))
  }

  @Test(arguments: [
    ("token key", 64, "--out must be given."),
    ("token key --out a --alg HS256", 64, "There are no key pairs for \"HS256\"."),
    ("token key --out a --alg none", 64, "There are no key pairs for \"none\"."),
    ("token key --out no/a", 1, "Could not create the private key no/a: No such file or directory"),
    ("token key --out new --jwks taken", 1, "Could not create the key set taken: File exists"),
    ("token key --out taken", 1, "Could not create the private key taken: File exists"),
    ("token issue", 64, "--issuer must be given."), ("token issue \(names)", 64, "--key must be given."),
    ("token issue --key none \(names)", 1, "Could not read the private key none: No such file or directory"),
    ("token issue --key taken \(names)", 1, "Could not read the private key taken: Operation not permitted"),
    ("token issue --key secret \(names)", 1, "secret is no JWK. Make one with: signalbox token key"),
    ("token issue --key none \(names) --minutes 0", 64, "--minutes is \"0\". Give a whole number from 1 to 525600."),
    ("token issue --key none \(names) --minutes x", 64, "--minutes is \"x\"."),
    ("token show", 64, "signalbox token show"), ("token show abc", 1, "The token does not have the three parts"),
  ])
  func `what cannot be done is one sentence, and nothing is left behind`(
    line: String, status: Int32, message: String
  ) async throws {
    try scratch.write("taken", "mine")
    try scratch.write("secret", "S3CR3T")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(scratch.path)/secret")
    let result = try await run(line)
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("signalbox: ") && result.errors.contains(message), "\(result.errors)")
    #expect(!result.errors.contains("S3CR3T") && result.errors.split(separator: "\n").count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["secret", "taken"])
    #expect(try content("taken") == Array("mine".utf8))
  }
}

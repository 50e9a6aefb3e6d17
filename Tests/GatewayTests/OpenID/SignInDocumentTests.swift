import Foundation
import Identity
import Testing

/// docs/sign-in.md shows what works.
@Suite struct SignInDocumentTests {
  private static let issuer = "https://id.example.org/realms/desk"

  private func claims(_ subject: String) -> CredentialClaims {
    .token(
      TokenClaims(
        issuer: Self.issuer, subject: subject, tenant: "acme", roles: ["viewer"], expires: .now(), id: nil))
  }

  @Test func `its policy is one, and means what is said beside it`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().path
    let bytes = try #require(FileManager.default.contents(atPath: folder + "/../../../docs/sign-in.md"))
    let blocks = String(decoding: bytes, as: UTF8.self).components(separatedBy: "```")
    let block = try #require(blocks.first { $0.hasPrefix("json\n") && $0.contains("principals") })
    let policy = try Policy(parsing: Array(block.dropFirst(5).utf8), source: "docs/sign-in.md")
    guard case .known(let alex) = policy.identify(claims("2f1c8f6e-0b7d")) else {
      Issue.record("Alex is not known.")
      return
    }
    #expect(alex.name == "alex")
    #expect(alex.roles == [.operator])
    guard case .known(let other) = policy.identify(claims("somebody")) else {
      Issue.record("Others are not known.")
      return
    }
    #expect(other.roles == [.viewer])
    #expect(other.tenant == "acme")
  }
}

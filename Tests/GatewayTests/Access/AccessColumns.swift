import Gateway
import Identity
import TestSupport

/// Who asks, in the tables of what each may do: one column each.
enum AccessColumn: String, CaseIterable, Sendable {
  case none, expired, audience, viewer, analyst, owner, other, tenant, `operator`, admin, agent, revoked

  /// A line of the table has a word for each column.
  static func cells(_ line: Substring) -> [AccessColumn: String] {
    let words = line.split(separator: " ")
    precondition(words.count == allCases.count, "This line has not as many cells as there are columns: \(line)")
    return Dictionary(uniqueKeysWithValues: zip(allCases, words.map(String.init)))
  }

  private var person: TestPeople? {
    switch self {
    case .none, .agent, .revoked: nil
    // Were the token good, this would be an admin.
    case .expired, .audience, .admin: .ada
    case .viewer: .vera
    case .analyst: .anna
    case .owner: .oscar
    case .other: .otto
    case .tenant: .tina
    case .operator: .olaf
    }
  }

  /// The lines that a request shows it with.
  func lines() throws -> [String] {
    guard let person else { return [] }
    let token =
      switch self {
      case .expired: try TestTokens.token(for: "\(person)", life: -3600)
      case .audience: try TestTokens.token(for: "\(person)", audience: "somebody-else")
      default: try TestTokens.token(for: "\(person)")
      }
    return ["Authorization: Bearer \(token)"]
  }

  func certificate() throws -> TestCredential? {
    switch self {
    case .agent: try CertificateFiles.certificates()[.good]
    case .revoked: try CertificateFiles.certificates()[.revoked]
    default: nil
    }
  }
}

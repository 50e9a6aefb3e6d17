import Glibc

extension Policy {
  /// Reads a policy file. Throws `FileError` when it cannot be read, and `PolicyError` with everything that is wrong with it.
  /// - Parameter issuers: whose tokens are taken here.
  package static func load(_ path: String, issuers: Set<String>) throws -> Policy {
    let attempt = "read the policy"
    let file = try FileDescriptor(opening: path, flags: O_RDONLY, attempt: attempt)
    let policy = try Policy(parsing: try file.readAll(limit: 4 << 20, attempt: attempt), source: path)
    let problems = policy.mixedUp(issuers)
    guard problems.isEmpty else { throw PolicyError(source: path, problems: problems) }
    return policy
  }

  /// Two issuers may call two people the same. Where there are several, an entry for tokens that does not say whose it means would take
  /// one of them for the other.
  private func mixedUp(_ issuers: Set<String>) -> [PolicyError.Problem] {
    guard issuers.count > 1 else { return [] }
    let lines = Set(index.compactMap { $0.key.namesNoIssuer ? entries[$0.value].line : nil })
    let names = issuers.sorted().map { quoted($0) }.joined(separator: " and ")
    return lines.sorted().map { line in
      PolicyError.Problem(
        line: line,
        text: "Tokens of \(names) are taken, and both may have this subject. Give the entry's token an \"issuer\".")
    }
  }
}

extension PolicySelector {
  fileprivate var namesNoIssuer: Bool {
    switch self {
    case .subject(_, nil), .anySubject(nil): true
    default: false
    }
  }
}

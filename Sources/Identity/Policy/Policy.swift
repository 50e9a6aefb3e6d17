/// Who is who, and who may do what. A value: what decides about a request is one whole policy, never parts of two.
package struct Policy: Sendable {
  /// SHA-256 of the file, in hexadecimal: names this policy in the audit trail.
  package let digest: String
  /// Names the file in sentences.
  let source: String
  let roles: [Role: [Grant]]
  let entries: [PolicyEntry]
  /// Which entry looks for what. No two look for the same.
  let index: [PolicySelector: Int]

  /// Reads a policy file. Throws everything that is wrong with it.
  /// - Parameter source: names the file in sentences.
  package init(parsing bytes: [UInt8], source: String) throws(PolicyError) {
    var reader = PolicyReader(bytes, source: source)
    reader.read()
    let problems = reader.sortedProblems
    guard problems.isEmpty else { throw PolicyError(source: source, problems: problems) }
    self.init(
      digest: Self.digest(of: bytes), source: source, roles: reader.roles, entries: reader.entries,
      index: reader.index)
  }

  private init(
    digest: String, source: String, roles: [Role: [Grant]], entries: [PolicyEntry], index: [PolicySelector: Int]
  ) {
    self.digest = digest
    self.source = source
    self.roles = roles
    self.entries = entries
    self.index = index
  }

  private static func digest(of bytes: [UInt8]) -> String { hexadecimal(Digest.sha256(bytes)).lowercased() }

  /// Where nobody has written one: nobody is known.
  package static let nobody = Policy(
    digest: digest(of: []), source: "the empty policy", roles: [:], entries: [], index: [:])
}

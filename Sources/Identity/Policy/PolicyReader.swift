import JSON

/// Reads a policy file, and notes all that is wrong with it instead of stopping at the first.
struct PolicyReader {
  private static let limits = JSONLimits(maxBytes: 1 << 20, maxDepth: 16, maxValues: 1 << 17)
  /// One more than anybody reads at once.
  private static let mostProblems = 100

  let source: String
  private let bytes: [UInt8]
  private let lines: LineIndex
  private(set) var problems: [PolicyError.Problem] = []

  var roles: [Role: [Grant]] = [:]
  var entries: [PolicyEntry] = []
  var index: [PolicySelector: Int] = [:]
  /// The lines of the names so far.
  var names: [String: Int] = [:]
  /// The line of the first entry that goes by the names in a certificate.
  var firstWithCertificateNames: Int?

  init(_ bytes: [UInt8], source: String) {
    self.source = source
    self.bytes = bytes
    lines = LineIndex(bytes)
  }

  mutating func read() {
    do throws(JSONError) {
      let root = try JSONValue(parsing: bytes, limits: Self.limits)
      guard let members = members(of: root, "A policy", ["roles", "principals"]) else { return }
      readRoles(members["roles"])
      guard let principals = members["principals"] else {
        return note(root, "A policy must have the member principals, a list of who is known here.")
      }
      for entry in elements(of: principals, "principals") { readEntry(entry) }
    } catch {
      let detail = error.detail.isEmpty ? "" : ", found: \(quoted(error.detail))"
      problems.append(
        .init(line: lines.line(of: error.offset), text: "A policy must be JSON, but \(error.reason)\(detail)."))
    }
  }

  var sortedProblems: [PolicyError.Problem] {
    let sorted = problems.sorted { $0.line < $1.line }
    guard sorted.count > Self.mostProblems else { return sorted }
    let rest = sorted[Self.mostProblems...]
    return sorted.prefix(Self.mostProblems)
      + [.init(line: rest.first?.line ?? 1, text: "From here on there are \(rest.count) more problems.")]
  }

  mutating func note(_ value: JSONValue, _ text: String) {
    problems.append(.init(line: line(of: value), text: text))
  }

  func line(of value: JSONValue) -> Int { lines.line(of: value.offset) }
}

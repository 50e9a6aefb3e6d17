import JSON

/// The policy as a file that people edit: a version, and groups of figures. A figure that is left out is as the rule has it.
///
///     {"version": "2", "decision": {"escalate.at": {"value": 75, "meaning": "…"}, "close.at": 72}}
package enum PolicyFile {
  /// - Parameter keys: the figures that there are; the part of a name before its first dot is the group.
  package static func read(_ bytes: [UInt8], keys: [PolicyKey]) throws(PolicyFileError) -> Policy {
    let file: JSONValue
    do {
      file = try JSONValue(parsing: bytes, limits: JSONLimits(maxBytes: 1 << 20, maxDepth: 8, maxValues: 20_000))
    } catch {
      let (line, column) = error.position(in: bytes)
      throw PolicyFileError([PolicyProblem(path: "", line: line, column: column, "\(error)")])
    }
    var reader = PolicyReader(keys: keys)
    reader.read(file)
    guard reader.problems.isEmpty, let version = reader.version else { throw PolicyFileError(reader.problems) }
    return Policy(version: version, values: reader.values)
  }
}

/// All that is wrong with a policy file. A file with a problem is not used.
package struct PolicyFileError: Error, Equatable, CustomStringConvertible {
  package let problems: [PolicyProblem]

  init(_ problems: [PolicyProblem]) { self.problems = problems }

  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

package struct PolicyProblem: Sendable, Equatable, CustomStringConvertible {
  /// Such as `decision.escalate.at`; empty for the file itself.
  package let path: String
  package let line: Int
  package let column: Int
  /// What is wrong and what is expected.
  package let text: String

  init(path: String, line: Int, column: Int, _ text: String) {
    self.path = path
    self.line = line
    self.column = column
    self.text = text
  }

  package var description: String {
    "Policy, line \(line), column \(column)\(path.isEmpty ? "" : ", \(path)"): \(text)"
  }
}

/// Walks the file once and notes every problem that it meets.
private struct PolicyReader {
  /// Members of a figure that are there for people.
  private static let remarks: Set<String> = ["meaning", "rule", "range"]

  private let groups: [String: [String: PolicyKey]]
  private(set) var version: String?
  private(set) var values: [String: Double] = [:]
  private(set) var problems: [PolicyProblem] = []

  init(keys: [PolicyKey]) {
    groups = keys.reduce(into: [:]) { groups, key in
      let (group, name) = key.place
      groups[group, default: [:]][name] = key
    }
  }

  mutating func read(_ file: JSONValue) {
    guard file.kind == .object else { return problem("", file, "An object is expected, with a version and groups.") }
    for (name, value) in file.members {
      if name == "version" {
        readVersion(value)
      } else if let figures = groups[name] {
        readGroup(name, value, figures)
      } else {
        problem(name, value, "There is no such group. The groups are \(Self.list(Array(groups.keys))).")
      }
    }
    if file["version"] == nil { problem("version", file, "The version is missing: a text of 1 to 64 characters.") }
  }

  private mutating func readVersion(_ value: JSONValue) {
    guard let text = value.string, (1...64).contains(text.count) else {
      return problem("version", value, "A text of 1 to 64 characters is expected, in quotes.")
    }
    version = text
  }

  private mutating func readGroup(_ group: String, _ value: JSONValue, _ figures: [String: PolicyKey]) {
    guard value.kind == .object else { return problem(group, value, "An object of named figures is expected.") }
    for (name, figure) in value.members {
      let path = "\(group).\(name)"
      guard let key = figures[name] else {
        problem(path, figure, "There is no such figure. \(group) has \(Self.list(Array(figures.keys))).")
        continue
      }
      readFigure(path, figure, key)
    }
  }

  /// A bare number, or an object with the number and words about it.
  private mutating func readFigure(_ path: String, _ figure: JSONValue, _ key: PolicyKey) {
    guard figure.kind == .object else { return readNumber(path, figure, key) }
    for (name, value) in figure.members where name != "value" && !Self.remarks.contains(name) {
      problem("\(path).\(name)", value, "A figure has a value, and may have a meaning, a rule and a range.")
    }
    guard let value = figure["value"] else { return problem(path, figure, "The value is missing: \(key.expected).") }
    readNumber("\(path).value", value, key)
  }

  private mutating func readNumber(_ path: String, _ value: JSONValue, _ key: PolicyKey) {
    guard let number = value.double else { return problem(path, value, "Expected is \(key.expected).") }
    guard key.range.contains(number) else {
      return problem(path, value, "\(value) is out of range. Expected is \(key.expected).")
    }
    values[key.name] = number
  }

  private mutating func problem(_ path: String, _ value: JSONValue, _ text: String) {
    let (line, column) = value.position
    problems.append(PolicyProblem(path: path, line: line, column: column, text))
  }

  private static func list(_ names: [String]) -> String { names.sorted().joined(separator: ", ") }
}

extension PolicyKey {
  var place: (group: String, name: String) {
    let parts = name.split(separator: ".", maxSplits: 1)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", name)
  }

  var expected: String { "a number from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))" }

  /// `70`, not `70.0`.
  static func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
  }
}

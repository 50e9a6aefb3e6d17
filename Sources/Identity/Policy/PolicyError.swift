/// All that is wrong with a policy file.
package struct PolicyError: Error, Sendable, Equatable {
  package struct Problem: Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    /// A sentence: what is wrong, and what to do.
    package let text: String

    package init(line: Int, text: String) {
      self.line = line
      self.text = text
    }

    package var description: String { "line \(line): \(text)" }
  }

  package let source: String
  /// In the order of their lines.
  package let problems: [Problem]

  package init(source: String, problems: [Problem]) {
    self.source = source
    self.problems = problems
  }

  /// The problems as editors find their places: `policy.json:3: ...`.
  package var sentences: [String] { problems.map { "\(source):\($0.line): \($0.text)" } }
}

extension PolicyError: CustomStringConvertible {
  package var description: String { sentences.joined(separator: " ") }
}

import Foundation
import HTTP
import Testing

@testable import Gateway

/// The codes of problems: each one that the program can send is in the table, and the table is what the documents say.
@Suite struct ProblemCodeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    .standardized

  /// The codes that stand in the source, and where.
  private static func sourceCodes() throws -> [String: String] {
    var found: [String: String] = [:]
    for room in ["Gateway", "HTTP", "Wire"] {
      let folder = root.appending(path: "Sources/\(room)").path
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where name.hasSuffix(".swift") {
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        for match in text.matches(of: /(?:code: |member\("code", )"([a-z-]+)"/) { found[String(match.1)] = name }
      }
    }
    return found
  }

  /// Those that follow from a status, when a refusal has none of its own.
  private static let statusCodes = Set(
    (400...599).map { HTTPStatus(code: $0).reason.lowercased().replacing(" ", with: "-") })

  @Test func `every code of the source has its row`() throws {
    let known = Set(APIProblem.all.map(\.code))
    let codes = try Self.sourceCodes()
    #expect(codes.count > 20)
    for (code, file) in codes { #expect(known.contains(code), "\(code) of \(file)") }
    #expect(known.count == APIProblem.all.count, "A code has two rows.")
  }

  @Test func `every row is a code of the source or of a status`() throws {
    let sources = Set(try Self.sourceCodes().keys)
    for problem in APIProblem.all {
      let isKnown =
        sources.contains(problem.code) || Self.statusCodes.contains(problem.code)
        || Self.computed.contains(problem.code)
      #expect(isKnown, "\(problem.code)")
    }
  }

  /// These come from a `switch`.
  private static let computed = ["bad-sign-in", "sign-in-denied", "bad-issuer", "issuer-unavailable"]

  @Test func `operations name codes that are in the table`() {
    let known = Set(APIProblem.all.map(\.code))
    for operation in APITable.operations.values.joined() {
      for code in operation.problems.values.joined() {
        #expect(known.contains(code), "\(operation.method) \(operation.path): \(code)")
      }
    }
  }

  @Test func `the documented codes are those of the table`() throws {
    let text = try String(contentsOf: Self.root.appending(path: "docs/http-api.md"), encoding: .utf8)
    let table = try #require(text.components(separatedBy: "<!-- CODES -->").dropFirst().first)
    let rows = table.split(separator: "\n\n").first?.split(separator: "\n").filter { $0.hasPrefix("| `") } ?? []
    #expect(
      rows.map(String.init) == [#"| `code` | what it tells |"#]
        + APIProblem.all.map { "| `\($0.code)` | \($0.meaning) |" })
  }
}

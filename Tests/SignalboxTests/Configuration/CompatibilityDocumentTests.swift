import Foundation
import Testing

@testable import signalbox

/// docs/compatibility.md says something to each row of what was there before, and names what there is.
struct CompatibilityDocumentTests {
  private static let docs = URL(fileURLWithPath: DocumentTests.folder)
  private static let root = docs.deletingLastPathComponent()

  private func text() throws -> String {
    let file = Self.docs.appendingPathComponent("compatibility.md").path
    return String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
  }

  @Test func `every row is there once, in its order, and has something to say`() throws {
    var rows: [(name: String, words: String)] = []
    for line in try text().split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 5 else { continue }
      let name = cells[1].trimmingCharacters(in: .whitespaces)
      guard let letter = name.first, "ABCD".contains(letter), Int(name.dropFirst()) != nil else { continue }
      rows.append((name, cells[3].trimmingCharacters(in: .whitespaces)))
    }
    var expected: [String] = []
    for (letter, count) in [("A", 51), ("B", 14), ("C", 28), ("D", 13)] {
      expected += (1...count).map { "\(letter)\($0)" }
    }
    #expect(rows.map(\.name) == expected)
    for row in rows { #expect(row.words.count > 4, "\(row.name) says nothing.") }
  }

  @Test func `what it links to is there`() throws {
    for match in try text().matches(of: /\]\(([^)#]+)(?:#([^)]+))?\)/) {
      let file = Self.docs.appendingPathComponent(String(match.1)).standardized.path
      let linked = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
      guard let linked else {
        Issue.record("\(match.1) is not there.")
        continue
      }
      guard let anchor = match.2 else { continue }
      #expect(headings(linked).contains(String(anchor)), "\(match.1) has no #\(anchor).")
    }
  }

  @Test func `the tests that it names are there`() throws {
    let files = FileManager.default.enumerator(atPath: Self.root.appendingPathComponent("Tests").path)
    let names = Set((files?.allObjects as? [String] ?? []).map { ($0 as NSString).lastPathComponent })
    for match in try text().matches(of: /`([A-Za-z0-9]+Tests)`/) {
      #expect(names.contains("\(match.1).swift"), "There is no \(match.1).")
    }
  }

  /// As they are linked to.
  private func headings(_ text: String) -> Set<String> {
    Set(
      text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
        let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
        let kept = title.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
        return kept.replacing(" ", with: "-")
      })
  }
}

import Foundation
import Surveillance
import Testing

/// docs/surveillance.md names the files and columns that are read.
@Suite struct ReferenceDocumentTests {
  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/surveillance.md").standardizedFileURL

  @Test(arguments: ReferenceFile.allCases)
  func `each file is there with its columns`(file: ReferenceFile) throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let row = "| `\(file.name)` | `\(file.columns.joined(separator: ", "))` |"
    let isThere = text.contains(row)
    #expect(isThere, "\(row)")
  }

  /// Each indicator has a line of its own, or stands in one with others.
  @Test func `each indicator of the policy is explained`() throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let names = Set(
      PolicyKey.all.compactMap { key in
        let parts = key.name.split(separator: ".")
        return parts.count == 3 && parts[1].first.map { "IMWX".contains($0) } == true ? String(parts[1]) : nil
      })
    let missing = names.filter { name in
      !text.contains("| \(name) ") && !text.contains(", \(name) ") && !text.contains("| \(name),")
    }
    #expect(names.count > 30 && missing.isEmpty, "\(missing.sorted())")
  }
}

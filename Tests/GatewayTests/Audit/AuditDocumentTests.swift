import Foundation
import Testing

@testable import Gateway

struct AuditDocumentTests {
  @Test func `the documented events are those of the code`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let bytes = try #require(FileManager.default.contents(atPath: folder + "/../../../docs/audit.md"))
    let text = String(decoding: bytes, as: UTF8.self)
    let table = try #require(text.components(separatedBy: "<!-- EVENTS -->").dropFirst().first)
    let rows = table.split(separator: "\n\n").first?.split(separator: "\n").filter { $0.hasPrefix("| `") } ?? []
    let events = rows.dropFirst().map { String($0.dropFirst(3).prefix { $0 != "`" }) }
    #expect(events == AuditRecord.Event.allCases.map(\.rawValue))
  }
}

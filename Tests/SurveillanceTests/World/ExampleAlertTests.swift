import Foundation
import Surveillance
import Testing

/// The files that ship are those that the generator writes. With SIGNALBOX_WRITE_EXAMPLES set they are written anew.
@Suite struct ExampleAlertTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../examples/alerts").standardizedFileURL
  private static let files: [(name: String, text: String)] =
    Scenario.all.map { ($0.file, $0.alert) } + SampleAlert.all.map { ($0.file, $0.text) }

  @Test(arguments: files.map(\.name))
  func `the file says what the generator says`(name: String) throws {
    let text = try #require(Self.files.first { $0.name == name }?.text)
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SIGNALBOX_WRITE_EXAMPLES"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func `no other alert lies there, and the list names each`() throws {
    let there = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".xml") }
    #expect(there.sorted() == Self.files.map(\.name).sorted())
    let list = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    for scenario in Scenario.all {
      let row = Self.row(scenario)
      let isThere = list.contains(row)
      #expect(isThere, "\(row)")
    }
    for sample in SampleAlert.all {
      let isThere = list.contains("| `\(sample.file)` | | \(sample.outcome) |")
      #expect(isThere, "\(sample.file)")
    }
  }

  /// What comes out, what is asked, and what each answer makes of it.
  private static func row(_ scenario: Scenario) -> String {
    var row = "| `\(scenario.file)` | \(scenario.id) | \(scenario.title) | \(scenario.expected.determination.rawValue)"
    for question in scenario.questions {
      let answers = scenario.answered.filter { $0.question == question && $0.answer != HumanAnswer.unknown }
      let outcomes = answers.map { "\($0.answer): \($0.outcome.determination.rawValue)" }
      row += "; asks `\(question.rawValue)` (\(outcomes.joined(separator: ", ")))"
    }
    return row + " |"
  }

  @Test func `an alert names the planted trades of its scenario`() {
    for scenario in Scenario.all where scenario.id != "IT-8" {
      let orders = scenario.rows.trades.filter { scenario.alert.contains(">\($0.orderID)<") }
      let byQuantity = scenario.rows.trades.filter { scenario.alert.contains("<Quantity>\($0.quantity)</Quantity>") }
      #expect(!orders.isEmpty || !byQuantity.isEmpty, "\(scenario.id)")
    }
  }

  @Test func `every dialect is there`() {
    for root in ["<SMARTSAlert>", "<SmartsAlert>", "<Alert>", "<SmartsAlerts>"] {
      #expect(Self.files.contains { $0.text.contains("\n\(root)\n") }, "\(root)")
    }
  }
}

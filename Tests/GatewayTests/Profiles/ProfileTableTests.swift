import A2A
import Foundation
import JSON
import Journal
import Testing

@testable import Gateway

/// Each canonical type in each profile: told, kept for the end, or declared not to be carried. The table of the documents says the same.
@Suite struct ProfileTableTests {
  @Test(arguments: Profile.allCases, CanonicalType.allCases.filter(\.isJournaled))
  func `what is declared is what is told`(_ profile: Profile, _ type: CanonicalType) throws {
    let sample = CanonicalSample(type)
    var telling = profile.telling(of: RunScript.told)
    for record in sample.script.records.prefix(sample.start) { _ = telling.take(record) }
    let told = sample.records.flatMap { telling.take($0) }
    #expect(telling.isOver == (type.isFinal && profile != .native))
    switch profile.carriage(of: type) {
    case .told(let names):
      #expect(!told.isEmpty)
      #expect(told.allSatisfy { names.contains($0.word) }, "\(told.map(\.word)) are not among \(names)")
    case .notCarried(let why):
      #expect(told.map(\.text) == [] && !why.isEmpty)
    case .atTheEnd(let member):
      #expect(told.map(\.text) == [])
      var rest = sample.script
      rest.status(.completed)
      let last = try #require(rest.records.last.map { telling.take($0) }?.last)
      #expect(last.json?[member]?.string == "The result.")
    }
  }

  @Test(arguments: CanonicalType.allCases.filter(\.isJournaled))
  func `the records of a sample are that type`(_ type: CanonicalType) {
    let sample = CanonicalSample(type)
    var reader = CanonicalReader(RunScript.told)
    let types = sample.script.records.map { reader.take($0).map(\.type) }
    #expect(types.suffix(sample.records.count).flatMap(\.self) == [type])
  }

  @Test(arguments: Profile.allCases)
  func `a stream's own words are as declared, and never journaled`(_ profile: Profile) {
    var telling = profile.telling(of: RunScript.told)
    let isA2A = profile == .a2a || profile == .a2a0_3
    // A stream of A2A that begins with the first record has the task as its first event all the same.
    if isA2A { #expect(telling.opening(at: 0) == nil) }
    for record in CanonicalSample(.progress).script.records { _ = telling.take(record) }
    for (type, event) in [
      (CanonicalType.streamOpened, telling.opening(at: 0)), (.heartbeat, telling.heartbeat(at: 0)),
    ] {
      switch profile.carriage(of: type) {
      case .told(let names): #expect(event.map { names.contains($0.word) } == true)
      case .notCarried: #expect(event == nil)
      case .atTheEnd: Issue.record("\(type) cannot wait for the end")
      }
    }
  }

  @Test func `an end comes once, and nothing behind it`() {
    for profile in Profile.allCases where profile != .native {
      for end in CanonicalType.allCases.filter(\.isFinal) {
        var script = CanonicalSample(end).script
        let count = script.records.count
        script.status(.working, "Still here.")
        script.status(.completed, "Once more.")
        script.put(.late, #"{"statusUpdate":{}}"#)
        script.put(.verdict, #"{"verdict":"refused"}"#)
        let whole = profile.told(script.records, of: RunScript.told)
        #expect(whole == profile.told(script.records.prefix(count), of: RunScript.told))
      }
    }
  }

  @Test func `the table of the documents is this one`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    let text = try String(contentsOf: root.appending(path: "docs/profiles.md"), encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    for line in Self.table { #expect(lines.contains(line), "docs/profiles.md has no line: \(line)") }
    for line in Self.absences { #expect(lines.contains(line), "docs/profiles.md has no line: \(line)") }
  }

  private static let columns = [Profile.simple, .workflow, .agentarea, .a2a]

  private static var table: [String] {
    CanonicalType.allCases.map { type in
      "| `\(type.rawValue)`\(type.isFinal ? " *" : "") | "
        + columns.map { cell($0.carriage(of: type)) }.joined(separator: " | ") + " |"
    }
  }

  private static func cell(_ carriage: Carriage) -> String {
    switch carriage {
    case .told(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .atTheEnd(let member): "in the last event, `\(member)`"
    case .notCarried: "–"
    }
  }

  private static var absences: [String] {
    columns.flatMap { profile in
      CanonicalType.allCases.compactMap { type in
        guard case .notCarried(let why) = profile.carriage(of: type) else { return nil }
        return "- `\(profile.rawValue)`, `\(type.rawValue)`: \(why)."
      }
    }
  }
}

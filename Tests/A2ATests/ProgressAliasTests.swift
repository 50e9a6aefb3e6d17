import A2A
import Foundation
import JSON
import Testing

/// Reports of agents that were written elsewhere.
struct ProgressAliasTests {
  @Test func `names that others give are read, and written as our own`() throws {
    for (name, kind) in ProgressReport.Kind.aliases {
      let report = try #require(
        ProgressReport(metadata: try parsed(#"{"\#(ProgressReport.extensionURI)":{"type":"\#(name)"}}"#)))
      #expect(report.type == kind)
      #expect(ProgressReport.Kind.aliases[kind.name] == nil, "\(kind.name) means something else.")
      #expect(ProgressReport(metadata: report.metadata()) == report)
    }
    #expect(ProgressReport.Kind(said: "coffee_break").name == "coffee_break")
  }

  @Test(arguments: [
    (#"{"event_type":"tool_complete","tool_name":"load","result_summary":"40 rows"}"#, "tool_completed load 40 rows"),
    (#"{"event_type":"data_loaded","tool_name":"load","payload":{"record_count":40}}"#, "tool_progress load 40"),
    (#"{"event_type":"step_start","step_number":2,"description":"Look."}"#, "step_started 2 Look."),
    (#"{"event_type":"error","stage":"tool","error":"No."}"#, "tool_failed No."),
    (#"{"event_type":"tool_end","tool_name":"load","success":false,"error_message":"No."}"#, "tool_failed load No."),
    (#"{"event_type":"tool_completed","payload":{"duration_seconds":1.5}}"#, "tool_completed 1500"),
    (#"{"event_type":"error","message":"All is lost."}"#, "error All is lost."),
  ])
  func `an agent without the extension says it right in the metadata`(_ metadata: String, _ short: String) throws {
    let report = try #require(ProgressReport(metadata: try parsed(metadata)))
    let facts: [String?] = [
      report.type.name, report.tool, report.step.map(String.init), report.records.map(String.init),
      report.durationMilliseconds.map(String.init), report.message, report.summary, report.error,
    ]
    #expect(facts.compactMap(\.self).joined(separator: " ") == short)
  }

  @Test func `pages know the same names`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let text = try String(contentsOf: root.appending(path: "web/js/core/aliases.js"), encoding: .utf8)
    let list = try #require(text.split(separator: "/** What others call the members").first)
    let pairs = list.matches(of: /([a-z_]+): "([a-z_]+)"/).map { "\($0.1) \($0.2)" }
    #expect(pairs.sorted() == ProgressReport.Kind.aliases.map { "\($0.key) \($0.value.name)" }.sorted())
  }
}

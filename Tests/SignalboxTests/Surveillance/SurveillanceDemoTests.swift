import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// The demo as people start it, with all its agents.
@Suite(.timeLimit(.minutes(3)))
struct SurveillanceDemoTests {
  private static let roles: [DemoRole] = [
    .gateway, .agent(.orchestrator), .agent(.insiderTrading), .agent(.washTrade), .agent(.reasoning),
  ]

  @Test func `it says which processes it has, ends all of them, and uses its reference data again`() async throws {
    let scratch = try Scratch()
    let policy = "\(scratch.path)/demo/reference/policy.json"
    func made() throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: policy)[.modificationDate] as? Date
    }
    let (processes, first) = try await SurveillanceStage.with(in: scratch) { stage in
      let processes = try Self.roles.map { try stage.processID($0) }
      let pids = Array(try #require(stage.ready["pids"]).members)
      #expect(Set(processes).count == 5 && pids.count == 5)
      #expect(processes.allSatisfy(OtherProcess.isRunning))
      #expect(stage.demo.output.text.contains("Reference data with 4000 invented trades was made in "))
      let done = try await stage.submit("clear-insider.xml")
      #expect(done.determination == "ESCALATE")
      return (processes, try made())
    }
    for process in processes { #expect(!OtherProcess.isRunning(process)) }
    #expect(!scratch.exists("demo/ready.json") && !scratch.exists("demo/insider-trading.json"))
    try await SurveillanceStage.with(in: scratch) { stage in
      #expect(!stage.demo.output.text.contains("Reference data"), "\(stage.demo.output.text)")
      let (second, done) = (try made(), try await stage.submit("layered-wash.xml"))
      #expect(second == first && done.determination == "ESCALATE")
    }
  }

  @Test func `data that is spoiled keeps it from starting, with the file and the place`() async throws {
    let scratch = try Scratch()
    let made = try await RunningProgram.run(
      ["reference", "generate", "--dir", "demo/reference", "--trades", "1000"], folder: scratch.path)
    try #require(made.status == 0, "\(made.errors)")
    try scratch.spoil("demo/reference/traders.csv", line: 3, "T-0002", by: "T 0002")
    let result = try await RunningProgram.run(
      ["demo", "--dir", "demo", "--port", "0", "--no-browser", "--trades", "1000"], folder: scratch.path)
    #expect(result.status == 1)
    #expect(result.errors.contains("traders.csv, line 3, column 1 (trader_id)"), "\(result.errors)")
  }
}

extension Scratch {
  /// Changes a word in one line of a file, counted from 1.
  func spoil(_ name: String, line: Int, _ word: String, by other: String) throws {
    let bytes = try LocalFile.read("\(path)/\(name)")
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let spoiled = lines[line - 1].replacing(word, with: other)
    lines[line - 1] = Substring(spoiled)
    try write(name, lines.joined(separator: "\n"))
  }
}

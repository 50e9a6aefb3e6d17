import Foundation
import JSON
import TestSupport
import Testing

/// The public Technology Compatibility Kit, in the folder that `scripts/conformance-kit` makes.
enum Kit {
  private static let folder = SDK.repository + "/.build/kit"
  private static let python = folder + "/python/bin/python"

  static let isInstalled =
    FileManager.default.isExecutableFile(atPath: python) && FileManager.default.fileExists(atPath: folder + "/version")
  static let isMissing: Comment = "The kit is not installed; `make kit` installs it."

  /// What came of one of its tests.
  struct Verdict: Sendable {
    let level: String
    let outcome: String
    let test: String
    let why: String

    init(_ line: Substring) throws {
      let value = try JSONValue(parsing: Array(line.utf8))
      func text(_ member: String) throws -> String { try #require(value[member]?.string) }
      (level, outcome, test, why) = (try text("level"), try text("outcome"), try text("test"), try text("why"))
    }
  }

  /// Runs all of it, in both bindings. Takes a minute or more, of which it waits most.
  static func run(url: String) async throws -> KitReport {
    let files = try Certificates.files()
    let arguments = [
      SDK.script("kit/run_kit.py"), "--kit", folder, "--url", url, "--ca", files.serverAuthority,
      "--cert", files.certificate(.good), "--key", files.key(.good),
    ]
    let result = try await RunningProgram.run(program: python, arguments, environment: SDK.environment)
    try #require(result.status == 0, "\(result.errors)")
    return KitReport(verdicts: try result.output.split(separator: "\n").map(Verdict.init))
  }
}

/// All its verdicts on one agent.
struct KitReport: Sendable {
  let verdicts: [Kit.Verdict]

  /// Of the tests of a level that apply, how many pass and how many there are.
  func count(_ level: String) -> String {
    let applying = verdicts.filter { $0.level == level && $0.outcome != "skipped" }
    return "\(applying.count { $0.outcome == "passed" || $0.outcome == "xpassed" }) of \(applying.count)"
  }

  var counts: [String] { ["must", "should", "may"].map { "\($0) \(count($0))" } }

  var unmet: [Kit.Verdict] { verdicts.filter { $0.outcome == "failed" || $0.outcome == "xfailed" } }
}

import Foundation
import Identity
import JSON
import TestSupport
import Testing

/// `signalbox serve` on free ports, with a PKI of its own.
struct ServedGateway {
  let scratch: Scratch
  let pki: DevelopmentPKI

  init() throws {
    scratch = try Scratch()
    pki = try scratch.makePKI()
  }

  var readyFile: String { "\(scratch.path)/ready.json" }
  var authority: String { pki.layout.serverAuthority.certificate }

  var arguments: [String] {
    let layout = pki.layout
    let files = ["public", "agents", "admin"].flatMap { listener in
      [
        "--\(listener)-port", "0",
        "--set", "listeners.\(listener).certificate=\(layout.server.certificate)",
        "--set", "listeners.\(listener).key=\(layout.server.key)",
        "--set", "listeners.\(listener).clientAuthority=\(layout.clientAuthority.certificate)",
        "--set", "listeners.\(listener).revocationList=\(layout.revocationList)",
      ]
    }
    let base = [
      "--loops", "1", "--web", Self.web, "--ready-file", readyFile, "--set", "state=\(scratch.path)/state", "--set",
      "drainSeconds=0",
    ]
    return ["serve"] + base + files
  }

  /// The pages of this repository.
  static let web = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../web"

  /// Waits until it listens, and gives its ready file.
  func ready(_ program: RunningProgram) async throws -> JSONValue {
    _ = try #require(await program.output.line(containing: "admin "), "\(program.errors.text)")
    return try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: readyFile))))
  }

  func url(_ ready: JSONValue, _ listener: String, _ path: String) throws -> String {
    "https://localhost:\(try #require(ready[listener]?["port"]?.int))\(path)"
  }
}

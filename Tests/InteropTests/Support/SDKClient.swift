import A2A
import JSON
import TestSupport
import Testing

/// The SDK's client, as a process that plays scenarios.
enum SDKClient {
  struct Scenario {
    let name: String
    let isWell: Bool
    let detail: String
  }

  static let scenarios = [
    "card", "send", "stream", "subscribe", "cancel", "input", "get", "list", "push", "errors",
  ]

  static func run(
    _ dialect: Dialect, url: String, showing client: TestCertificates.Client? = .good, _ scenarios: [String] = scenarios
  ) async throws -> [Scenario] {
    let files = try Certificates.files()
    let identity = client.map { ["--cert", files.certificate($0), "--key", files.key($0)] } ?? []
    let arguments = [
      SDK.script("sdk_client.py"), "--url", url, "--ca", files.serverAuthority,
      "--binding", dialect.bindingName, "--version", dialect.version.rawValue,
    ]
    let result = try await RunningProgram.run(
      program: SDK.python, arguments + identity + scenarios, environment: SDK.environment)
    return try result.output.split(separator: "\n").map { line in
      let value = try JSONValue(parsing: Array(line.utf8))
      return Scenario(
        name: try #require(value["scenario"]?.string), isWell: try #require(value["ok"]?.bool as Bool?),
        detail: try #require(value["detail"]?.string))
    }
  }
}

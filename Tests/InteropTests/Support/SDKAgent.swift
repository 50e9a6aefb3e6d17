import A2A
import JSON
import TestSupport
import Testing

/// The SDK's agent, over mTLS, as a process.
struct SDKAgent: Sendable {
  let program: RunningProgram
  let port: Int

  /// The one that a suite with `.sdkAgent` shares: it takes a second to start.
  @TaskLocal static var shared: SDKAgent?

  var url: String { "https://127.0.0.1:\(port)" }

  /// - Parameter versions: of the protocol, that it speaks.
  static func run<Value>(
    versions: [ProtocolVersion] = ProtocolVersion.allCases, _ body: (SDKAgent) async throws -> Value
  ) async throws -> Value {
    let files = try Certificates.files()
    let arguments = [
      SDK.script("sdk_agent.py"), "--ca", files.clientAuthority,
      "--cert", files.certificate(server: .local), "--key", files.key(server: .local),
      "--versions", versions.map(\.rawValue).joined(separator: ","),
    ]
    return try await RunningProgram.with(program: SDK.python, arguments, environment: SDK.environment) { program in
      let line = try #require(await program.output.line(containing: "port"), "\(program.errors.text)")
      let port = try #require(try JSONValue(parsing: Array(line.utf8))["port"]?.int)
      return try await body(SDKAgent(program: program, port: Int(port)))
    }
  }
}

extension Trait where Self == SharedSDKAgent {
  /// One agent of the SDK for all tests of the suite.
  static var sdkAgent: Self { SharedSDKAgent() }
}

struct SharedSDKAgent: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await SDKAgent.run { agent in
      try await SDKAgent.$shared.withValue(agent) { try await function() }
    }
  }
}

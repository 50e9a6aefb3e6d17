import JSON
import TestSupport
import Testing

/// A receiver of push notifications, as a process.
struct PushReceiver {
  let url: String
  private let program: RunningProgram

  static func run<Value>(_ body: (PushReceiver) async throws -> Value) async throws -> Value {
    let arguments = [SDK.script("push_receiver.py")]
    return try await RunningProgram.with(program: SDK.python, arguments, environment: SDK.environment) { program in
      let line = try #require(await program.output.line(containing: "url"), "\(program.errors.text)")
      let url = try #require(try JSONValue(parsing: Array(line.utf8))["url"]?.string)
      return try await body(PushReceiver(url: url, program: program))
    }
  }

  /// The first that is not yet taken and has this in it: its `headers` and its `body`.
  func push(containing text: String) async throws -> JSONValue {
    let line = try #require(await program.output.line(containing: text), "\(program.errors.text)")
    return try JSONValue(parsing: Array(line.utf8))
  }
}

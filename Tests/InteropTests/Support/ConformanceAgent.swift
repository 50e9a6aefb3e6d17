import JSON
import TestSupport
import Testing

/// `signalbox agent conformance` over mTLS, as a process.
struct ConformanceAgent {
  let program: RunningProgram
  let port: Int

  /// With the host that its card names.
  var url: String { "https://localhost:\(port)" }

  static func run<Value>(_ body: (ConformanceAgent) async throws -> Value) async throws -> Value {
    let files = try Certificates.files()
    let arguments = [
      "agent", "conformance", "--stop-at-stdin-end", "--listen", "127.0.0.1:0", "--ca", files.clientAuthority,
      "--cert", files.certificate(server: .local), "--key", files.key(server: .local), "--push-private",
    ]
    return try await RunningProgram.with(arguments) { program in
      let line = try #require(await program.output.line(containing: "conformance https:"), "\(program.errors.text)")
      let port = try #require(line.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) })
      return try await body(ConformanceAgent(program: program, port: port))
    }
  }
}

import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// The end and the reload of a real gateway, with a stream open.
@Suite(.timeLimit(.minutes(4)))
struct OperationProcessTests {
  private let gateway: ServedGateway
  private var scratch: Scratch { gateway.scratch }
  private let files: IssuedFiles

  init() throws {
    gateway = try ServedGateway()
    files = try gateway.pki.issueClient(.operator, name: "demo", now: .now())
  }

  /// The configuration file holds these settings besides the policy.
  private func configure(_ members: String = "", policy: String = "policy.json") throws {
    try scratch.write(policy, String(decoding: DemoPolicy.content, as: UTF8.self))
    try scratch.write("config.json", #"{"policy": "\#(policy)"\#(members)}"#)
  }

  private func with(_ body: (RunningProgram, JSONValue) async throws -> Void) async throws {
    var arguments = gateway.arguments + ["--config", "\(scratch.path)/config.json"]
    // Said by the file instead.
    let index = try #require(arguments.firstIndex(of: "drainSeconds=0"))
    arguments.removeSubrange(index - 1...index)
    arguments += ["--set", "listeners.public.clientCertificates=optional"]
    try await RunningProgram.with(arguments, folder: scratch.path) { program in
      try await body(program, try await gateway.ready(program))
    }
  }

  private var identity: [String] {
    ["--cacert", gateway.authority, "--cert", files.certificate, "--key", files.key]
  }

  private func call(_ ready: JSONValue, _ listener: String, _ path: String, _ more: [String] = []) async throws
    -> String
  {
    let address = try gateway.url(ready, listener, path)
    return try await RunningProgram.curl(["--include"] + identity + more + [address]).output
  }

  /// Runs a stream of the operator's while `body` does.
  private func withStream(_ ready: JSONValue, _ body: (RunningProgram) async throws -> Void) async throws {
    let address = try gateway.url(ready, "public", "/api/session/stream")
    let words = ["--silent", "--show-error", "--no-buffer"] + identity + [address]
    try await RunningProgram.with(program: "/usr/bin/curl", words) { curl in
      _ = try #require(await curl.output.line(containing: "event: grant"), "\(curl.errors.text)")
      try await body(curl)
    }
  }

  @Test func `at SIGTERM the probe says no first, streams go on for a while, then are told, and the code is 0`()
    async throws
  {
    // On a busy machine it takes a while to begin two more processes.
    try configure(#", "drainSeconds": 30"#)
    try await with { program, ready async throws in
      try await withStream(ready) { stream in
        program.signal(SIGTERM)
        _ = try #require(await program.errors.line(containing: "\"draining\""))
        #expect(try await call(ready, "public", "/readyz").hasPrefix("HTTP/1.1 503"))
        #expect(try await call(ready, "public", "/healthz").hasPrefix("HTTP/1.1 200"))
        _ = try #require(await stream.output.line(containing: "event: bye"))
        #expect(await stream.output.line(containing: "data:") == #"data: {"reason":"draining"}"#)
        #expect(try await stream.exit() == 0)
      }
      let result = try await program.result()
      #expect(result.status == 0)
      #expect(result.errors.contains("\"message\":\"stopped\""))
      #expect(!FileManager.default.fileExists(atPath: gateway.readyFile))
    }
  }

  @Test func `a second SIGTERM cuts short`() async throws {
    try configure(#", "drainSeconds": 3600"#)
    try await with { program, _ async throws in
      program.signal(SIGTERM)
      _ = try #require(await program.errors.line(containing: "\"draining\""))
      program.signal(SIGTERM)
      #expect(try await program.exit() == 1)
    }
  }

  @Test func `SIGINT does not wait for balancers`() async throws {
    try configure(#", "drainSeconds": 3600"#)
    try await with { program, _ async throws in
      program.signal(SIGINT)
      #expect(try await program.exit() == 0)
    }
  }

  @Test func `POST drain is the same end, and a SIGTERM behind it does not cut it off`() async throws {
    try configure(#", "drainSeconds": 10"#)
    try await with { program, ready async throws in
      #expect(try await call(ready, "admin", "/drain", ["--request", "POST"]).hasPrefix("HTTP/1.1 202"))
      let line = try #require(await program.errors.line(containing: "\"stopping\""))
      #expect(line.contains("POST /drain"))
      program.signal(SIGTERM)
      #expect(try await program.exit() == 0)
    }
  }

  @Test func `SIGHUP reads the configuration file, says what waits for a restart, and no stream is lost`() async throws
  {
    try configure()
    try await with { program, ready async throws in
      try await withStream(ready) { stream in
        try configure(
          #", "drainSeconds": 0, "log": {"level": "debug"}, "rates": {"submitsPerPrincipal": 7}"#, policy: "other.json")
        program.signal(SIGHUP)
        let line = try #require(await program.errors.line(containing: "certificates reloaded"))
        #expect(line.contains(#""changed":["log.level","drainSeconds","policy"]"#), "\(line)")
        let pending = try #require(await program.errors.line(containing: "only a restart takes in"))
        #expect(pending.contains(#""keys":["rates.submitsPerPrincipal"]"#))
        let status = try await call(ready, "admin", "/status")
        #expect(status.contains(#""settingsPending":["rates.submitsPerPrincipal"]"#))
        #expect(status.contains(#""streams":{"open":1,"#))
        #expect(!stream.output.text.contains("event: bye"))
        // The new value is in force: no time is given.
        program.signal(SIGTERM)
        _ = try #require(await stream.output.line(containing: "event: bye"))
        let result = try await program.result()
        #expect(result.status == 0)
        #expect(!result.errors.contains("\"draining\""))
      }
    }
  }

  @Test(arguments: [true, false])
  func `a configuration that is wrong changes nothing, and all of it is named`(bySignal: Bool) async throws {
    try configure()
    try await with { program, ready async throws in
      try await withStream(ready) { stream in
        try scratch.write("config.json", #"{"policy": "nowhere.json", "loopz": 3}"#)
        var told: String
        if bySignal {
          program.signal(SIGHUP)
          told = try #require(await program.errors.line(containing: "not reloaded"))
          #expect(told.contains("\"level\":\"error\""))
        } else {
          told = try await call(ready, "admin", "/reload", ["--request", "POST"])
          #expect(told.hasPrefix("HTTP/1.1 422"))
          #expect(told.contains(#""code":"reload-refused""#))
        }
        #expect(told.contains("loopz"))
        try scratch.write("config.json", #"{"policy": "nowhere.json"}"#)
        told = try await call(ready, "admin", "/reload", ["--request", "POST"])
        #expect(told.hasPrefix("HTTP/1.1 422") && told.contains("nowhere.json does not exist."))
        #expect(try await call(ready, "admin", "/status").hasPrefix("HTTP/1.1 200"))
        #expect(!stream.output.text.contains("event: bye"))
      }
    }
  }

  @Test func `what the journal is set to be shows, and a second gateway on it is refused with the reason`() async throws
  {
    let file = "\(scratch.path)/journal.sqlite"
    try configure(#", "journal": {"file": "journal.sqlite", "durability": "normal", "sizeLimitBytes": 4194304}"#)
    try await with { _, ready in
      let status = try await call(ready, "admin", "/status")
      #expect(status.contains(#""durability":"normal""#))
      #expect(status.contains(#""sizeLimitBytes":4194304"#))
      #expect(status.contains(#""file":"\#(file)""#))
      let metrics = try await call(ready, "admin", "/metrics")
      #expect(metrics.contains("# TYPE process_cpu_seconds_total counter\n"))
      var second = gateway.arguments + ["--config", "\(scratch.path)/config.json"]
      second[try #require(second.firstIndex { $0.hasPrefix("state=") })] += "-of-the-second"
      let result = try await RunningProgram.run(second, folder: scratch.path)
      #expect(result.status == 1)
      #expect(result.errors.contains("\(file) is in use by another gateway."), "\(result.errors)")
    }
  }
}

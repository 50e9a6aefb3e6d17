import Foundation
import TestSupport
import Testing

@testable import signalbox

/// The real program, for commands that end by themselves.
@Suite(.timeLimit(.minutes(2)))
struct CommandProcessTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func run(_ line: String, environment: [String: String] = [:]) async throws -> RunningProgram.Result {
    try await RunningProgram.run(
      line.split(separator: " ").map(String.init), environment: environment, folder: scratch.path)
  }

  @Test func `version names the program and its libraries`() async throws {
    let result = try await run("version")
    #expect(result.status == 0)
    #expect(
      result.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
        "signalbox", "libwebsockets", "openssl", "zlib",
      ])
    #expect(result.output.hasPrefix("signalbox 0.1.0\n"))
    #expect(result.errors.isEmpty)
  }

  @Test func `help goes to standard output, and is no failure`() async throws {
    let result = try await run("certs --help")
    #expect(result.status == 0)
    #expect(result.output.contains("signalbox certs init"))
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: [
    ("", 64), ("srve", 64), ("serve --nope", 64), ("demo --agents spoofing", 64), ("certs revoke agent", 64),
  ])
  func `a wrong command line is one sentence on standard error, and 64`(line: String, status: Int32) async throws {
    let result = try await run(line)
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("signalbox: "))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: ["config check", "serve"])
  func `a wrong configuration is all its errors, and 78`(command: String) async throws {
    let file = try scratch.write("s.json", "{\n  \"loops\": -1,\n  \"loop\": 2\n}\n")
    let result = try await run("\(command) --config \(file) --set a.b=1", environment: ["SIGNALBOX_LOG_LEVEL": "x"])
    #expect(result.status == 78)
    #expect(result.output.isEmpty)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("signalbox: ") })
    for part in ["\(file):2:12", "\(file):3:11", "SIGNALBOX_LOG_LEVEL", "a.b (flag --set)"] {
      #expect(lines.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test func `the variable names the file, and the flag another one`() async throws {
    try scratch.write("env.json", "{\"loops\": -1}")
    try scratch.write("flag.json", "{\"loops\": -2}")
    let environment = ["SIGNALBOX_CONFIG": "env.json"]
    #expect(try await run("config check", environment: environment).errors.contains("loops is -1 (env.json:1:11)"))
    let result = try await run("config check --config flag.json", environment: environment)
    #expect(result.errors.contains("loops is -2 (flag.json:1:11)"))
    #expect(!result.errors.contains("env.json"))
  }

  @Test func `a configuration file that is not there is an error, and not the defaults`() async throws {
    let result = try await run("config check --config nope.json")
    #expect(result.status == 78)
    #expect(
      result.errors.hasPrefix(
        "signalbox: The configuration file (flag --config) cannot be used. nope.json does not exist."))
  }

  @Test func `after certs init, the defaults are a configuration that is right`() async throws {
    #expect(try await run("certs init").status == 0)
    #expect(try await run("config check --web \(ServedGateway.web)").status == 0)
    let defaults = try await run("config defaults")
    try scratch.write("defaults.json", defaults.output)
    let result = try await run("config check --config defaults.json --web \(ServedGateway.web)")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("The configuration is right."))
    #expect(result.output.contains("127.0.0.1:8444, client certificates: required"))
  }

  @Test func `a stream in the name of somebody whom the policy does not know is not right`() async throws {
    #expect(try await run("certs init").status == 0)
    let policy = try scratch.write(
      "policy.json", #"{"principals": [{"name": "alex", "link": true, "roles": ["admin"]}]}"#)
    let line =
      "config check --web \(ServedGateway.web) --set policy=\(policy) --set ingest.redis.url=redis://127.0.0.1 "
      + "--set ingest.redis.principal="
    let result = try await run(line + "engine")
    #expect(result.status == 78)
    #expect(
      result.errors.hasPrefix(
        "signalbox: ingest.redis.principal is \"engine\" (flag --set). No entry of \(policy) has the name \"engine\"."),
      "\(result.errors)")
    #expect(try await run(line + "alex").status == 0)
  }

  @Test func `a key that this user may not read is named`() async throws {
    #expect(try await run("certs init --dir pki").status == 0)
    for (name, mode) in [("", 0o755), ("/pki", 0o755), ("/pki/server.key", 0)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: scratch.path + name)
    }
    var words = [
      RunningProgram.signalbox, "config", "check", "--web", ServedGateway.web,
      "--set", "listeners.public.certificate=\(scratch.path)/pki/server.pem",
      "--set", "listeners.public.key=\(scratch.path)/pki/server.key",
      "--set", "listeners.agents.enabled=false", "--set", "listeners.admin.enabled=false",
      "--set", "state=\(scratch.path)-state",
    ]
    // Root may read everything, so it asks as somebody else.
    if geteuid() == 0 { words = ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"] + words }
    let result = try await RunningProgram.run(program: words[0], Array(words.dropFirst()), folder: "/")
    #expect(result.status == 78)
    #expect(
      result.errors == "signalbox: listeners.public.key is \"\(scratch.path)/pki/server.key\" (flag --set). "
        + "\(scratch.path)/pki/server.key may not be read by this user. Check its owner and mode with ls -l.\n")
  }
}

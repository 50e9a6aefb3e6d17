import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox demo` from nothing to running and back.
@Suite(.timeLimit(.minutes(2)))
struct DemoProcessTests {
  private let scratch: Scratch
  private var folder: String { "\(scratch.path)/demo" }
  private let arguments = ["demo", "--dir", "demo", "--port", "0", "--no-browser"]

  init() throws {
    scratch = try Scratch()
  }

  /// Runs a demo in the repository's folder's stead, so that it finds its pages by the program's place.
  private func withDemo(
    _ extra: [String] = ["--agents", "none"], environment: [String: String] = [:],
    _ body: (RunningProgram, JSONValue) async throws -> Void
  ) async throws {
    try await RunningProgram.with(arguments + extra, environment: environment, folder: scratch.path) { demo in
      _ = try #require(await demo.output.line(containing: "Ctrl-C"), "\(demo.errors.text)")
      let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/ready.json"))
      let ready = try JSONValue(parsing: Array(bytes))
      let gateway = try gatewayProcess(ready)
      // Should the demo fail to end it, the test does.
      defer { if OtherProcess.isRunning(gateway) { kill(gateway, SIGKILL) } }
      try await body(demo, ready)
    }
  }

  private func gatewayProcess(_ ready: JSONValue) throws -> Int32 {
    try #require(ready["pids"]?["gateway"]?.int.flatMap { Int32(exactly: $0) })
  }

  private func text(_ ready: JSONValue, _ path: String...) throws -> String {
    var value = ready
    for key in path { value = try #require(value[key]) }
    return try #require(value.string)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `it runs, says where, and leaves nothing behind when it is stopped`(signal: Int32) async throws {
    try await withDemo { demo, ready in
      #expect(
        ready.members.map(\.key) == [
          "url", "agentUrl", "adminUrl", "login", "token", "ca", "operator", "agent", "pids",
        ])
      #expect(try text(ready, "login").hasPrefix(text(ready, "url") + "/sign-in#"))
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/ready.json")[.posixPermissions]
      #expect(mode as? Int == 0o600)
      let gateway = try gatewayProcess(ready)
      #expect(OtherProcess.isRunning(gateway))
      demo.signal(signal)
      let result = try await demo.result()
      #expect(result.status == 0)
      #expect(result.output.hasSuffix("Stopped.\n"))
      #expect(result.errors.isEmpty)
      #expect(!OtherProcess.isRunning(gateway))
      for file in ["ready.json", "gateway.json", "token"] { #expect(!scratch.exists("demo/\(file)"), "\(file)") }
    }
  }

  @Test func `what it prints and writes can be used as it is`() async throws {
    try await withDemo { demo, ready in
      let authority = try text(ready, "ca")
      #expect(authority.hasPrefix("/"))
      let line = try #require(demo.output.text.split(separator: "\n").first { $0.contains(" curl ") })
      let command = String(line.drop { $0 == " " }.dropFirst("try".count))
      let about = try await RunningProgram.run(program: "/bin/sh", ["-c", command])
      #expect(try JSONValue(parsing: about.output)["name"]?.string == "signalbox")

      let page = try await RunningProgram.curl(["--include", "--cacert", authority, try text(ready, "url") + "/"])
      #expect(page.output.contains("strict-transport-security: max-age=300\r\n"))
      #expect(page.output.contains("<title>"))

      for (holder, url) in [("operator", "adminUrl"), ("agent", "agentUrl")] {
        let address = try text(ready, url) + "/readyz"
        let identity = ["--cert", try text(ready, holder, "cert"), "--key", try text(ready, holder, "key")]
        #expect(try await RunningProgram.curl(["--cacert", authority] + identity + [address]).output == "ready\n")
        #expect(try await RunningProgram.curl(["--cacert", authority, address]).status != 0)
      }
    }
  }

  @Test func `its token is an operator's, for scripts, and good until the next start`() async throws {
    func principal(_ ready: JSONValue, _ token: String) async throws -> String {
      try await RunningProgram.curl([
        "--cacert", try text(ready, "ca"), "--header", "Authorization: Bearer \(token)",
        try text(ready, "url") + "/api/session",
      ]).output
    }
    var first = ""
    try await withDemo { demo, ready in
      first = try text(ready, "token")
      let line = try #require(demo.output.text.split(separator: "\n").first { $0.hasPrefix("  script ") })
      let script = String(line.drop { $0 == " " }.dropFirst("script".count))
      let tasks = try await RunningProgram.run(program: "/bin/sh", ["-c", script]).output
      #expect(tasks.contains(#""tasks""#))
      let name = try await principal(ready, first)
      #expect(name.contains(#""operator""#), "\(name)")
      demo.signal(SIGTERM)
      #expect(try await demo.exit() == 0)
    }
    try await withDemo { _, ready in
      let (old, new) = (try await principal(ready, first), try await principal(ready, try text(ready, "token")))
      #expect(old.contains("bad-token") && new.contains(#""operator""#), "\(old) \(new)")
    }
  }

  @Test func `its agent works for the gateway and for nobody else, and when it dies that is told`() async throws {
    try await withDemo(["--agents", "conformance"]) { demo, ready in
      let agent = try #require(ready["pids"]?["conformance"]?.int.flatMap { Int32(exactly: $0) })
      defer { if OtherProcess.isRunning(agent) { kill(agent, SIGKILL) } }
      let tasks = try text(ready, "url") + "/api/tasks"
      let bearer = ["--cacert", try text(ready, "ca"), "--header", "Authorization: Bearer \(try text(ready, "token"))"]
      /// Begins a task, and gives it back when it has ended.
      func run() async throws -> JSONValue {
        let begun = try await RunningProgram.curl(
          bearer + ["--header", "Content-Type: application/json", "--data-binary", #"{"text":"Hello"}"#, tasks])
        let id = try #require(try JSONValue(parsing: begun.output)["id"]?.string, "\(begun.output)")
        var task: JSONValue?
        #expect(
          await eventually(within: .seconds(60)) {
            let answer = try? await RunningProgram.curl(bearer + ["\(tasks)/\(id)"]).output
            task = answer.flatMap { try? JSONValue(parsing: $0) }
            return task?["final"]?.bool == true
          })
        return try #require(task)
      }
      let done = try await run()
      #expect(done["state"]?.string == "completed")

      // The demo's other certificates are good for the gateway, and not for its agent.
      let line = try #require(demo.output.text.split(separator: "\n").first { $0.hasPrefix("  conformance ") })
      let url = try #require(line.split(separator: " ").first { $0.hasPrefix("https://") })
      let card = ["--cacert", try text(ready, "ca"), "\(url)/.well-known/agent-card.json"]
      let shown = ["--cert", try text(ready, "agent", "cert"), "--key", try text(ready, "agent", "key")]
      let stranger = try await RunningProgram.curl(shown + card)
      #expect(stranger.status != 0 || !stranger.output.contains("\"skills\""), "\(stranger.output)")
      let gateway = "\(folder)/pki/clients/gateway-demo"
      let known = try await RunningProgram.curl(["--cert", "\(gateway).pem", "--key", "\(gateway).key"] + card)
      #expect(known.output.contains("\"skills\""), "\(known.output)")

      kill(agent, SIGKILL)
      let word = try #require(await demo.errors.line(containing: "The agent conformance"))
      #expect(
        word == "signalbox: The agent conformance (process \(agent)) ended by itself with signal 9. Its log is "
          + "\(folder)/conformance.log. The gateway goes on without it.")
      let failed = try await run()
      #expect(failed["state"]?.string == "failed")
      demo.signal(SIGTERM)
      #expect(try await demo.exit() == 0)
      for file in ["ready.json", "gateway.json", "conformance.json"] { #expect(!scratch.exists("demo/\(file)")) }
    }
  }

  @Test func `its agent is ended with it, however it ends`() async throws {
    for signal in [SIGTERM, SIGKILL] {
      try await withDemo(["--agents", "conformance"]) { demo, ready in
        let agent = try #require(ready["pids"]?["conformance"]?.int.flatMap { Int32(exactly: $0) })
        #expect(OtherProcess.isRunning(agent))
        demo.signal(signal)
        #expect(try await demo.exit() == (signal == SIGTERM ? 0 : -SIGKILL))
        try await OtherProcess.untilEnded(agent)
      }
    }
  }

  @Test func `its lines for tasks can be typed as they are, and what happens is kept in its folder`() async throws {
    try await withDemo { demo, ready in
      func command(_ term: String) throws -> String {
        let line = demo.output.text.split(separator: "\n").first { $0.hasPrefix("  \(term) ") }
        return String(try #require(line).drop { $0 == " " }.dropFirst(term.count))
      }
      let watch = "exec " + (try command("watch"))
      try await RunningProgram.with(program: "/bin/sh", ["-c", watch]) { watch in
        let opened = try await RunningProgram.curl([
          "--cacert", try text(ready, "ca"), "--cert", try text(ready, "agent", "cert"),
          "--key", try text(ready, "agent", "key"), "--header", "Content-Type: application/json",
          "--data-binary", #"{"agent":"demo-agent","id":"t-1"}"#, try text(ready, "agentUrl") + "/ingest/tasks",
        ])
        #expect(opened.output.contains(#""id":"t-1""#), "\(opened.output)")
        let line = await watch.output.line(containing: "t-1")
        #expect(line?.contains("submitted") == true, "\(watch.errors.text)")
      }
      let list = try await RunningProgram.run(program: "/bin/sh", ["-c", try command("tasks")])
      #expect(list.output.contains("t-1  submitted"), "\(list.errors)")
      #expect(scratch.exists("demo/state/journal.sqlite"))
    }
  }

  @Test func `diagnostics are there when asked for, and only then`() async throws {
    func echo(_ ready: JSONValue) async throws -> String {
      try await RunningProgram.curl([
        "--cacert", try text(ready, "ca"), "--data-binary", "ping", try text(ready, "url") + "/diagnostics/echo",
      ]).output
    }
    try await withDemo(["--diagnostics", "--agents", "none"]) { _, ready in
      let answer = try await echo(ready)
      #expect(answer.hasPrefix("ping"))
    }
    try await withDemo { _, ready in
      let answer = try await echo(ready)
      #expect(answer.contains("404"))
    }
  }

  @Test func `settings in the environment are not for the demo's gateway`() async throws {
    let environment = ["SIGNALBOX_LISTENERS_PUBLIC_PORT": "x", "SIGNALBOX_CONFIG": "/nowhere"]
    try await withDemo(environment: environment) { _, ready in
      let gateway = try gatewayProcess(ready)
      #expect(OtherProcess.isRunning(gateway))
    }
  }

  @Test func `the next start uses the same certificates`() async throws {
    for _ in 1...2 {
      try await withDemo { demo, _ in
        demo.signal(SIGTERM)
        let status = try await demo.exit()
        #expect(status == 0)
      }
    }
    #expect(try DevelopmentPKI(opening: "\(folder)/pki").list().count == 5)
  }

  @Test func `a demo that is killed takes its gateway with it, and the next one starts`() async throws {
    try await withDemo { demo, ready in
      demo.signal(SIGKILL)
      #expect(try await demo.exit() == -SIGKILL)
      try await OtherProcess.untilEnded(try gatewayProcess(ready))
      let log = try #require(FileManager.default.contents(atPath: "\(folder)/gateway.log"))
      #expect(String(decoding: log, as: UTF8.self).contains("standard input ended"))
    }
    try await withDemo { demo, _ in demo.signal(SIGTERM) }
  }

  @Test func `a gateway that dies is a failure that says so`() async throws {
    try await withDemo { demo, ready in
      let gateway = try gatewayProcess(ready)
      kill(gateway, SIGKILL)
      let result = try await demo.result()
      #expect(result.status == 1)
      #expect(
        result.errors == "signalbox: The gateway (process \(gateway)) ended by itself with signal 9. Its log is "
          + "\(folder)/gateway.log.\n")
      #expect(!scratch.exists("demo/ready.json"))
    }
  }

  @Test func `a taken port is a failure that says which`() async throws {
    try await withDemo { _, ready in
      let port = try #require(try text(ready, "url").split(separator: ":").last)
      let second = ["demo", "--dir", "second", "--port", String(port), "--no-browser", "--agents", "none"]
      let result = try await RunningProgram.run(second, folder: scratch.path)
      #expect(result.status == 1)
      #expect(result.errors.contains("It said: 127.0.0.1:\(port) is taken: another process listens there."))
      #expect(!scratch.exists("second/ready.json"))
    }
  }

  @Test func `two demos do not share a folder`() async throws {
    try await withDemo { _, _ in
      let result = try await RunningProgram.run(arguments + ["--agents", "none"], folder: scratch.path)
      #expect(result.status == 1)
      #expect(
        result.errors == "signalbox: Another demo runs in \(folder). Stop it, or choose another folder with --dir.\n")
      #expect(scratch.exists("demo/ready.json"))
    }
  }
}

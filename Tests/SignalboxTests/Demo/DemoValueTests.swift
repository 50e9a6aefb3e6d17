import Foundation
import Identity
import Testing

@testable import signalbox

struct DemoValueTests {
  private func options(_ words: String) throws -> DemoOptions {
    let parsed = try ArgumentParser(root: CommandTree.root).parse(
      ["demo"] + words.split(separator: " ").map(String.init))
    guard case .run(_, let arguments, let command) = parsed else {
      throw UsageError(message: "\(words) gives help.", invocation: "")
    }
    return try DemoOptions(arguments, command)
  }

  @Test func `without options the demo is in a hidden folder here, on 8443, and opens a browser`() throws {
    let options = try options("")
    #expect(options.folder == ".signalbox-demo")
    #expect(options.port == 8443)
    #expect(options.opensBrowser)
    #expect(!options.hasDiagnostics)
    // What people talk to comes first.
    #expect(options.agents == [.orchestrator, .insiderTrading, .washTrade, .reasoning])
    #expect(options.trades == 1_000_000)
    #expect(try self.options("--agents none").agents.isEmpty)
  }

  @Test func `options are taken`() throws {
    let options = try options("--dir d --port 0 --agents conformance --trades 2000 --pace 7 --no-browser --diagnostics")
    #expect(options.trades == 2_000 && options.pace == 7)
    #expect(options.agents == [.conformance])
    #expect(options.folder == "d")
    #expect(options.port == 0)
    #expect(!options.opensBrowser)
    #expect(options.hasDiagnostics)
  }

  @Test(arguments: [
    ("--port 65534", "The option --port must be a whole number from 0 to 65533, not \"65534\"."),
    ("--port -1", "The option --port must be a whole number from 0 to 65533, not \"-1\"."),
    ("--port x", "The option --port must be a whole number from 0 to 65533, not \"x\"."),
    ("--dir=", "The option --dir needs a folder."),
    ("--agents foo", "There are no agents called \"foo\"; give --agents surveillance, conformance or none."),
    ("--trades 10", "The option --trades is a whole number from 1000 to 4000000, not \"10\"."),
    ("--pace fast", "The option --pace is a whole number from 0 to 60000, not \"fast\"."),
  ])
  func `what the demo cannot do is refused`(words: String, message: String) throws {
    #expect(try #require(throws: UsageError.self) { _ = try options(words) }.message == message)
  }

  @Test(arguments: [(0, [0, 0, 0]), (9000, [9000, 9001, 9002]), (65_533, [65_533, 65_534, 65_535])])
  func `its configuration is right and has the ports in a row`(port: Int, ports: [Int]) throws {
    var sources = ConfigurationSources()
    let bytes = DemoConfiguration.content(
      try options("--port \(port)"), pki: PKILayout(directory: "/d/pki"), web: "/w", samples: "/s")
    sources.file = .init(path: "/d/config.json", bytes: bytes)
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    #expect(ConfigurationRules.problems(in: settings).isEmpty)
    #expect(ListenerRole.allCases.map { settings.integer($0.key("port")) } == ports)
    #expect(settings.path("policy") == "/d/policy.json")
    #expect(settings.path("samples") == "/s")
    #expect(settings.path("state") == "/d/state")
    #expect(settings.path("tokens.keys") == "/d/token-keys.json")
    #expect(settings.text("listeners.public.clientCertificates") == "optional")
    for role in ListenerRole.allCases {
      #expect(settings.integer(role.key("strictTransportSeconds")) == 300)
      #expect(settings.path(role.key("revocationList")) == "/d/pki/client-ca.crl")
    }
  }

  @Test func `signals that nohup ignores are found`() {
    #expect(IgnoredSignals.read(status: "Name:\tx\nSigIgn:\t0000000000000001\n") == [SIGHUP])
    #expect(IgnoredSignals.read(status: "SigIgn:\t0000000000001002\n") == [SIGINT, SIGPIPE])
    #expect(IgnoredSignals.read(status: "SigIgn:\t8000000000000000\n") == [64])
    #expect(IgnoredSignals.read(status: "Name:\tx\n").isEmpty)
  }

  @Test(arguments: [
    ("/a/b-c.pem", "/a/b-c.pem"), ("/a b", "'/a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$x", "'$x'"), ("é", "'é'"),
  ])
  func `a word is quoted for the shell when it must be`(word: String, quoted: String) {
    #expect(Shell.quoted(word) == quoted)
  }

  @Test func `a browser needs a display and the program that opens it`() throws {
    let scratch = try Scratch()
    let program = try scratch.write("xdg-open", "#!/bin/sh\n")
    #expect(Browser.program(["DISPLAY": ":0", "PATH": scratch.path]) == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    #expect(Browser.program(["DISPLAY": ":0", "PATH": "/nowhere:\(scratch.path)"]) == program)
    #expect(Browser.program(["WAYLAND_DISPLAY": "wayland-0", "PATH": scratch.path]) == program)
    #expect(Browser.program(["DISPLAY": "", "PATH": scratch.path]) == nil)
    #expect(Browser.program(["PATH": scratch.path]) == nil)
  }
}

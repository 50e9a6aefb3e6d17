import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// The way in, from the operator's terminal to a session that is ended.
@Suite(.timeLimit(.minutes(2)))
struct SignInProcessTests {
  private let gateway: ServedGateway
  private var scratch: Scratch { gateway.scratch }

  init() throws {
    gateway = try ServedGateway()
    for name in ["demo", "other"] { _ = try gateway.pki.issueClient(.operator, name: name, now: .now()) }
  }

  private func with(_ body: (RunningProgram, JSONValue) async throws -> Void) async throws {
    let policy = try scratch.write("policy.json", String(decoding: DemoPolicy.content, as: UTF8.self))
    let arguments = gateway.arguments + ["--set", "policy=\(policy)"]
    try await RunningProgram.with(arguments, folder: scratch.path) { program in
      try await body(program, try await gateway.ready(program))
    }
  }

  private func files(_ name: String) -> [String] {
    let files = gateway.pki.layout.client(.operator, name: name)
    return ["--cert", files.certificate, "--key", files.key]
  }

  private func link(
    _ ready: JSONValue, for principal: String = "analyst", as name: String = "demo", listener: String = "admin",
    _ extra: [String] = []
  ) async throws -> (status: Int32, output: String, errors: String) {
    let admin = try gateway.url(ready, listener, "")
    let words = ["sign-in-link", principal, "--admin", admin, "--ca", gateway.authority]
    let result = try await RunningProgram.run(words + files(name) + extra, folder: scratch.path)
    return (result.status, result.output, result.errors)
  }

  /// What curl prints: head and body.
  private func call(_ ready: JSONValue, _ path: String, _ arguments: [String]) async throws -> String {
    let address = try gateway.url(ready, "public", path)
    return try await RunningProgram.curl(["--include", "--cacert", gateway.authority] + arguments + [address]).output
  }

  @Test func `a link signs in once, as the person it was made out to`() async throws {
    try await with { _, ready in
      let made = try await link(ready)
      #expect(made.status == 0)
      let lines = made.output.split(separator: "\n")
      let url = try #require(lines.first)
      #expect(url.hasPrefix(try gateway.url(ready, "public", "/sign-in#")))
      #expect(lines.dropFirst().first?.hasPrefix("Good once, for analyst, within 10 minutes: until 20") == true)

      let token = try #require(url.split(separator: "#").last)
      let body = ["--json", #"{"link":"\#(token)"}"#]
      let first = try await call(ready, "/api/session", body)
      #expect(first.hasPrefix("HTTP/1.1 200"))
      #expect(first.contains("set-cookie: __Host-signalbox="))
      #expect(first.contains(#""principal":"analyst""#))
      let second = try await call(ready, "/api/session", body)
      #expect(second.hasPrefix("HTTP/1.1 401"))
      #expect(!second.contains("set-cookie"))
    }
  }

  @Test func `the link as JSON can be read back`() async throws {
    try await with { _, ready in
      let made = try await link(ready, ["--json"])
      #expect(SignInLink(answer: Array(made.output.utf8))?.principal == "analyst")
    }
  }

  @Test func `whoever may not have one is told what to do`() async throws {
    try await with { _, ready in
      let unknown = try await link(ready, for: "nobody")
      #expect(unknown.status == 1)
      #expect(unknown.errors.hasPrefix("signalbox: The gateway refused with 422. Give \"nobody\" an entry"))
      let powerless = try await link(ready, as: "other")
      #expect(powerless.status == 1)
      #expect(powerless.errors.contains("refused with 403. This certificate makes nobody who may administer"))
      let astray = try await link(ready, listener: "public")
      #expect(astray.errors.contains("refused with 404. That is no admin listener"))
      for result in [unknown, powerless, astray] { #expect(result.output.isEmpty) }
    }
  }

  @Test func `a gateway that is not there, and a demo that does not run, are said`() async throws {
    let words = ["sign-in-link", "alex", "--admin", "https://localhost:1", "--ca", gateway.authority] + files("demo")
    let away = try await RunningProgram.run(words, folder: scratch.path)
    #expect(away.status == 1)
    #expect(away.errors.contains("Check that the gateway runs and that its admin listener is open."))
    let demo = try await RunningProgram.run(["sign-in-link", "alex"], folder: scratch.path)
    #expect(demo.status == 1)
    #expect(demo.errors.hasPrefix("signalbox: No demo runs in \(scratch.path)/.signalbox-demo: "))
  }

  @Test func `the page for signing in is there for everybody, and the ways in as well`() async throws {
    try await with { _, ready in
      let page = try await call(ready, "/sign-in", [])
      #expect(page.hasPrefix("HTTP/1.1 200"))
      #expect(page.contains("content-type: text/html"))
      #expect(page.contains("require-trusted-types-for 'script'"))
      #expect(page.contains("<h1 id=\"title\">"))
      let ways = try await call(ready, "/api/session/ways", [])
      #expect(ways.hasPrefix("HTTP/1.1 200"))
      #expect(ways.contains("\r\n\r\n{}"))
      #expect(try await call(ready, "/api/about", []).hasPrefix("HTTP/1.1 401"))
    }
  }
}

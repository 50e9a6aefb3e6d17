import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// The end of a gateway, from the operator's terminal.
@Suite(.timeLimit(.minutes(2)))
struct DrainProcessTests {
  private let gateway: ServedGateway
  private var scratch: Scratch { gateway.scratch }

  init() throws {
    gateway = try ServedGateway()
    for name in ["demo", "other"] { _ = try gateway.pki.issueClient(.operator, name: name, now: .now()) }
  }

  private func with(_ body: (RunningProgram, JSONValue) async throws -> Void) async throws {
    let policy = try scratch.write("policy.json", String(decoding: DemoPolicy.content, as: UTF8.self))
    try await RunningProgram.with(gateway.arguments + ["--set", "policy=\(policy)"], folder: scratch.path) { program in
      try await body(program, try await gateway.ready(program))
    }
  }

  private func drain(
    _ ready: JSONValue, as name: String = "demo", listener: String = "admin", _ extra: [String] = []
  ) async throws -> (status: Int32, output: String, errors: String) {
    let files = gateway.pki.layout.client(.operator, name: name)
    let result = try await RunningProgram.run(
      [
        "drain", "--admin", try gateway.url(ready, listener, ""), "--ca", gateway.authority, "--cert",
        files.certificate, "--key", files.key,
      ] + extra, folder: scratch.path)
    return (result.status, result.output, result.errors)
  }

  @Test func `a plan changes nothing, and draws the way back of as many as it is asked for`() async throws {
    try await with { _, ready in
      let none = try await drain(ready, ["--plan"])
      #expect(none.status == 0 && none.output.hasPrefix("0 streams are open.\n"), "\(none)")
      let many = try await drain(ready, ["--plan", "--streams", "12000", "--at", "300"])
      #expect(many.status == 0 && many.output.hasPrefix("12000 streams are open.\n"), "\(many)")
      #expect(many.output.contains("   15 s streams are sent away, 300 in a second\n"))
      #expect(many.output.contains("   40 s until the last one is back, because not all have their turn in 15 s\n"))
      let last = many.output.split(separator: "\n").last ?? ""
      #expect(last.split(separator: " ").prefix(4) == ["40", "s", "12000", "12000"] && last.hasSuffix("####"))
      let taken = try await drain(ready, ["--plan", "--streams", "12000", "--at", "0", "--admit", "1500"])
      #expect(taken.output.contains("    7 s until the last one has a stream again, 1500 in a second\n"), "\(taken)")
      let end = taken.output.split(separator: "\n").last ?? ""
      #expect(end.split(separator: " ").prefix(5) == ["7", "s", "12000", "12000", "12000"], "\(end)")
      let json = try JSONValue(parsing: Array(try await drain(ready, ["--plan", "--json", "--at", "0"]).output.utf8))
      #expect(json["phase"]?.string == "ready" && json["perSecond"]?.int == 0)
    }
  }

  @Test func `a drain ends the gateway`() async throws {
    try await with { program, ready in
      let drained = try await drain(ready, ["--at", "300"])
      #expect(drained.status == 0 && drained.output.hasPrefix("The gateway drains, and ends.\n"), "\(drained)")
      #expect(try await program.exit() == 0)
    }
  }

  @Test func `whoever may not, or asks for what there is not, is told what to do`() async throws {
    try await with { _, ready in
      let powerless = try await drain(ready, as: "other")
      #expect(powerless.status == 1)
      #expect(powerless.errors.contains("refused with 403. This certificate makes nobody who may administer"))
      #expect(try await drain(ready, listener: "public").errors.contains("refused with 404. That is no admin listener"))
      for (words, error) in [
        (["--at", "fast"], "The option --at is a whole number from 0 to 1000000"),
        (["--admit", "5"], "The option --admit is for --plan"),
        (["--streams", "5"], "The option --streams is for --plan"),
      ] {
        let wrong = try await drain(ready, words)
        #expect(wrong.status == 64 && wrong.errors.contains(error), "\(wrong)")
      }
      #expect(try await drain(ready, ["--plan"]).status == 0)
    }
  }
}

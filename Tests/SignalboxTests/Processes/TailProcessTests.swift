import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox tail` against a gateway, over real sockets and signals.
@Suite(.timeLimit(.minutes(3)))
struct TailProcessTests {
  private let gateway: PublishingGateway

  init() throws {
    gateway = try PublishingGateway()
  }

  private func words(_ ready: JSONValue, _ words: [String], as name: String = DemoPKI.operator) throws -> [String] {
    try ["tail"] + words + gateway.options(ready, as: name)
  }

  private func tail(_ ready: JSONValue, _ words: String...) async throws -> RunningProgram.Result {
    try await RunningProgram.run(try self.words(ready, words), folder: gateway.scratch.path)
  }

  private func records(_ output: String) throws -> [JSONValue] {
    try output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  @Test func `a task is shown from its beginning to its end, and a good end is 0`() async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1")
      try await gateway.publish(ready, "t-1", report: #"{"type":"tool_progress","tool":"screen","step":1,"total":4}"#)
      try await gateway.publish(ready, "t-1", numbers: 1...2, ending: "completed")
      let result = try await tail(ready, "t-1")
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      let lines = result.output.split(separator: "\n")
      try #require(lines.count == 5, "\(result.output)")
      #expect(lines[0].hasPrefix("-- 20") && lines[0].hasSuffix(" (UTC)"))
      #expect(lines[1].hasSuffix("     1  submitted"))
      #expect(lines[2].hasSuffix("     2  tool_progress    screen 1/4"))
      #expect(lines[3].hasSuffix(#"     3  event            {"n":1}"#))

      let json = try records(try await tail(ready, "t-1", "--json").output)
      #expect(json.map { $0["seq"]?.int } == [1, 2, 3, 4])
      #expect(json.last?["data"]?.description == #"{"n":2}"#)
    }
  }

  @Test(arguments: [("failed", 2, "has failed"), ("canceled", 3, "was canceled"), ("rejected", 4, "was rejected")])
  func `another end is another code`(state: String, code: Int32, word: String) async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1")
      try await gateway.publish(ready, "t-1", numbers: 1...1, ending: state)
      let result = try await tail(ready, "t-1", "--json")
      #expect(result.status == code)
      #expect(result.errors.hasPrefix("signalbox: The task t-1 \(word)"), "\(result.errors)")
    }
  }

  @Test func `what happens is shown when it happens, and Ctrl-C says how to go on from there`() async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1")
      let words = try words(ready, ["t-1", "--json"])
      let result = try await RunningProgram.with(words) { program in
        _ = try #require(await program.output.line(containing: #""seq":1"#), "\(program.errors.text)")
        try await gateway.publish(ready, "t-1", numbers: 1...2)
        _ = try #require(await program.output.line(containing: #""n":2"#), "\(program.errors.text)")
        program.signal(SIGINT)
        return try await program.result()
      }
      #expect(result.status == 130)
      let last = try #require(try records(result.output).last?["offset"]?.int)
      #expect(result.errors.hasPrefix("signalbox: To go on from here: signalbox tail t-1 --after "), "\(result.errors)")
      #expect(result.errors.hasSuffix(".\(last)\n"))

      try await gateway.publish(ready, "t-1", numbers: 3...4, ending: "completed")
      let cursor = try #require(result.errors.split(separator: " ").last).dropLast()
      let rest = try await tail(ready, "t-1", "--json", "--after", String(cursor))
      #expect(rest.status == 0)
      #expect(try records(rest.output).map { $0["data"]?["n"]?.int } == [3, 4])
      // All is read: there is nothing to show, and the end is told all the same.
      let end = try #require(try records(rest.output).last?["offset"]?.int)
      let epoch = try #require(cursor.split(separator: ".").first)
      let nothing = try await tail(ready, "t-1", "--after", "\(epoch).\(end)")
      #expect(nothing.status == 0 && nothing.output.isEmpty && nothing.errors.isEmpty, "\(nothing.errors)")
    }
  }

  @Test func `several tasks, and all of them, are followed on one stream`() async throws {
    try await gateway.with { _, ready in
      for id in ["a", "b"] { try await gateway.open(ready, id) }
      try await RunningProgram.with(try words(ready, ["--all"])) { all in
        // How those stand that there are.
        _ = try #require(await all.output.line(containing: "now  "), "\(all.errors.text)")
        try await gateway.publish(ready, "a", "COMPLETED")
        try await gateway.publish(ready, "b", "FAILED")
        try await gateway.open(ready, "c")
        let line = try #require(await all.output.line(containing: "  c     1  submitted"), "\(all.errors.text)")
        #expect(line.dropFirst(8).hasPrefix("  c"))
        let lines = all.output.text.split(separator: "\n")
        for text in ["  a     2  completed", "  b     2  failed"] { #expect(lines.contains { $0.hasSuffix(text) }) }
        all.signal(SIGTERM)
        let result = try await all.result()
        #expect(result.status == 130 && result.errors.contains("signalbox tail --all --after "))
      }
      let both = try await tail(ready, "a", "b", "--json")
      #expect(both.status == 2 && both.errors == "signalbox: The task b has failed.\n")
      #expect(try records(both.output).map { $0["task"]?.string } == ["a", "b", "a", "b"])
    }
  }

  @Test func `a gateway that is killed and comes back is come back to, and nothing is lost or shown twice`()
    async throws
  {
    try await gateway.with { first, ready in
      try await gateway.open(ready, "t-1")
      let words = try words(ready, ["t-1", "--json"])
      try await RunningProgram.with(words) { tail in
        try await gateway.publish(ready, "t-1", numbers: 1...50)
        _ = try #require(await tail.output.line(containing: #""n":50"#), "\(tail.errors.text)")
        first.signal(SIGKILL)
        _ = try await first.exit()
        let lost = try #require(await tail.errors.line(containing: "Trying again in "))
        #expect(lost.hasPrefix("signalbox: The connection to localhost:"))
        try await gateway.with { _, again in
          try await gateway.publish(again, "t-1", numbers: 51...100)
          _ = try #require(await tail.errors.line(containing: "Connected again; "), "\(tail.errors.text)")
          try await gateway.publish(again, "t-1", numbers: 101...150, ending: "completed")
          let result = try await tail.result()
          #expect(result.status == 0, "\(result.errors)")
          let numbers = try records(result.output).dropFirst().map { $0["data"]?["n"]?.int }
          let isWhole = numbers == (1...150).map { Int64($0) }
          #expect(isWhole, "\(numbers.count) records")
        }
      }
    }
  }

  @Test func `it gives up when its patience is over`() async throws {
    try await gateway.with { program, ready in
      try await gateway.open(ready, "t-1")
      try await RunningProgram.with(try words(ready, ["t-1", "--patience", "1"])) { tail in
        _ = try #require(await tail.output.line(containing: "submitted"), "\(tail.errors.text)")
        program.signal(SIGKILL)
        let result = try await tail.result()
        #expect(result.status == 1)
        let last = result.errors.split(separator: "\n").last ?? ""
        #expect(last.contains(" Given up after ") && last.contains("signalbox tail t-1 --after "), "\(result.errors)")
      }
    }
  }

  @Test func `a cursor of another journal is said to be lost, and how things stand comes first`() async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1", title: "Look into it")
      try await RunningProgram.with(try words(ready, ["t-1", "--after", "elsewhere.7"])) { tail in
        let now = try #require(await tail.output.line(containing: "now  "), "\(tail.errors.text)")
        #expect(now == "now  t-1  submitted        Look into it")
        #expect(
          tail.errors.text.hasPrefix(
            "signalbox: The gateway cannot go on behind elsewhere.7: what came after it is not shown."))
        try await gateway.publish(ready, "t-1", "COMPLETED")
        let result = try await tail.result()
        #expect(result.status == 0 && result.output.hasSuffix("     2  completed\n"), "\(result.output)")
      }
    }
  }

  @Test func `what cannot be followed is one sentence`() async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1")
      for (words, name, text) in [
        (["none"], DemoPKI.operator, "refused with 404. It says: "),
        (["t-1", "none"], DemoPKI.operator, "refused with 404."),
        (["t-1"], "stranger", "refused with 403. It says: Nobody here is known"),
        (["t-1", "--after", "x"], DemoPKI.operator, "refused with 400. It says: \"x\" is no cursor."),
      ] {
        let result = try await RunningProgram.run(try self.words(ready, words, as: name))
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors.contains(text), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      }
    }
  }

  @Test func `it ends when nobody reads any more`() async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1")
      try await gateway.publish(ready, "t-1", numbers: 1...500)
      let line = try ([RunningProgram.signalbox] + words(ready, ["t-1", "--json"])).map(Shell.quoted)
        .joined(separator: " ")
      let script = "\(line) | head -n 1; echo \"${PIPESTATUS[0]}\""
      try await RunningProgram.with(program: "/bin/bash", ["-c", script]) { shell in
        _ = try #require(await shell.output.line(containing: #""seq":1"#), "\(shell.errors.text)")
        // What it writes next, nobody takes.
        try await gateway.publish(ready, "t-1", numbers: 501...502)
        let result = try await shell.result()
        #expect(result.output.hasSuffix("\n1\n"), "\(result.output)")
        #expect(result.errors.isEmpty)
      }
    }
  }

  @Test func `on a terminal there is a bar, and it is gone at the end`() async throws {
    try await gateway.with { _, ready in
      try await gateway.open(ready, "t-1")
      let report = #"{"type":"tool_progress","tool":"screen","step":1,"total":4,"message":"row 7"}"#
      try await gateway.publish(ready, "t-1", report: report)
      try await gateway.publish(ready, "t-1", "COMPLETED")
      let line = try ([RunningProgram.signalbox] + words(ready, ["t-1"])).map(Shell.quoted).joined(separator: " ")
      func screen(_ term: String) async throws -> String {
        try await RunningProgram.run(
          program: "/usr/bin/script", ["--quiet", "--return", "--command", line, "/dev/null"],
          environment: ["TERM": term]
        ).output
      }
      let drawn = try await screen("xterm")
      let bar = "\r\u{1B}[?7l[#####...............] 25%  screen 1/4  row 7\u{1B}[?7h"
      #expect(drawn.contains(bar + "\r\u{1B}[K"), "\(drawn.debugDescription)")
      #expect(drawn.split(separator: bar).count == 2)
      #expect(try await !screen("dumb").contains("[###"))
    }
  }
}

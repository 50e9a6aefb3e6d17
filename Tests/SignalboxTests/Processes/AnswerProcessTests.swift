import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `questions` and `answer` against a gateway with an agent that asks.
@Suite(.timeLimit(.minutes(3)))
struct AnswerProcessTests {
  private let stage: ControlledGateway

  init() throws {
    stage = try ControlledGateway()
  }

  private func asked(_ ready: JSONValue) async throws -> String {
    try await stage.begin(ready, "ask", saying: "q1 is open")
  }

  @Test func `a question is listed, answered once, and whoever comes later is told who was first`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await asked(ready)
      let list = try await stage.run(ready, "questions")
      #expect(list.status == 0 && list.output.contains("Was the trade cleared beforehand?"), "\(list.output)")
      let json = try JSONValue(parsing: try await stage.run(ready, "questions", "--task", task, "--json").output)
      #expect(json["question"]?.string == "q1" && json["task"]?.string == task)

      let wrong = try await stage.run(ready, "answer", task, "cleared=perhaps", "count=12")
      #expect(wrong.status == 9 && wrong.errors.contains("cleared must be one of yes, no"), "\(wrong.errors)")
      #expect(wrong.errors.contains("count must be at most 9"), "\(wrong.errors)")
      let right = try await stage.run(ready, "answer", task, "q1", "cleared=yes", "--wait")
      #expect(right.status == 0 && right.output.hasPrefix("\(task)  taken after "), "\(right.output)\(right.errors)")
      let late = try await stage.run(ready, "answer", task, "q1", "cleared=no")
      #expect(late.status == 9 && late.errors.contains("operator"), "\(late.errors)")

      let tail = try await stage.run(ready, "tail", task)
      #expect(tail.status == 0 && tail.output.contains("q1 by operator: cleared=yes"), "\(tail.output)")
      #expect(tail.output.contains("q1: answered by operator"), "\(tail.output)")
      let none = try await stage.run(ready, "questions")
      #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("Nothing waits"), "\(none.errors)")
    }
  }

  @Test func `on a terminal it is asked field by field`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await asked(ready)
      let words = try stage.words(ready, ["answer", task, "--wait"])
      let result = try await stage.onTerminal(words) { program in
        func type(_ text: String, behind sign: String) async throws {
          #expect(await eventually { program.output.text.contains(sign) }, "\(program.output.text)")
          try program.input.fileHandleForWriting.write(contentsOf: Data((text + "\n").utf8))
        }
        try await type("maybe", behind: "(1/2) Cleared: one of these")
        try await type("2", behind: "It must be one of yes, no.")
        try await type("3", behind: "(2/2) Count: a whole number from 1 to 9, or nothing")
        return try await program.result()
      }
      #expect(result.status == 0 && result.output.contains("taken after "), "\(result.output)")
      let tail = try await stage.run(ready, "tail", task)
      #expect(tail.output.contains("cleared=no, count=3"), "\(tail.output)")
      #expect(tail.output.contains("q1: operator is answering"), "\(tail.output)")
    }
  }

  @Test func `who has enough gives the question back`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await asked(ready)
      let words = try stage.words(ready, ["answer", task])
      try await stage.onTerminal(words) { program in
        #expect(await eventually { program.output.text.contains("(1/2) Cleared") })
        try await RunningProgram.with(try stage.words(ready, ["tail", task])) { tail in
          _ = try #require(await tail.output.line(containing: "q1: operator is answering"), "\(tail.output.text)")
          // Ctrl-C, as the terminal gives it.
          try program.input.fileHandleForWriting.write(contentsOf: Data([3]))
          _ = try #require(await tail.output.line(containing: "q1: nobody is answering any more"))
        }
        let result = try await program.result()
        #expect(result.status == 130 && result.output.contains("Nothing was answered."), "\(result.output)")
      }
      let piped = try await stage.run(ready, "answer", task)
      #expect(piped.status == 64 && piped.errors.contains("field=value"), "\(piped.errors)")
    }
  }

  @Test func `the inbox is followed as it changes`() async throws {
    try await stage.with { _, ready, _ in
      try await RunningProgram.with(try stage.words(ready, ["questions", "--follow"])) { inbox in
        let task = try await asked(ready)
        _ = try #require(await inbox.output.line(containing: "\(task)  q1  (checker, "), "\(inbox.errors.text)")
        _ = try await stage.run(ready, "answer", task, "cleared=yes")
        _ = try #require(await inbox.output.line(containing: "\(task)  q1  answered by operator"))
        inbox.signal(SIGINT)
        #expect(try await inbox.result().status == 130)
      }
    }
  }

  @Test func `an inbox is come back to when the gateway was killed, and shows nothing twice`() async throws {
    try await stage.with { first, ready, settings in
      try await RunningProgram.with(try stage.words(ready, ["questions", "--follow"])) { inbox in
        let task = try await asked(ready)
        _ = try #require(await inbox.output.line(containing: "\(task)  q1  (checker, "), "\(inbox.errors.text)")
        first.signal(SIGKILL)
        _ = try await first.exit()
        _ = try #require(await inbox.errors.line(containing: "The connection is lost; trying again in "))
        try await stage.gateway.with(settings) { _, _ in
          _ = try #require(await inbox.errors.line(containing: "Connected again."), "\(inbox.errors.text)")
          let right = try await stage.run(ready, "answer", task, "cleared=yes", "--wait")
          #expect(right.status == 0, "\(right.errors)")
          _ = try #require(await inbox.output.line(containing: "\(task)  q1  answered by operator"))
          inbox.signal(SIGINT)
          let result = try await inbox.result()
          #expect(result.status == 130 && result.output.split(separator: "\n").count == 2, "\(result.output)")
        }
      }
    }
  }
}

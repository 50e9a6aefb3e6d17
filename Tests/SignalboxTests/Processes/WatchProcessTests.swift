import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox watch` against a gateway with an agent, on a terminal and without one.
@Suite(.timeLimit(.minutes(3)))
struct WatchProcessTests {
  private let stage: ControlledGateway

  init() throws {
    stage = try ControlledGateway()
  }

  private func press(_ program: RunningProgram, _ keys: String) throws {
    try program.input.fileHandleForWriting.write(contentsOf: Data(keys.utf8))
  }

  @Test func `a task is cancelled with a key, the screen tells what came of it, and q gives the terminal back`()
    async throws
  {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      let result = try await stage.onTerminal(try stage.words(ready, ["watch"])) { program in
        #expect(await eventually { program.output.text.contains("1 running") }, "\(program.output.text)")
        #expect(program.output.text.contains(ScreenPainter.begin))
        try press(program, "\r")
        #expect(await eventually { program.output.text.contains("Holding.") })
        try press(program, "c")
        #expect(await eventually { program.output.text.contains("Cancel \(task)? y/n") })
        try press(program, "y")
        #expect(await eventually { program.output.text.contains(" → stopped ") }, "\(program.output.text)")
        try press(program, "qq")
        return try await program.result()
      }
      #expect(result.status == 0 && Self.isGivenBack(result.output), "\(result.output.suffix(200))")
    }
  }

  @Test func `a question is answered on the screen`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "ask", saying: "q1 is open")
      try await stage.onTerminal(try stage.words(ready, ["watch"])) { program in
        #expect(await eventually { program.output.text.contains("1 question") }, "\(program.output.text)")
        try press(program, "a")
        #expect(await eventually { program.output.text.contains("(1/2) Cleared") })
        try press(program, "yes\r")
        #expect(await eventually { program.output.text.contains("(2/2) Count") })
        try press(program, "\r")
        #expect(await eventually { program.output.text.contains(" → taken ") }, "\(program.output.text)")
        try press(program, "q")
        #expect(try await program.exit() == 0)
      }
      #expect(try await stage.run(ready, "tail", task).status == 0)
    }
  }

  /// Nothing of the screen comes behind its end. What ends the shell's line does.
  private static func isGivenBack(_ output: String) -> Bool {
    guard let end = output.range(of: ScreenPainter.end, options: .backwards) else { return false }
    return output[end.upperBound...].allSatisfy(\.isWhitespace)
  }

  @Test func `SIGTERM gives the terminal back, too`() async throws {
    try await stage.with { _, ready, _ in
      let words = try stage.words(ready, ["watch"])
      let line = ([RunningProgram.signalbox] + words).map(Shell.quoted).joined(separator: " ")
      // The shell inside tells whom to signal.
      let result = try await RunningProgram.with(
        program: "/usr/bin/script", ["--quiet", "--return", "--command", "echo pid $$; exec \(line)", "/dev/null"],
        environment: ["TERM": "xterm"]
      ) { program in
        let said = try #require(await program.output.line(containing: "pid "))
        let number = try #require(Int32(said.filter(\.isNumber)))
        #expect(await eventually { program.output.text.contains("Nothing is running.") }, "\(program.output.text)")
        kill(number, SIGTERM)
        return try await program.result()
      }
      #expect(result.status == 130 && Self.isGivenBack(result.output), "\(result.output.suffix(200))")
    }
  }

  @Test func `without a terminal it prints what happens, of those that are meant`() async throws {
    try await stage.with { _, ready, _ in
      try await RunningProgram.with(try stage.words(ready, ["watch", "--agent", "checker", "--mine"])) { watch in
        try await RunningProgram.with(try stage.words(ready, ["watch", "--agent", "nobody", "--json"])) { other in
          let task = try await stage.begin(ready, "ask", saying: "q1 is open")
          _ = try #require(await watch.output.line(containing: "  \(task)  "), "\(watch.errors.text)")
          _ = try #require(await watch.output.line(containing: "q1 is open"))
          _ = try await stage.run(ready, "answer", task, "cleared=yes", "--wait")
          _ = try #require(await watch.output.line(containing: "completed"))
          #expect(other.output.text.isEmpty)
        }
      }
    }
  }

  @Test func `a gateway that is killed and comes back is come back to, and nothing is shown twice`() async throws {
    try await stage.with { first, ready, settings in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      try await RunningProgram.with(try stage.words(ready, ["watch", "--json"])) { watch in
        try await stage.gateway.open(ready, "p-1")
        // The task may have been there before anybody watched.
        let isWatched = try await eventually {
          try await stage.gateway.publish(ready, "p-1", "WORKING")
          return watch.output.text.contains(#""task":"p-1""#)
        }
        try #require(isWatched, "\(watch.errors.text)")
        first.signal(SIGKILL)
        _ = try await first.exit()
        _ = try #require(await watch.errors.line(containing: "The connection is lost; trying again in "))
        try await stage.gateway.with(settings) { _, again in
          _ = try #require(await watch.errors.line(containing: "Connected again."), "\(watch.errors.text)")
          try await stage.gateway.publish(again, "p-1", "COMPLETED")
          _ = try #require(await watch.output.line(containing: "COMPLETED"))
          watch.signal(SIGTERM)
          let result = try await watch.result()
          let offsets = try result.output.split(separator: "\n").map {
            try JSONValue(parsing: String($0))["offset"]?.int ?? 0
          }
          #expect(result.status == 130 && offsets == offsets.sorted() && Set(offsets).count == offsets.count)
          _ = try await stage.run(ready, "cancel", task)
        }
      }
    }
  }

  @Test func `a token lets one in as a certificate does, and none lets nobody in`() async throws {
    try await stage.with { _, ready, _ in
      let result = try await stage.run(ready, "watch", "--json", as: "stranger")
      #expect(result.status == 1 && result.errors.contains("refused with 403"), "\(result.errors)")
      let token = try stage.gateway.scratch.write("token", "abc")
      let words = [
        "watch", "--json", "--gateway", try stage.gateway.served.url(ready, "public", ""), "--ca",
        stage.gateway.served.authority, "--token", token,
      ]
      let bad = try await RunningProgram.run(words)
      #expect(bad.status == 1 && bad.errors.contains("refused with 401"), "\(bad.errors)")
    }
  }
}

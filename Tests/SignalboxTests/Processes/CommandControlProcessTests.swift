import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `cancel`, `pause` and `resume` against a gateway with an agent, over real sockets and signals.
@Suite(.timeLimit(.minutes(3)))
struct CommandControlProcessTests {
  private let stage: ControlledGateway

  init() throws {
    stage = try ControlledGateway()
  }

  private func messages(_ result: RunningProgram.Result) throws -> [JSONValue] {
    try result.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  @Test func `a cancel that is waited for tells that the agent has stopped, and 0`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      let result = try await stage.run(ready, "cancel", task, "--wait", "--why", "Too slow.")
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output.hasPrefix("\(task)  stopped after "), "\(result.output)")
      let tail = try await stage.run(ready, "tail", task)
      #expect(tail.status == 3)
      #expect(tail.output.contains("command          cancel by operator: Too slow."), "\(tail.output)")
      #expect(tail.output.contains("verdict          cancel stopped after "), "\(tail.output)")
    }
  }

  @Test func `the same command again is done once, and says so`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      let first = try await stage.run(ready, "cancel", task, "--id", "c-1", "--wait", "--json")
      let again = try await stage.run(ready, "cancel", task, "--id", "c-1", "--wait", "--json")
      #expect(first.status == 0 && again.status == 0, "\(first.errors) \(again.errors)")
      let (one, two) = (try messages(first), try messages(again))
      #expect(one.map { $0["type"]?.string } == ["ack", "verdict"])
      #expect(two.map { $0["type"]?.string } == ["ack", "verdict"])
      #expect(one.first?["seq"]?.int == two.first?["seq"]?.int && two.first?["repeated"]?.bool == true)
      #expect(two.last?["verdict"]?.string == "stopped")
    }
  }

  @Test func `an agent that says no is 5, with its reason`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "refuse", saying: "Writing.")
      let result = try await stage.run(ready, "cancel", task, "--wait")
      #expect(result.status == 5, "\(result.output)\(result.errors)")
      #expect(result.output.contains("refused after ") && result.output.contains("The decision is being written."))
    }
  }

  @Test func `what the gateway does not take is 9, also beside what it takes`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      let result = try await stage.run(ready, "cancel", "none", task, "--wait")
      #expect(result.status == 9 && result.errors.hasPrefix("signalbox: none: "), "\(result.errors)")
      #expect(result.output.hasPrefix("\(task)  stopped after "), "\(result.output)")
      let stranger = try await stage.run(ready, "cancel", task, as: "stranger")
      #expect(stranger.status == 1 && stranger.errors.contains("refused with 403"), "\(stranger.errors)")
    }
  }

  @Test func `all of one's own are shown first, and cancelled together`() async throws {
    try await stage.with { _, ready, _ in
      let tasks = [
        try await stage.begin(ready, "hold", saying: "Holding."),
        try await stage.begin(ready, "hold", saying: "Holding."),
      ]
      let rehearsal = try await stage.run(ready, "cancel", "--all-mine", "--dry-run")
      #expect(rehearsal.status == 0, "\(rehearsal.errors)")
      for task in tasks { #expect(rehearsal.output.contains(task)) }
      let counted = try messages(try await stage.run(ready, "cancel", "--all-mine", "--dry-run", "--json"))
      // What was found, and nothing of the connection that it came by.
      #expect(counted.map { $0.members.map(\.key) } == [["dryRun", "count", "tasks"]], "\(counted)")
      #expect(counted.first?["count"]?.int == 2)
      let unsure = try await stage.run(ready, "cancel", "--all-mine")
      #expect(unsure.status == 64 && unsure.errors.contains("--yes"), "\(unsure.errors)")
      let list = try await stage.run(ready, "list", "--running", "--json")
      #expect(try messages(list).count == 2)
      let other = try await stage.run(ready, "cancel", "--all-mine", "--agent", "nobody", "--dry-run", "--json")
      #expect(other.status == 9, "\(other.output)\(other.errors)")
      let done = try await stage.run(ready, "cancel", "--all-mine", "--yes", "--wait")
      #expect(done.status == 0, "\(done.errors)")
      for task in tasks { #expect(done.output.contains("\(task)  stopped after "), "\(done.output)") }
    }
  }

  @Test func `on a terminal it asks before it cancels many`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      for (typed, status) in [("n\n", Int32(1)), ("y\n", 0)] {
        let words = try stage.words(ready, ["cancel", "--all-running", "--wait"])
        let result = try await stage.onTerminal(words) { program in
          #expect(await eventually { program.output.text.contains("Cancel this task? [y/N] ") })
          try program.input.fileHandleForWriting.write(contentsOf: Data(typed.utf8))
          return try await program.result()
        }
        #expect(result.status == status, "\(result.output)")
        #expect(result.output.contains("\(task)  stopped after ") == (status == 0), "\(result.output)")
      }
    }
  }

  @Test func `while somebody thinks, a gateway may go and come back`() async throws {
    try await stage.with { first, ready, settings in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      let words = try stage.words(ready, ["cancel", "--all-mine", "--wait"])
      try await stage.onTerminal(words) { program in
        #expect(await eventually { program.output.text.contains("Cancel this task? [y/N] ") })
        first.signal(SIGKILL)
        _ = try await first.exit()
        #expect(await eventually { program.output.text.contains("The connection is lost; trying again in ") })
        try await stage.gateway.with(settings) { _, _ in
          #expect(await eventually { program.output.text.contains("Connected again.") }, "\(program.output.text)")
          try program.input.fileHandleForWriting.write(contentsOf: Data("y\n".utf8))
          let result = try await program.result()
          #expect(result.status == 0 && result.output.contains("\(task)  stopped after "), "\(result.output)")
        }
      }
    }
  }

  @Test func `an agent that cannot pause says so`() async throws {
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "hold", saying: "Holding.")
      let result = try await stage.run(ready, "pause", task, "--wait", "--why", "Later.")
      #expect(result.status == 5 || result.status == 9, "\(result.output)\(result.errors)")
      let list = try await stage.run(ready, "list", "--running", "--json")
      #expect(try messages(list).first?["state"]?.string == "working", "\(list.output)")
    }
  }

  @Test func `what cannot be reached is 1, and Ctrl-C leaves the command standing`() async throws {
    let token = try stage.gateway.scratch.write("token", "abc")
    let gone = try await RunningProgram.run(
      ["cancel", "t", "--gateway", "https://127.0.0.1:1", "--ca", stage.gateway.served.authority, "--token", token])
    #expect(gone.status == 1 && gone.errors.contains("Check that the gateway runs"), "\(gone.errors)")
    try await stage.with { _, ready, _ in
      let task = try await stage.begin(ready, "refuse", saying: "Writing.")
      let other = try await stage.begin(ready, "hold", saying: "Holding.")
      let words = try stage.words(ready, ["answer", task, "q9", "--text", "x", "--wait"])
      let result = try await RunningProgram.run(words)
      #expect(result.status == 9, "\(result.errors)")
      let signalled = try stage.words(ready, ["questions", "--follow"])
      try await RunningProgram.with(signalled) { program in
        program.signal(SIGTERM)
        let status = try await program.exit()
        // Before it could say what a signal means to it, it is ended by it.
        #expect(status == 130 || status == -SIGTERM)
      }
      #expect(try await stage.run(ready, "cancel", other, "--wait").status == 0)
    }
  }
}

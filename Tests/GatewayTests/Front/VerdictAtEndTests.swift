import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// An agent completes its task before it has answered what completed it: whoever asked is told what came of it, and whoever watches.
@Suite struct VerdictAtEndTests {
  private static let ended = #"signalbox_tasks_ended_total{failure="",state="completed"}"#

  /// A task that asks; behind the gate is the agent's word that it has the answer. Opens it when the gateway has heard of the end.
  private static func run(
    _ body: (WorkScene, String, _ open: () async throws -> Void) async throws -> Void
  ) async throws {
    let gate = Gate()
    try await WorkScene.run(lastWordAt: gate) { scene async throws in
      let task = try await scene.begin("ask me")
      try await scene.wait(task, for: "input-required")
      try await body(scene, task) {
        #expect(await eventually { gate.arrived == 1 })
        let hasEnded = try await eventually { try await scene.gateway.metrics()[ended] == 1 }
        #expect(hasEnded)
        gate.open()
      }
      let kinds = try await scene.records(task).map(\.kind)
      #expect(kinds.suffix(2) == [.event, .verdict] && kinds.count { $0 == .verdict } == 1)
    }
  }

  @Test func `over a socket, to one that watches the task and to one that does not`() async throws {
    try await Self.run { scene, task, open async throws in
      let watcher = try await scene.gateway.socket()
      _ = try await watcher.ask(#"{"type":"subscribe","id":"w","task":"\#(task)"}"#)
      let socket = try await scene.gateway.socket()
      let answer = #"{"type":"answer","id":"a-1","task":"\#(task)","question":"q1","text":"This one"}"#
      #expect(try await socket.ask(answer)?["type"]?.string == "ack")
      try await open()
      let verdict = await socket.first("verdict")
      #expect(verdict?["id"]?.string == "a-1" && verdict?["verdict"]?.string == "taken")
      #expect(await watcher.first("end")?["reason"]?.string == "finished")
      let seen = watcher.heard("event").compactMap { $0["record"]?["kind"]?.string }
      #expect(seen.last == "verdict" && watcher.checker.faults == [])
    }
  }

  @Test func `over HTTP, to one that waits for it`() async throws {
    try await Self.run { scene, task, open async throws in
      async let waited = scene.command("\(task)/questions/q1:answer?wait=20", #"{"text":"This one"}"#)
      try await open()
      #expect(try await waited.said == "200 answer taken")
    }
  }
}

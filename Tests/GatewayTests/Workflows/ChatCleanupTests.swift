import Gateway
import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// What goes wrong where each workflow has a queue of its own, shown not to go wrong here: streams read the journal.
@Suite(.timeLimit(.minutes(3)))
struct ChatCleanupTests {
  @Test func `a client that goes away ends nothing, and finds the workflow again`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("hold")
      #expect(await reader.read("agent_thinking"))
      reader.disconnect()
      #expect(try await eventually { try await scene.watchers(of: reader.task) == 0 })
      scene.gate.open()
      try await scene.wait(reader.workflow, for: "COMPLETED")
      #expect(try await scene.document(reader.workflow)["final_response"]?.string == "Held.")
      let again = try await scene.ask("GET", "/api/stream/\(reader.task)?profile=workflow")
      #expect(again.status == 200 && again.text.contains(#""type":"workflow_completed""#), "\(again.text)")
    }
  }

  @Test func `what happened before anybody listened is there, and the same key begins nothing twice`() async throws {
    try await ChatScene.run { scene async throws in
      let first = try await scene.chat(#"{"message":"think","key":"once"}"#)
      #expect(await first.finish())
      // It is over before this stream begins.
      let second = try await scene.chat(#"{"message":"think","key":"once"}"#)
      #expect(await second.finish())
      #expect(second.types.first == "workflow_started" && second.types.last == "workflow_completed")
      #expect(second.events.map(\.description) == first.events.map(\.description))
    }
  }

  @Test func `more events than a queue of a thousand are all there, in their order`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("crowd 3000")
      #expect(await reader.finish())
      let thoughts = reader.all("agent_thinking").compactMap { $0["thinking"]?.string }
      #expect(thoughts.count == 3_000)
      let isInOrder = thoughts == (1...3_000).map { "Thought \($0)." }
      #expect(isInOrder)
      #expect(reader.types.last == "workflow_completed")
    }
  }

  @Test func `whoever was cut off goes on where it was, with nothing twice and nothing missing`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("crowd 50")
      #expect(await reader.read("agent_thinking", 10))
      let cursor = try #require(reader.cursors.last { !$0.isEmpty })
      let heard = reader.all("agent_thinking").compactMap { $0["thinking"]?.string }
      reader.disconnect()
      try await scene.wait(reader.workflow, for: "COMPLETED")
      let answer = try await scene.ask(
        "GET", "/api/stream/\(reader.task)?profile=workflow", nil, "Last-Event-ID: \(cursor)")
      let later = answer.text.matches(of: /Thought \d+\./).map { String($0.0) }
      let isWhole = heard + later == (1...50).map { "Thought \($0)." }
      #expect(isWhole, "\(heard.count) and \(later.count)")
    }
  }

  @Test func `each stream of many has its own events, and no other's`() async throws {
    try await ChatScene.run { scene async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...8 {
          group.addTask {
            let reader = try await scene.say("crowd \(number * 10)")
            #expect(await reader.finish())
            #expect(reader.all("agent_thinking").count == number * 10)
            #expect(Set(reader.events.compactMap { $0["workflow_id"]?.string }).count == 1)
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `the gateway stops while streams are open and being left, and waits for nobody for ever`() async throws {
    try await ChatScene.run {
      $0.shutdownGrace = .seconds(2)
    } _: { scene async throws in
      var readers: [ChatReader] = []
      for _ in 1...3 { readers.append(try await scene.say("hold")) }
      for reader in readers { #expect(await reader.read("agent_thinking")) }
      readers[0].disconnect()
      let start = ContinuousClock.now
      await scene.gateway.gateway.stop()
      #expect(.now - start < .seconds(60))
      _ = await readers[1].finish()
      #expect(!readers[1].types.contains("workflow_completed"), "The work is not over; the stream is.")
    }
  }
}

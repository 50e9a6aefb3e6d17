import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Producers that count what they send.
@Suite struct ProducerTests {
  @Test func `what is sent twice is stored once, the end as well`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let lines = "{\"n\":1}\n{\"n\":2}"
      let ndjson = "application/x-ndjson"
      #expect(try await scene.publish(lines, to: id, type: ndjson, stamp: ("p", 0, 1)).status == 201)
      #expect(try await scene.publish("{\"n\":3}", to: id, query: "?state=failed", stamp: ("p", 0, 3)).status == 201)
      let again = try await scene.publish(lines, to: id, type: ndjson, stamp: ("p", 0, 1))
      #expect(again.status == 200)
      #expect(again.text == #"{"task":"\#(id)","duplicate":true,"producerThrough":3}"#)
      let end = try await scene.publish("{\"n\":3}", to: id, query: "?state=failed", stamp: ("p", 0, 3))
      #expect(end.status == 200)
      #expect(try await scene.publish("{\"n\":4}", to: id, stamp: ("p", 0, 4)).code == "task-ended")
      #expect(try await scene.published(to: id) == [#"{"n":1}"#, #"{"n":2}"#, #"{"n":3}"#])
    }
  }

  @Test func `lists show what was said last, and what is sent again or refused changes nothing of it`() async throws {
    try await IngestScene.run { scene async throws in
      func said(_ words: String, _ report: String = "") -> String {
        let status = #"{"state":"TASK_STATE_WORKING","message":{"parts":[{"text":"\#(words)"}]}}"#
        return #"{"statusUpdate":{"status":\#(status)\#(report.isEmpty ? "" : ",\"metadata\":\(report)")}}"#
      }
      func shown(_ id: String) async throws -> String {
        let outline = TaskOutline(try await scene.task(id).outline)
        return "\(outline.message) \(outline.facts.map { "\($0.name)=\($0.value)" })"
      }
      let id = try await scene.open()
      #expect(try await scene.publish("{}", to: id, stamp: ("p", 1, 1)).status == 201)
      #expect(try await scene.task(id).outline == nil)
      let routing = #"{"https://signalbox.dev/a2a/extensions/progress/v1":{"type":"routing","payload":{"symbol":"V"}}}"#
      #expect(try await scene.publish(said("One.", routing), to: id, stamp: ("p", 1, 2)).status == 201)
      #expect(try await shown(id) == #"One. ["symbol=V"]"#)
      let lines = said("Two.") + "\n{}\n" + said("Three.")
      let ndjson = "application/x-ndjson"
      #expect(try await scene.publish(lines, to: id, type: ndjson, stamp: ("p", 1, 3)).status == 201)
      #expect(try await scene.publish(said("One."), to: id, stamp: ("p", 1, 2)).status == 200)
      #expect(try await scene.publish(said("Far."), to: id, stamp: ("p", 1, 9)).status == 409)
      #expect(try await shown(id) == #"Three. ["symbol=V"]"#)
      #expect(try await scene.publish(said(""), to: id, query: "?state=completed", stamp: ("p", 1, 6)).status == 201)
      #expect(try await shown(id) == #"Three. ["symbol=V"]"#)
    }
  }

  @Test func `a gap is refused with the number that is due`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let first = try await scene.publish("{}", to: id, stamp: ("p", 3, 2))
      #expect(first.status == 409 && first.code == "producer-gap" && first.fields["producer-expected"] == "1")
      #expect(try await scene.publish("{}", to: id, stamp: ("p", 3, 1)).status == 201)
      let next = try await scene.publish("{}", to: id, stamp: ("p", 3, 7))
      #expect(next.status == 409 && next.fields["producer-expected"] == "2" && next.text.contains("Producer-Seq 2."))
      // Another producer of the same task has its own count.
      #expect(try await scene.publish("{}", to: id, stamp: ("q", 0, 1)).status == 201)
      #expect(try await scene.task(id).lastSeq == 3)
    }
  }

  @Test func `what is stored in part is not taken for all`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let ndjson = "application/x-ndjson"
      #expect(try await scene.publish("{}\n{}", to: id, type: ndjson, stamp: ("p", 1, 1)).status == 201)
      let more = try await scene.publish("{}\n{}", to: id, type: ndjson, stamp: ("p", 1, 2))
      #expect(more.status == 409 && more.code == "producer-overlap" && more.fields["producer-expected"] == "3")
      #expect(try await scene.task(id).lastSeq == 3)
    }
  }

  @Test func `whose place was taken is shut out, and a new epoch begins at one`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      #expect(try await scene.publish("{}", to: id, stamp: ("p", 1, 1)).status == 201)
      #expect(try await scene.publish("{}", to: id, stamp: ("p", 2, 2)).fields["producer-expected"] == "1")
      #expect(try await scene.publish("{}", to: id, stamp: ("p", 2, 1)).status == 201)
      let fenced = try await scene.publish("{}", to: id, stamp: ("p", 1, 2))
      #expect(fenced.status == 403 && fenced.code == "producer-fenced" && fenced.fields["producer-epoch"] == "2")
      #expect(try await scene.task(id).lastSeq == 3)
    }
  }

  /// Whatever a network does to a producer that repeats until it knows: each event once, in order.
  @Test func `a producer that repeats what it is not sure of stores each event once and in order`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      var random = SeededRandom(seed: 20_261_121)
      let batches = (0..<40).reduce(into: [Range<Int>]()) { batches, _ in
        let start = batches.last?.upperBound ?? 1
        batches.append(start..<start + Int.random(in: 1...4, using: &random))
      }
      var next = 0
      while next < batches.count {
        // As often as not it goes back to something earlier, as if the answer had been lost.
        let index = Bool.random(using: &random) ? next : Int.random(in: 0...next, using: &random)
        let batch = batches[index]
        let answer = try await scene.publish(
          batch.map { "{\"n\":\($0)}" }.joined(separator: "\n"), to: id, type: "application/x-ndjson",
          stamp: ("p", 1, batch.lowerBound))
        #expect(answer.status == (index == next ? 201 : 200))
        if index == next { next += 1 }
      }
      let total = batches[batches.count - 1].upperBound
      let isRight = try await scene.published(to: id) == (1..<total).map { "{\"n\":\($0)}" }
      #expect(isRight)
    }
  }
}

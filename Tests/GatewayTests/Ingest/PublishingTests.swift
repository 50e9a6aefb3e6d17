import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// `POST /ingest/tasks/{id}/events`.
@Suite struct PublishingTests {
  @Test func `an event is journaled as it came, and the answer says where`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let event = #"{ "z":1.50,  "a":[1e400, "\u00e9\ud83d\ude82/\/"], "a ":{"":null} }"#
      let answer = try await scene.publish(event, to: id)
      #expect(answer.status == 201)
      let record = try #require(try await scene.records(of: id).last)
      #expect(record.payload == Array(event.utf8))
      #expect(record.origin == "own" && record.kind == .event && record.seq == 2)
      let epoch = try await scene.journal.epoch
      #expect(
        answer.text == #"{"task":"\#(id)","from":2,"through":2,"cursor":"\#(epoch).\#(record.offset)"}"#)
    }
  }

  @Test func `an event on several lines becomes one line, and many come on a line each`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      _ = try await scene.publish("\r\n{\r\n  \"a\" : [ 1,\n 2 ],\r\t\"b c\" : \"d  e\"\n}\n", to: id)
      let many = try await scene.publish(
        "{\"n\": 1}\r\n\n  {\"n\":2}\t\n \n{\"n\":3}", to: id, type: "application/x-ndjson; charset=utf-8")
      #expect(many.status == 201)
      #expect(try many.member("from")?.int == 3 && many.member("through")?.int == 5)
      #expect(
        try await scene.published(to: id) == [#"{"a":[1,2],"b c":"d  e"}"#, #"{"n": 1}"#, #"{"n":2}"#, #"{"n":3}"#])
    }
  }

  @Test func `a request is stored as a whole or not at all`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      for bad in ["[]", "{", "7", "{\"a\":1,\"a\":2}", "{} {}", "\"\u{B}\""] {
        let answer = try await scene.publish(
          "{\"n\":1}\n\n\(bad)\n{\"n\":2}", to: id, type: "application/x-ndjson", stamp: ("p", 1, 1))
        #expect(answer.status == 400 && answer.code == "bad-event")
        #expect(answer.text.contains("line 3"), "\(answer.text)")
      }
      #expect(try await scene.published(to: id) == [])
      #expect(try await scene.publish("{}", to: id, stamp: ("p", 1, 1)).status == 201)
    }
  }

  private static let told = """
    event                                                        | query             | state          final
    {}                                                           | -                 | submitted      false
    {"statusUpdate":{"status":{"state":"TASK_STATE_WORKING"}}}   | -                 | working        false
    {"task":{"status":{"state":"TASK_STATE_INPUT_REQUIRED"}}}    | -                 | input-required false
    {"statusUpdate":{"status":{"state":"TASK_STATE_AUTH_REQUIRED"}}} | -             | auth-required  false
    {"statusUpdate":{"status":{"state":"TASK_STATE_SUBMITTED"}}} | -                 | submitted      false
    {"statusUpdate":{"status":{"state":"TASK_STATE_COMPLETED"}}} | -                 | completed      true
    {"task":{"status":{"state":"TASK_STATE_FAILED"}}}            | -                 | failed         true
    {"statusUpdate":{"status":{"state":"TASK_STATE_CANCELED"}}}  | -                 | canceled       true
    {"task":{"status":{"state":"TASK_STATE_REJECTED"}}}          | -                 | rejected       true
    {"task":"completed","status":{"state":"TASK_STATE_FAILED"}}  | -                 | submitted      false
    {"statusUpdate":{"status":{"state":"TASK_STATE_UNHEARD_OF"}}} | -                | submitted      false
    {"state":"completed"}                                        | ?state=working    | working        false
    {}                                                           | ?state=input-required | input-required false
    {}                                                           | ?state=auth-required | auth-required false
    {}                                                           | ?state=completed  | completed      true
    {}                                                           | ?state=failed     | failed         true
    {}                                                           | ?state=canceled   | canceled       true
    {}                                                           | ?state=rejected   | rejected       true
    {"statusUpdate":{"status":{"state":"TASK_STATE_WORKING"}}}   | ?state=completed  | completed      true
    {"statusUpdate":{"status":{"state":"TASK_STATE_COMPLETED"}}} | ?state=completed  | completed      true
    """

  @Test func `how the task stands is what the query says, or else an event of A2A`() async throws {
    try await IngestScene.run { scene async throws in
      for line in Self.told.split(separator: "\n").dropFirst() {
        let parts = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        let id = try await scene.open()
        let query = parts[1] == ["-"] ? "" : parts[1][0]
        #expect(try await scene.publish(parts[0].joined(), to: id, query: query).status == 201, "\(line)")
        let task = try await scene.task(id)
        #expect([task.state, "\(task.isFinal)"] == parts[2], "\(line)")
      }
    }
  }

  @Test func `of several events the last one counts, and none comes after the end`() async throws {
    func event(_ state: String) -> String { #"{"statusUpdate":{"status":{"state":"TASK_STATE_\#(state)"}}}"# }
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let lines = "application/x-ndjson"
      let mixed = [event("INPUT_REQUIRED"), event("WORKING"), "{}"].joined(separator: "\n")
      #expect(try await scene.publish(mixed, to: id, type: lines).status == 201)
      #expect(try await scene.task(id).state == "working")
      let late = try await scene.publish([event("FAILED"), "{}"].joined(separator: "\n"), to: id, type: lines)
      #expect(late.status == 409 && late.code == "task-ended" && late.text.contains("line 2"))
      let torn = try await scene.publish(event("FAILED"), to: id, query: "?state=completed")
      #expect(torn.status == 400 && torn.code == "bad-state")
      #expect(try await scene.task(id).lastSeq == 4)
      #expect(try await scene.publish(event("COMPLETED"), to: id).status == 201)
      for after in ["{}", event("WORKING")] {
        let answer = try await scene.publish(after, to: id)
        #expect(answer.status == 409 && answer.code == "task-ended")
      }
      let task = try await scene.task(id)
      #expect(task.lastSeq == 5 && task.state == "completed")
    }
  }

  @Test func `a large event passes whole, and what is too much is refused with the bound`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let room = IngestedEvent.byteLimit - 2
      let event = "{" + String(repeating: " ", count: room) + "}"
      #expect(try await scene.publish(event + "  \n", to: id).status == 201)
      #expect(try await scene.published(to: id).map(\.utf8.count) == [IngestedEvent.byteLimit])
      let larger = try await scene.publish("{ " + event.dropFirst(), to: id)
      #expect(larger.status == 413 && larger.code == "event-too-large" && larger.text.contains("262144"))
      let lines = "application/x-ndjson"
      let full = Array(repeating: "{}\n", count: EventBody.eventLimit).joined()
      #expect(try await scene.publish(full, to: id, type: lines).status == 201)
      let more = try await scene.publish(full + "{}", to: id, type: lines)
      #expect(more.status == 413 && more.code == "too-many-events" && more.text.contains("1000"))
      let five = Array(repeating: event, count: 5).joined(separator: "\n")
      let heavy = try await scene.publish(five, to: id, type: lines)
      #expect(heavy.status == 413 && heavy.text.contains("1048576"), "\(heavy.text)")
      #expect(try await scene.task(id).lastSeq == 2 + Int64(EventBody.eventLimit))
    }
  }

  @Test func `a journal without room says so, and takes again what it did not store`() async throws {
    try await IngestScene.run {
      $0.journal.sizeLimit = 400_000
    } _: { scene async throws in
      let id = try await scene.open()
      let event = "{\"x\":\"\(String(repeating: "x", count: 20_000))\"}"
      var sent = 1
      var answer = try await scene.publish(event, to: id, stamp: ("p", 1, sent))
      while answer.status == 201, sent < 100 {
        sent += 1
        answer = try await scene.publish(event, to: id, stamp: ("p", 1, sent))
      }
      #expect(answer.status == 507 && answer.code == "journal-full")
      #expect(try await scene.published(to: id).count == sent - 1)
    }
  }
}

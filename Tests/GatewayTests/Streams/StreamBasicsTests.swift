import Foundation
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What a stream says from its beginning to its end.
@Suite struct StreamBasicsTests {
  @Test func `a stream shows the history, then what happens, then that the task has ended`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 3)
      let reader = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      #expect(reader.status == 200)
      #expect(reader.fields["content-type"] == "text/event-stream")
      #expect(reader.fields["cache-control"] == "no-store, no-transform")
      #expect(await reader.read(records: 4))
      try await stand.say("t1", 2)
      #expect(await reader.read(records: 6))
      try await stand.say("t1", 1, final: true)
      #expect(await reader.finish() == "finished")
      #expect(reader.checker.faults == [])
      #expect(reader.checker.seqs == ["t1": 7])
      #expect(reader.types.prefix(3) == ["grant", "resume", "message"])
    }
  }

  @Test func `the first words are how long to wait, and where the stream begins`() async throws {
    try await RecordStand.run {
      $0.streams.retryMilliseconds = 4000
      $0.streams.random = { 0.25 }
    } _: { stand async throws in
      try await stand.open("t1")
      let reader = try await stand.watch("/t1")
      #expect(await reader.read(records: 1))
      #expect(reader.retry == 3000)
      let epoch = stand.journal.epoch
      #expect(reader.checker.resumes.map(\.from) == ["\(epoch).0"])
      #expect(reader.checker.resumes.map(\.to) == ["\(epoch).1"])
      #expect(reader.checker.resumes.map(\.missed) == [1])
      // Whoever is cut off before the first record comes back to the same place.
      #expect(reader.events.first { $0.type == "resume" }?.lastEventID == "\(epoch).0")
    }
  }

  @Test func `a record is its envelope and what was journaled, unchanged`() async throws {
    try await RecordStand.run { stand async throws in
      let payload = #"{"b":1.50,"a":"é","big":12345678901234567890}"#
      let record = try await stand.open("t1", payload)
      let reader = try await stand.watch("/t1")
      #expect(await reader.read(records: 1))
      let time = RFC3339Text.of(record.time)
      #expect(
        String(decoding: reader.records[0].data, as: UTF8.self)
          == #"{"offset":1,"task":"t1","seq":1,"time":"\#(time)","kind":"event","origin":"gateway","data":\#(payload)}"#
      )
    }
  }

  @Test func `silence is broken by comments`() async throws {
    try await RecordStand.run {
      $0.streams.heartbeat = .milliseconds(50)
    } _: { stand async throws in
      try await stand.open("t1")
      let reader = try await stand.watch("/t1")
      #expect(await reader.readComment())
    }
  }

  @Test func `whoever has read all of an ended task is told not to come back`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      let last = try #require(try await stand.say("t1", 2, final: true).last)
      let epoch = stand.journal.epoch
      let first = try await stand.watch("/t1")
      #expect(await first.finish() == "finished")
      #expect(first.checker.lastID == "\(epoch).\(last.offset)")
      let again = try await stand.ask("/t1", ["Last-Event-ID: \(first.checker.lastID)"])
      #expect(again.status == 204)
      #expect(again.body.isEmpty)
      // One record less, and there is something to say.
      let behind = try await stand.watch("/t1", after: "\(epoch).\(last.offset - 1)")
      #expect(await behind.finish() == "finished")
      #expect(behind.checker.recordCount == 1)
      // What is said of an ended task afterwards is had with the older place.
      try await stand.say("t1", 1, kind: .late)
      let late = try await stand.watch("/t1", after: first.checker.lastID, checking: first.checker)
      #expect(await late.finish() == "finished")
      #expect(late.checker.faults == [])
      #expect(late.checker.seqs == ["t1": 4])
    }
  }

  @Test func `several tasks come in the order of the journal, and end with the last of them`() async throws {
    try await RecordStand.run { stand async throws in
      for task in ["a", "b", "c"] { try await stand.open(task) }
      let reader = try await stand.watch("?tasks=a,b", checking: StreamChecker(of: ["a", "b"]))
      for _ in 0..<20 {
        for task in ["a", "b", "c"] { try await stand.say(task) }
      }
      try await stand.say("a", final: true)
      try await stand.say("b", 2)
      #expect(await reader.read(records: 45))
      #expect(reader.checker.farewell == nil)
      try await stand.say("b", final: true)
      #expect(await reader.finish() == "finished")
      #expect(reader.checker.faults == [])
      #expect(reader.checker.seqs == ["a": 22, "b": 24])
      #expect(try await stand.ask("?tasks=b,a", ["Last-Event-ID: \(reader.checker.lastID)"]).status == 204)
    }
  }

  @Test func `the newest state can be had without the history`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 5)
      let reader = try await stand.watch("/t1?after=latest", checking: StreamChecker(of: ["t1"]))
      #expect(await reader.read { !$0.seqs.isEmpty })
      #expect(reader.types == ["grant", "resume", "snapshot"])
      #expect(reader.checker.resumes.map(\.status) == [.snapshot])
      let task = reader.data("snapshot")?["tasks"]?[0]
      #expect(task?["id"]?.string == "t1")
      #expect(task?["state"]?.string == "working")
      #expect(task?["lastSeq"]?.int == 6)
      try await stand.say("t1", 1, final: true)
      #expect(await reader.finish() == "finished")
      #expect(reader.checker.faults == [])
      #expect(reader.checker.seqs == ["t1": 7])
    }
  }

  @Test func `a stream of somebody else's task answers as one of a task that is not there`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      for path in ["/t1", "?tasks=t1"] {
        let theirs = try await stand.ask(path, as: .tina)
        let nobodys = try await stand.ask(path.replacing("t1", with: "t2"), as: .tina)
        #expect(theirs.status == 404)
        #expect(theirs.body == nobodys.body)
      }
      // One of them that is not theirs is enough.
      try await stand.open("t3", owner: .tina)
      #expect(try await stand.ask("?tasks=t3,t1", as: .tina).status == 404)
    }
  }

  @Test(
    arguments: [
      ("", "bad-scope"), ("?tasks=", "bad-scope"), ("?tasks=a,,b", "bad-scope"), ("?tasks=a&all", "bad-scope"),
      ("?all=no", "bad-scope"), ("?tasks=\((0...100).map(String.init).joined(separator: ","))", "too-many-tasks"),
      ("/t1?after=nonsense", "bad-cursor"), ("/t1?after=latest&lastEventId=earliest", "bad-cursor"),
      ("/t1?all", "bad-query"), ("?all&colour=simple", "bad-query"),
      ("?all&profile=simple", "bad-profile"), ("?tasks=t1&profile=workflow", "bad-profile"),
      ("/t1?profile=nonsense", "bad-profile"), ("/t1?profile=simple&profile=workflow", "bad-profile"),
      ("/t1?profile=", "bad-profile"),
    ])
  func `what cannot be meant is refused with its reason`(path: String, code: String) async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      let answer = try await stand.ask(path)
      #expect(answer.status == 400)
      #expect(try JSONValue(parsing: answer.body)["code"]?.string == code)
    }
  }
}

enum RFC3339Text {
  static func of(_ milliseconds: Int64) -> String {
    let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return seconds.replacing("Z", with: ".\(fraction)Z")
  }
}
